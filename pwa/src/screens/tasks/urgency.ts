/** Which task comes first: the redlines, then what is due soonest. */
import type { Task } from '@/api/types'

const WEIGHT: Record<Task['flag'], number> = { redline: 0, key: 1, general: 2 }

export function byUrgency(a: Task, b: Task): number {
  const redline = Number(b.flag === 'redline') - Number(a.flag === 'redline')
  return redline || Date.parse(a.due_at) - Date.parse(b.due_at) || WEIGHT[a.flag] - WEIGHT[b.flag]
}

const handedIn = (task: Task): number => Date.parse(task.submitted_at ?? task.fix?.at ?? task.due_at)

/** Which fix is looked at first: of redlines, then what has waited longest. */
export function byWaiting(a: Task, b: Task): number {
  const redline = Number(b.flag === 'redline') - Number(a.flag === 'redline')
  return redline || handedIn(a) - handedIn(b) || (a.id < b.id ? -1 : 1)
}

/** What ended last comes first. */
export function byEnd(a: Task, b: Task): number {
  const [one, other] = [a.closed_at ?? a.history.at(-1)?.at ?? a.created_at, b.closed_at ?? b.history.at(-1)?.at ?? b.created_at]
  return Date.parse(other) - Date.parse(one)
}
