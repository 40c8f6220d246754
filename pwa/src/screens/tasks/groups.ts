/** How tasks stand together: for a store by the day they are due, for whoever looks after many by store. Pure. */
import type { Task } from '@/api/types'
import { dayAt } from '@/domain/clock'
import { isOverdue, isToDo } from './taskClock'

const DAY_MS = 86_400_000
const LAST_OF_WEEK = 6

/** How many days from today its last day is, by the calendar of the place; midnight still belongs to the day before. */
export function daysLeft(task: Pick<Task, 'due_at'>, now: number, zone: string): number {
  const last = dayAt(new Date(Date.parse(task.due_at) - 1), zone)
  return Math.round((Date.parse(`${last}T00:00:00Z`) - Date.parse(`${dayAt(new Date(now), zone)}T00:00:00Z`)) / DAY_MS)
}

export interface StoreDay<T extends Task> {
  overdue: T[]
  today: T[]
  week: T[]
  later: T[]
  /** Handed in, and nobody has looked at it yet. */
  waiting: T[]
  /** What somebody else of the store is to mend. */
  others: T[]
}

/** What a store has to do, by when. The tasks keep their order. */
export function storeDay<T extends Task>(tasks: readonly T[], isMine: (task: T) => boolean, now: number, zone: string): StoreDay<T> {
  const day: StoreDay<T> = { overdue: [], today: [], week: [], later: [], waiting: [], others: [] }
  for (const task of tasks) {
    if (task.status === 'submitted') day.waiting.push(task)
    else if (isToDo(task)) day[isMine(task) ? when(task, now, zone) : 'others'].push(task)
  }
  return day
}

function when(task: Task, now: number, zone: string): 'overdue' | 'today' | 'week' | 'later' {
  if (isOverdue(task, now)) return 'overdue'
  const days = daysLeft(task, now, zone)
  return days <= 0 ? 'today' : days <= LAST_OF_WEEK ? 'week' : 'later'
}

export interface StoreGroup<T extends Task> {
  store_id: string
  store_name: Task['store_name']
  tasks: T[]
}

/** By store; the store whose task comes first comes first. */
export function byStore<T extends Task>(tasks: readonly T[]): StoreGroup<T>[] {
  const groups = new Map<string, StoreGroup<T>>()
  for (const task of tasks) {
    const group = groups.get(task.store_id) ?? { store_id: task.store_id, store_name: task.store_name, tasks: [] }
    group.tasks.push(task)
    groups.set(task.store_id, group)
  }
  return [...groups.values()]
}

/** What was said when it was last sent back; null when it was not, or was handed in again. */
export const lastSentBack = <T extends Task>(task: T): T['history'][number] | null =>
  (task.status === 'in_progress' && task.history.findLast((step) => step.action === 'send_back')) || null
