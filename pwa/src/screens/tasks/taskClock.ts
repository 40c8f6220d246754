/**
 * The clock of a task in a kind and a length: how long is left, how long it is over, or how long its fix has waited
 * for somebody to look at it. It stands while an appeal is undecided, and stops when the task ends. Pure.
 */
import type { Task } from '@/api/types'
import { sla } from '@/domain/deadlines'

export type ClockKind = 'left' | 'over' | 'waits' | 'late' | 'stands' | 'none'

export interface TaskClockFacts {
  kind: ClockKind
  /** In milliseconds, never negative. */
  long: number
  state: 'fail' | 'partial' | 'neutral' | 'accent'
}

const TO_DO: readonly Task['status'][] = ['open', 'in_progress']
export const isToDo = (task: Pick<Task, 'status'>): boolean => TO_DO.includes(task.status)
export const isEnded = (task: Pick<Task, 'status'>): boolean => !isToDo(task) && task.status !== 'submitted'

type Timed = Pick<Task, 'status' | 'created_at' | 'due_at' | 'submitted_at' | 'fix' | 'review_due_at' | 'paused_at'>

/** How pressing it is for whoever mends it; a clock that stands shows the moment since when. */
export function pressing(task: Timed, now: number): ReturnType<typeof sla> {
  const at = task.paused_at ? Math.min(now, Date.parse(task.paused_at)) : now
  return sla(at, Date.parse(task.created_at), Date.parse(task.due_at))
}

export const isOverdue = (task: Timed, now: number): boolean => isToDo(task) && pressing(task, now) === 'overdue'

export function clockOf(task: Timed, now: number): TaskClockFacts {
  if (isEnded(task)) return { kind: 'none', long: 0, state: 'neutral' }
  if (task.status === 'submitted') return reviewClock(task, now)
  if (task.paused_at) return { kind: 'stands', long: 0, state: 'neutral' }
  const long = Math.abs(Date.parse(task.due_at) - now)
  const how = pressing(task, now)
  if (how === 'overdue') return { kind: 'over', long, state: 'fail' }
  return { kind: 'left', long, state: how === 'due_soon' ? 'partial' : 'neutral' }
}

function reviewClock(task: Timed, now: number): TaskClockFacts {
  const isLate = !!task.review_due_at && Date.parse(task.review_due_at) < now
  const since = Date.parse(task.submitted_at ?? task.fix?.at ?? task.created_at)
  return { kind: isLate ? 'late' : 'waits', long: Math.max(0, now - since), state: isLate ? 'partial' : 'accent' }
}
