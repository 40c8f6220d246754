/** Plans as a list shows them. Pure. */
import type { Plan, PlanState, Terms } from '@/api/planTypes'
import type { State } from '@/components'

export const FILTERS = ['current', 'active', 'paused', 'ended'] as const
export type Filter = (typeof FILTERS)[number]

export function isIn(filter: Filter, { state }: Plan): boolean {
  return filter === 'current' ? state !== 'ended' : state === filter
}

/** Plans whose name or checklist holds all of these words. */
export function plansLike(plans: readonly Plan[], search: string): Plan[] {
  const words = search.trim().toLowerCase().split(/\s+/).filter(Boolean)
  return plans.filter(({ name, current }) => {
    const text = [name.zh, name.en, current.checklist.name.zh, current.checklist.name.en].join('\n').toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

export const STATE_LOOK: Record<PlanState, State> = { active: 'pass', paused: 'partial', ended: 'neutral' }

/** A special campaign: it asks once. */
export const isOnce = ({ rrule }: Pick<Terms, 'rrule'>): boolean => /^(RRULE:)?FREQ=DAILY;COUNT=1$/i.test(rrule.trim())

export const isSettling = ({ settled, state, resting }: Pick<Plan, 'settled' | 'state' | 'resting'>): boolean => state !== 'ended' && !resting && settled.stores < settled.of

/** What is about to happen to a plan, and on which day; null when nothing is. */
export function aheadOf({ next, current }: Pick<Plan, 'next' | 'current'>, today: string): { what: 'stopsFrom' | 'resumesFrom' | 'comes' | 'begins'; day: string } | null {
  if (next) return { what: next.stopped ? 'stopsFrom' : current.stopped ? 'resumesFrom' : 'comes', day: next.effective_from }
  return current.effective_from > today ? { what: 'begins', day: current.effective_from } : null
}
