/** Visits, what may be done with them, absences and priorities. */
import type { Bilingual } from '@/domain/checklist'
import type { Person } from './types'

export type VisitState = 'scheduled' | 'in_progress' | 'submitted' | 'missed' | 'excused' | 'cancelled'

export type VisitKind = 'routine' | 'self' | 'cross' | 'special' | 'unannounced' | 'mystery' | 'recheck' | 'remote'

export interface Visit {
  id: string
  store_id: string
  store_name: Bilingual
  checklist_id: string
  checklist_name: Bilingual
  checklist_version: number | null
  assignee: Person | null
  kind: VisitKind
  opens_at: string
  due_at: string
  missed_at: string
  state: VisitState
  inspection_id: string | null
  note: string
  version: number
  created_at: string
  plan_id: string | null
  plan_name: Bilingual | null
  /** Whose duty it is when a deputy has it. */
  owner: Person | null
  /** From when it may be begun. */
  early_at: string
  started_at: string | null
  /** When its report was finished, as far as the server can prove. */
  finished_at: string | null
  rescheduled_from: string | null
  rescheduled_to: string | null
  source_inspection_id: string | null
  /** A missed one is off the desk since then. */
  settled_at: string | null
  /** Why it was cancelled, excused, moved or given to somebody. */
  reason: string
  /** Finished after it was due. */
  late: boolean
  /** Still open after it was due. Computed when it was shown; on the phone compute it anew. */
  overdue: boolean
  /** Nobody has begun it and it opens later. */
  upcoming: boolean
}

export type VisitAction = 'start' | 'cancel' | 'excuse' | 'reschedule' | 'reassign'

/** `version` may be left out for start, and when many are changed at once. */
export interface VisitStep {
  action: VisitAction
  version?: number
  reason?: string
  opens_at?: string
  due_at?: string
  assignee_id?: string
  /** For start: when it was begun by the phone's clock. */
  device_at?: string
}

export type VisitStepAnswer =
  | { id: string; done: true; visit: Visit; problem: null }
  | {
      id: string
      done: false
      visit: null
      problem: { type: string; title: string; status: number; detail: string; errors: { pointer: string; code: string; message: string }[] }
    }

/** The answer of POST /visits/transitions {action, ids: [id or {id, version}], …}, in the order asked. */
export interface VisitSteps {
  items: VisitStepAnswer[]
}

export interface Absence {
  id: string
  user: Person
  deputy: Person
  first_day: string
  last_day: string
  reason: string
  created_by: Person
  created_at: string
  cancelled_at: string | null
  /** In the answer to making or cancelling one: how many visits changed hands. */
  moved?: number
}

export type PriorityPart = 'waiting' | 'never' | 'band' | 'redline' | 'repeats' | 'overdue' | 'complaints'

/** GET /priorities: highest first; `fact` is the number (or the band) behind the points. */
export interface PriorityLine {
  store_id: string
  store_code: string
  store_name: Bilingual
  points: number
  urgency: 'urgent' | 'soon' | 'routine'
  last_visit: string | null
  parts: { part: PriorityPart; points: number; fact: number | string }[]
}
