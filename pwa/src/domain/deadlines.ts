/** How pressing a task is: computed from its facts and the present moment, never stored. */
import type { Flag } from './checklist'

export type Sla = 'normal' | 'due_soon' | 'overdue'

const HOUR = 3_600_000
const FIX_HOURS: Record<Flag, number> = { redline: 24, key: 72, general: 168 }
const SEVERITY: Record<Flag, number> = { general: 1, key: 2, redline: 3 }

/** When a task created then is due, in milliseconds. */
export function dueAt(flag: Flag, fixHours: number | null, createdAt: number): number {
  return createdAt + (fixHours ?? FIX_HOURS[flag]) * HOUR
}

/** Due soon when a quarter of its time or 24 hours are left, whichever is shorter. Times in milliseconds. */
export function sla(now: number, createdAt: number, due: number): Sla {
  if (now > due) return 'overdue'
  return due - now <= Math.min((due - createdAt) / 4, 24 * HOUR) ? 'due_soon' : 'normal'
}

/** 1 to 4: by the flag, one step up for every repeat. */
export function severity(flag: Flag, repeats: number): number {
  return Math.min(4, SEVERITY[flag] + repeats)
}
