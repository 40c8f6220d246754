/** How far a campaign is, in figures and in the order in which one looks at them. Pure. */
import type { Progress } from '@/api/campaignTypes'
import type { TaskState } from '@/api/types'
import type { State } from '@/components'

export type Show = TaskState | 'overdue'

/** What is late first, then along the way of a task. */
export const SHOWN: readonly Show[] = ['overdue', 'open', 'in_progress', 'submitted', 'closed', 'waived', 'cancelled']

export const LOOK: Record<Show, State> = { overdue: 'fail', open: 'neutral', in_progress: 'accent', submitted: 'partial', closed: 'pass', waived: 'neutral', cancelled: 'neutral' }

export const countOf = (progress: Progress, show: Show): number => (show === 'overdue' ? progress.overdue : progress.counts[show])

/** Stores that are done, of those that count: what was waived or cancelled does not. */
export function doneOf({ total, counts }: Progress): { done: number; of: number } {
  return { done: counts.closed, of: total - counts.waived - counts.cancelled }
}

/** Whether it goes on, is done, or was called off. */
export type Standing = 'running' | 'done' | 'cancelled'

export function standingOf(campaign: Progress & { cancelled_at: string | null }): Standing {
  if (campaign.cancelled_at) return 'cancelled'
  const { done, of } = doneOf(campaign)
  return done >= of ? 'done' : 'running'
}
