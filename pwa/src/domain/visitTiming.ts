/**
 * How does a visit stand to the clock? Nothing here forbids anything: what is done too early or too late is done,
 * and everybody is told (domain rules 5.5 and 6).
 */

export interface Dates {
  state: string
  early_at: string
  opens_at: string
  due_at: string
  missed_at: string
}

/**
 * tooEarly: it may not be begun yet. early: before its opening, and that is allowed. open: now. late: after it was
 * due, still in time to count. missed: too late to count. over: handed in, excused or cancelled.
 */
export type Timing = 'tooEarly' | 'early' | 'open' | 'late' | 'missed' | 'over'

export function timingOf(visit: Dates, now: number): Timing {
  if (visit.state === 'submitted' || visit.state === 'excused' || visit.state === 'cancelled') return 'over'
  if (visit.state === 'missed' || now >= Date.parse(visit.missed_at)) return 'missed'
  if (now > Date.parse(visit.due_at)) return 'late'
  // Rows that an older app mirrored know no early_at.
  if (now < Date.parse(visit.early_at ?? visit.opens_at)) return 'tooEarly'
  return now < Date.parse(visit.opens_at) ? 'early' : 'open'
}

/** Late but allowed: open, after its due time. */
export const isOverdue = (visit: Dates, now: number): boolean => timingOf(visit, now) === 'late'

/** What a calendar shows of a visit. */
export type Mark = 'overdue' | 'todo' | 'missed' | 'done' | 'off'

/** `finished`: its report is on this phone and on its way. */
export function markOf(visit: Dates & { finished?: unknown }, now: number): Mark {
  if (visit.finished || visit.state === 'submitted') return 'done'
  const timing = timingOf(visit, now)
  if (timing === 'over') return 'off'
  if (timing === 'missed') return 'missed'
  return timing === 'late' ? 'overdue' : 'todo'
}
