/** Which task comes first: the redlines, then what is due soonest. */
import type { Task } from '@/api/types'

const WEIGHT: Record<Task['flag'], number> = { redline: 0, key: 1, general: 2 }

export function byUrgency(a: Task, b: Task): number {
  const redline = Number(b.flag === 'redline') - Number(a.flag === 'redline')
  return redline || Date.parse(a.due_at) - Date.parse(b.due_at) || WEIGHT[a.flag] - WEIGHT[b.flag]
}
