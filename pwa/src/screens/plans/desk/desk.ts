/** The desk: why a visit lies on it, which ones fit a search, and what came of a step on many. Pure. */
import type { Visit, VisitStepAnswer } from '@/api/types'

export const TABS = ['missed', 'unassigned'] as const
export type DeskTab = (typeof TABS)[number]
export type Why = 'missed' | 'missedLate' | 'begun' | 'reported' | 'nobodyPlan' | 'nobody'

export function whyOf(visit: Visit): Why {
  if (visit.state !== 'missed') return visit.plan_id ? 'nobodyPlan' : 'nobody'
  if (visit.inspection_id) return 'reported'
  if (visit.started_at) return 'begun'
  return visit.missed_at > visit.due_at ? 'missedLate' : 'missed'
}

export function visitsLike(visits: readonly Visit[], search: string): Visit[] {
  const words = search.trim().toLowerCase().split(/\s+/).filter(Boolean)
  return visits.filter(({ store_name: store, checklist_name: list, assignee, plan_name: plan }) => {
    const text = [store.zh, store.en, list.zh, list.en, assignee?.name ?? '', plan?.zh ?? '', plan?.en ?? ''].join('\n').toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

/** How many were settled, and what stood in the way of the first that was not. */
export function tally(answers: readonly VisitStepAnswer[]): { done: number; left: number; problem: { type: string } | null } {
  const refused = answers.flatMap((one) => (one.done ? [] : [one.problem]))
  return { done: answers.length - refused.length, left: refused.length, problem: refused[0] ?? null }
}
