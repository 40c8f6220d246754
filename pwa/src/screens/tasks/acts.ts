/**
 * What somebody may do with a task, as a screen shows it. What their role never does is not there at all; what they
 * could do but for a reason that can be said in words is there with that reason. Pure.
 */
import type { Task, TaskAction, User } from '@/api/types'
import { actorOf, factsOf } from '@/db/tasks'
import { decide, type Refusal } from '@/domain/taskLifecycle'

export interface Offer {
  action: TaskAction
  /** Why not now; null when it can be done. */
  why: Refusal | null
}

/** Refusals that are worth a line; the others only mean that it is not the moment. */
const SAID: readonly Refusal[] = ['own_fix', 'redline_needs_hq', 'too_late']
const EVERYTHING = { note: '.', photos: 1, assignee_id: '.' }

export function offersOf(task: Task, user: User, actions: readonly TaskAction[], now: string): Offer[] {
  return actions.flatMap((action): Offer[] => {
    const decision = decide(factsOf(task), action, actorOf(user), EVERYTHING, now)
    if (!('refused' in decision)) return [{ action, why: null }]
    return SAID.includes(decision.refused) ? [{ action, why: decision.refused }] : []
  })
}

export const canDo = (task: Task, user: User | null, action: TaskAction, now: string = new Date().toISOString()): boolean =>
  user !== null && !('refused' in decide(factsOf(task), action, actorOf(user), EVERYTHING, now))

/** Whether it is their turn: to mend it, or to look at the fix. */
export const isTurnOf = (task: Task, user: User | null): boolean =>
  task.status === 'submitted' ? canDo(task, user, 'approve') && (task.reviewer === null || task.reviewer.id === user?.id) : canDo(task, user, 'submit')

/** Fixes that may be approved many at once: of general items, not one's own. */
export const inBulk = (task: Task, user: User | null): boolean => task.flag === 'general' && canDo(task, user, 'approve')
