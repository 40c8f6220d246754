/** A campaign's stores by how they stand, and as a table to take away. Pure. */
import type { BoardLine, BoardVisit } from '@/api/planTypes'
import type { Bilingual } from '@/api/types'

export const STANDINGS = ['submitted', 'in_progress', 'scheduled', 'overdue', 'missed', 'excused', 'cancelled', 'none'] as const
export type Standing = (typeof STANDINGS)[number]

/** How a visit stands: an open one that is past its due time is overdue. */
export function standingOf(visit: Pick<BoardVisit, 'state' | 'due_at'>, now: string): Standing {
  const open = visit.state === 'scheduled' || visit.state === 'in_progress'
  return open && visit.due_at < now ? 'overdue' : visit.state
}

/** The visit that speaks for a store: the one that was done, else the first that is not called off. */
export function speaking(line: BoardLine): BoardVisit | null {
  const done = line.visits.find((visit) => visit.state === 'submitted')
  return done ?? line.visits.find((visit) => visit.state !== 'cancelled') ?? line.visits[0] ?? null
}

export interface BoardRow {
  line: BoardLine
  visit: BoardVisit | null
  standing: Standing
}

/** What still needs somebody stands first. */
const ORDER: Record<Standing, number> = { overdue: 0, missed: 1, in_progress: 2, scheduled: 3, submitted: 4, excused: 5, cancelled: 6, none: 7 }

export function boardRows(lines: readonly BoardLine[], now: string): BoardRow[] {
  return lines
    .map((line): BoardRow => {
      const visit = speaking(line)
      return { line, visit, standing: visit ? standingOf(visit, now) : 'none' }
    })
    .toSorted((a, b) => ORDER[a.standing] - ORDER[b.standing] || a.line.store.code.localeCompare(b.line.store.code))
}

export function countsOf(rows: readonly BoardRow[]): Partial<Record<Standing, number>> {
  const counts: Partial<Record<Standing, number>> = {}
  for (const { standing } of rows) counts[standing] = (counts[standing] ?? 0) + 1
  return counts
}

/** Stores that somebody has to go to at all. */
export function progressOf(rows: readonly BoardRow[]): { done: number; of: number } {
  const counted = rows.filter(({ standing }) => !['excused', 'cancelled', 'none'].includes(standing))
  return { done: counted.filter(({ standing }) => standing === 'submitted').length, of: counted.length }
}

interface Words {
  heads: readonly string[]
  state: (standing: Standing) => string
  bi: (text: Bilingual) => string
  when: (moment: string) => string
}

/** With a mark in front by which spreadsheets know the letters. */
export function csvOf(rows: readonly BoardRow[], { heads, state, bi, when }: Words): string {
  const lines = rows.map(({ line, visit, standing }) => [line.store.code, bi(line.store.name), state(standing), visit ? when(visit.due_at) : '', visit?.score ?? '', visit?.band ?? '', visit?.findings ?? ''])
  return `\uFEFF${[heads, ...lines].map((cells) => cells.map(cell).join(',')).join('\r\n')}\r\n`
}

/** Quoted where it must be; what a spreadsheet would take for a formula is made a text. */
function cell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
