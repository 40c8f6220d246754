/** Absences by how they stand today. Pure. */
import type { Absence } from '@/api/types'

export type Standing = 'now' | 'ahead' | 'past' | 'cancelled'

export function standingOf({ first_day: first, last_day: last, cancelled_at: cancelled }: Absence, today: string): Standing {
  if (cancelled) return 'cancelled'
  if (last < today) return 'past'
  return first > today ? 'ahead' : 'now'
}

export const isOver = (absence: Absence, today: string): boolean => ['past', 'cancelled'].includes(standingOf(absence, today))

/** Those away now first, then those ahead by their first day, then what is over, the latest first. */
export function inOrder(absences: readonly Absence[], today: string): Absence[] {
  const rank: Record<Standing, number> = { now: 0, ahead: 1, past: 2, cancelled: 3 }
  return absences.toSorted((a, b) => {
    const [x, y] = [standingOf(a, today), standingOf(b, today)]
    if (x !== y) return rank[x] - rank[y]
    return isOver(a, today) ? b.last_day.localeCompare(a.last_day) : a.first_day.localeCompare(b.first_day)
  })
}
