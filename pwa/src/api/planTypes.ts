/** Plans, what they ask for, and what they would do (docs/plans.md). */
import type { Bilingual } from '@/domain/checklist'
import type { Person, Role, VisitKind, VisitState } from './types'

export type Weekday = 'MO' | 'TU' | 'WE' | 'TH' | 'FR' | 'SA' | 'SU'
export type PlanState = 'active' | 'paused' | 'ended'
export type AssigneeRuleName = 'store_supervisor' | 'role' | 'person' | 'rotation' | 'cross'

export interface Named {
  id: string
  name: Bilingual
}

export interface Shop extends Named {
  code: string
}

/** Lists that are not empty must all be met. */
export interface Selection {
  region_ids: string[]
  types: string[]
  tags: string[]
  levels: string[]
  store_ids: string[]
  except_ids: string[]
}

export interface AssigneeRule {
  rule: AssigneeRuleName
  role?: Role
  user_id?: string
  user_ids?: string[]
}

export interface Terms {
  selection: Selection
  assignee: AssigneeRule
  rrule: string
  starts_on: string
  times: string[]
  window_minutes: number
  /** Null: may not be late. */
  late_minutes: number | null
  early_minutes: number
  closed: { weekdays: Weekday[]; dates: string[] }
  kind: VisitKind
  note: string
}

export interface Revision {
  number: number
  effective_from: string
  /** A pause, or the end: it asks for nothing. */
  stopped: boolean
  checklist: Named
  terms: Terms
  created_by: Person
  created_at: string
}

export interface Plan {
  id: string
  name: Bilingual
  state: PlanState
  current: Revision
  next: Revision | null
  stores: number
  visits_ahead: number
  /** For how many of its stores the visits are made as far ahead as they should be. */
  settled: { stores: number; of: number }
  /** Its checklist is retired: it makes no new visits until that is restored or replaced. */
  resting: boolean
  may_change: boolean
  created_by: Person
  created_at: string
  updated_at: string
  version: number
}

/** What is different in one store; null is as the plan says. */
export interface Different {
  excluded: boolean
  times: string[] | null
  assignee: AssigneeRule | null
  window_minutes: number | null
}

export interface Override extends Different {
  store: Shop
}

export interface PlanDetail extends Plan {
  revisions: Revision[]
  overrides: Override[]
  scope_regions: Named[] | null
}

export interface NewPlan {
  id: string
  name: Bilingual
  checklist_id: string
  terms: Terms
  allow_empty?: boolean
}

/** `next` is a day that has begun nowhere yet. */
export type EffectiveFrom = 'today' | 'next' | string

export interface PlanChange {
  version: number
  effective_from?: EffectiveFrom
  name?: Bilingual
  checklist_id?: string
  terms?: Terms
  allow_empty?: boolean
}

export type PlanAction = 'pause' | 'resume' | 'end'

export interface PlanStep {
  action: PlanAction
  version: number
  effective_from?: EffectiveFrom
  reason: string
}

export type ClockChange = 'skipped' | 'repeated'

export interface Occurrence {
  /** The opening on the store's wall clock with its offset, such as 2026-11-30T09:00+08:00. */
  local: string
  opens_at: string
  due_at: string
  clock_change: ClockChange | null
  /** Of a clock change, in figures: 02:30 → 03:00. */
  note: string
  assignee: Person | null
}

export interface SampleStore {
  store: Shop
  timezone: string
  assignee: Person | null
  occurrences: Occurrence[]
}

export interface PersonLoad {
  assignee: Person | null
  /** ISO weeks such as 2026-W48. */
  weeks: { week: string; visits: number }[]
}

/** `changed` are kept ones with another person, due time or checklist. */
export interface EditEffect {
  effective_from: string
  kept: number
  changed: number
  moved: number
  called_off: number
  added: number
}

export interface Preview {
  stores: { total: number; by_region: { region: Named; count: number }[]; without_assignee: number; closed_today: number }
  /** The days that the figures are about. */
  span: { first: string; last: string }
  visits_ahead: number
  sample: SampleStore[]
  next: string | null
  skipped: { date: string; why: 'closed_weekday' | 'closed_date' | 'store_closed'; stores: number }[]
  clock_changes: { date: string; change: ClockChange; timezone: string; stores: number }[]
  load: PersonLoad[]
  /** How many people there are; `load` holds the first ones. */
  load_of: number
  collisions: { items: { store: Shop; date: string; plans: Named[] }[]; total: number }
  change: EditEffect | null
}

export interface PreviewQuestion {
  checklist_id: string
  terms: Terms
  plan_id?: string
  effective_from?: EffectiveFrom
  search?: string
  cursor?: string
}

export interface BoardVisit {
  id: string
  state: VisitState
  overdue: boolean
  opens_at: string
  due_at: string
  assignee: Person | null
  inspection_id: string | null
  score: number | null
  band: string | null
  outcome: 'pass' | 'fail' | 'not_scored' | null
  findings: number | null
}

/** A store with its visits of the running period. */
export interface BoardLine {
  store: Shop
  visits: BoardVisit[]
}

export interface Board {
  items: BoardLine[]
  next: string | null
}
