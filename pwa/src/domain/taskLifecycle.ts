/**
 * What may happen to a rectification task, and who may do it; the same table as on the server.
 *
 * Something is open until somebody of the store starts on it or hands in the fix. A reviewer who did not
 * mend it himself closes it or sends it back with a reason.
 */
import type { Flag } from './checklist'

export type TaskState = 'open' | 'in_progress' | 'submitted' | 'closed' | 'waived' | 'cancelled'
export type TaskAction = 'start' | 'submit' | 'approve' | 'send_back' | 'transfer' | 'waive' | 'cancel' | 'reopen'
export type Role = 'hq_admin' | 'regional_manager' | 'supervisor' | 'store_manager' | 'store_staff'
export type Refusal =
  | 'wrong_state'
  | 'not_allowed'
  | 'own_fix'
  | 'reason_required'
  | 'photos_required'
  | 'redline_needs_hq'
  | 'too_late'
  | 'assignee_required'

export interface TaskFacts {
  status: TaskState
  flag: Flag
  assignee_id: string | null
  fixed_by_id: string | null
  closed_at: string | null
  needs_photo: boolean
}

export interface ActorFacts {
  id: string
  role: Role
  is_store_member: boolean
  in_scope: boolean
}

export interface Given {
  note: string
  photos: number
  assignee_id: string | null
}

export type Decision = { to: TaskState } | { refused: Refusal }

export const REOPEN_WITHIN_MS = 7 * 24 * 3600 * 1000
const UNFINISHED: readonly TaskState[] = ['open', 'in_progress', 'submitted']
const MOVES: Record<TaskAction, [from: readonly TaskState[], to: TaskState | null]> = {
  start: [['open'], 'in_progress'],
  submit: [['open', 'in_progress'], 'submitted'],
  approve: [['submitted'], 'closed'],
  send_back: [['submitted'], 'in_progress'],
  transfer: [UNFINISHED, null],
  waive: [['open', 'in_progress'], 'waived'],
  cancel: [UNFINISHED, 'cancelled'],
  reopen: [['closed'], 'in_progress'],
}
export const NEEDS_REASON: readonly TaskAction[] = ['send_back', 'transfer', 'waive', 'cancel', 'reopen']
const REVIEWERS: readonly Role[] = ['supervisor', 'regional_manager', 'hq_admin']
const MANAGERS: readonly Role[] = ['regional_manager', 'hq_admin']

/** May this be done now, and where does it lead? Permission is looked at before the state. */
export function decide(task: TaskFacts, action: TaskAction, actor: ActorFacts, given: Given, now: string): Decision {
  const [states, to] = MOVES[action]
  const refused =
    permission(task, action, actor) ??
    (states.includes(task.status) ? null : 'wrong_state') ??
    ownFix(task, action, actor) ??
    tooLate(task, action, now) ??
    missing(task, action, given)
  return refused ? { refused } : { to: to ?? task.status }
}

/** The actions that could be done now, were note and photos given. */
export function possibleActions(task: TaskFacts, actor: ActorFacts, now: string): TaskAction[] {
  const everything: Given = { note: '.', photos: 1, assignee_id: '.' }
  return (Object.keys(MOVES) as TaskAction[]).filter((action) => 'to' in decide(task, action, actor, everything, now))
}

function mends(task: TaskFacts, actor: ActorFacts): boolean {
  if (actor.id === task.assignee_id) return true
  if (!actor.is_store_member) return false
  return actor.role === 'store_manager' || (actor.role === 'store_staff' && task.assignee_id === null)
}

function may(task: TaskFacts, action: TaskAction, actor: ActorFacts): boolean {
  switch (action) {
    case 'start':
    case 'submit':
      return mends(task, actor)
    case 'transfer':
      return (
        actor.id === task.assignee_id ||
        (actor.role === 'store_manager' && actor.is_store_member) ||
        REVIEWERS.includes(actor.role)
      )
    case 'waive':
      return MANAGERS.includes(actor.role)
    case 'cancel':
      return actor.role === 'hq_admin'
    default:
      return REVIEWERS.includes(actor.role)
  }
}

function permission(task: TaskFacts, action: TaskAction, actor: ActorFacts): Refusal | null {
  if (!actor.in_scope || !may(task, action, actor)) return 'not_allowed'
  return action === 'waive' && task.flag === 'redline' && actor.role !== 'hq_admin' ? 'redline_needs_hq' : null
}

function ownFix(task: TaskFacts, action: TaskAction, actor: ActorFacts): Refusal | null {
  const reviews = action === 'approve' || action === 'send_back' || action === 'reopen'
  return reviews && task.fixed_by_id === actor.id ? 'own_fix' : null
}

function tooLate(task: TaskFacts, action: TaskAction, now: string): Refusal | null {
  if (action !== 'reopen' || task.closed_at === null) return null
  return Date.parse(now) - Date.parse(task.closed_at) > REOPEN_WITHIN_MS ? 'too_late' : null
}

function missing(task: TaskFacts, action: TaskAction, given: Given): Refusal | null {
  const note = given.note.trim()
  if (NEEDS_REASON.includes(action) && !note) return 'reason_required'
  if (action === 'transfer' && !given.assignee_id) return 'assignee_required'
  if (action === 'submit') {
    if (task.needs_photo && given.photos < 1) return 'photos_required'
    if (given.photos < 1 && !note) return 'reason_required'
  }
  return null
}
