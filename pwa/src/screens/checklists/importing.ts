/** Taking checklists over from a file: which kind of file it is, what would come of it, and its faults. Pure but for reading the file. */
import { ApiProblem } from '@/api/problems'
import type { ChecklistImport } from '@/api/types'

const MEGABYTE = 1024 * 1024
const MOST_BYTES = 12 * MEGABYTE
const MOST_WORKBOOK_BYTES = 5 * MEGABYTE
const TYPES: Record<string, string> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json',
  csv: 'text/csv',
}

export type FileRefusal = 'fileKind' | 'fileTooBig' | 'fileEmpty'

/** The media type by the ending of the name, because systems disagree on it; null for what cannot be taken. */
export function typeOf(name: string): string | null {
  return TYPES[name.toLowerCase().split('.').pop() ?? ''] ?? null
}

export function fileRefused({ name, size }: Pick<File, 'name' | 'size'>): FileRefusal | null {
  const type = typeOf(name)
  if (type === null) return 'fileKind'
  if (size > (type === TYPES.xlsx ? MOST_WORKBOOK_BYTES : MOST_BYTES)) return 'fileTooBig'
  return size === 0 ? 'fileEmpty' : null
}

export interface ImportFault {
  /** A cell ("Items!F12"), a line of a table, or a place in JSON. */
  where: string
  code: string
  message: string
}

type Say = (key: string, named: Record<string, unknown>) => string
/** What a refusal says of tables beside its errors, in the same order: lines of a CSV, cells of a workbook. */
interface Places {
  rows?: { line: number; column: string }[]
  cells?: { sheet: string; cell: string }[]
}

/** What is wrong with the file; null when the refusal is about something else. */
export function faultsOf(thrown: unknown, t: Say): ImportFault[] | null {
  if (!(thrown instanceof ApiProblem) || thrown.status !== 422 || !thrown.body.errors?.length) return null
  const places = thrown.body as Places
  return thrown.body.errors.map(({ pointer, code, message }, at) => ({ where: placeOf(places, at, t) ?? pointer.replace(/^\//, ''), code, message }))
}

function placeOf({ rows, cells }: Places, at: number, t: Say): string | null {
  const row = rows?.[at]
  if (row) return t(row.column ? 'checklists.faultCell' : 'checklists.faultLine', { ...row })
  const cell = cells?.[at]
  return cell ? [cell.sheet, cell.cell].filter(Boolean).join('!') || t('checklists.faultFile', {}) : null
}

/** As a table that a spreadsheet takes: cells with tabs between them. */
export function faultsAsText(faults: readonly ImportFault[], words: (fault: ImportFault) => string): string {
  return faults.map((fault) => [fault.where, words(fault)].join('\t')).join('\n')
}

export type Found = 'new' | 'changed' | 'unchanged'
export interface FoundChecklist {
  code: string
  found: Found
}

/** What each checklist of the file would be. */
export function foundIn({ codes, new_codes: fresh, unchanged_codes: same }: ChecklistImport): FoundChecklist[] {
  return codes.map((code) => ({ code, found: fresh.includes(code) ? 'new' : same.includes(code) ? 'unchanged' : 'changed' }))
}

/** A code made of the file's name: letters and digits, the rest as one hyphen each. */
export function codeOfFile(name: string): string {
  const stem = name.replace(/\.[^.]*$/, '').replace(/[^A-Za-z0-9]+/g, '-').replace(/^-+|-+$/g, '')
  return stem.slice(0, 60).toUpperCase() || 'FORM'
}
