/** The visits of each day, and how many of each kind a day has. */
import type { VisitView } from '@/db/visits'
import { markOf, type Mark } from '@/domain/visitTiming'
import { shownDay, type DayFacts } from './dayData'

export const MARKS: readonly Mark[] = ['overdue', 'missed', 'todo', 'done', 'off']

/** By the day on which they are shown, in the order of their due times. */
export function visitsByDay(facts: DayFacts): Map<string, VisitView[]> {
  const days = new Map<string, VisitView[]>()
  for (const visit of facts.visits) {
    const day = shownDay(facts, visit)
    days.set(day, [...(days.get(day) ?? []), visit])
  }
  return days
}

/** How many of each; kinds without any are left out. */
export function countsOf(visits: readonly VisitView[], now: number): { mark: Mark; n: number }[] {
  const marks = visits.map((visit) => markOf(visit, now))
  return MARKS.map((mark) => ({ mark, n: marks.filter((one) => one === mark).length })).filter(({ n }) => n > 0)
}
