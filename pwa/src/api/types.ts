/** What the server sends and takes, by the names of the API. */
import type { Answer, AnswerValue, Bilingual, Content, Context, Flag, Photo, Rounds } from '@/domain/checklist'
import type { Role, TaskAction, TaskState } from '@/domain/taskLifecycle'

export type { Bilingual, Photo, Role, TaskAction, TaskState }

export interface Page<T> {
  items: T[]
  next: string | null
}

export interface Person {
  id: string
  name: string
}

export interface User {
  id: string
  username: string
  name: string
  role: Role
  locale: 'zh' | 'en'
  is_active: boolean
}

export interface Me extends User {
  regions: { id: string; name: Bilingual }[]
  stores: { id: string; code: string; name: Bilingual }[]
  permissions: string[]
  server_epoch: string
}

export interface SignedIn {
  user: User
  expires_in: number
  csrf_token?: string
}

export interface Session {
  id: string
  device_name: string
  transport: 'cookie' | 'bearer'
  created_at: string
  last_used_at: string
  current: boolean
}

export interface Region {
  id: string
  parent_id: string | null
  code: string
  name: Bilingual
}

export interface Store {
  id: string
  code: string
  name: Bilingual
  type: string
  level: string
  tags: string[]
  region_id: string
  region_name: Bilingual
  address: string
  city: string
  latitude: number | null
  longitude: number | null
  coord_sys: 'WGS-84' | 'GCJ-02'
  timezone: string
  geofence_m: number
  status: 'open' | 'suspended' | 'closed'
  supervisor_id: string | null
  /** Null is not known; a day that is not there is closed. "22:00"–"02:00" runs into the next day. */
  opening_hours: OpeningHours | null
  /** Days as 2026-02-17. */
  closed_dates: string[]
  version: number
}

export type OpeningDay = 'mo' | 'tu' | 'we' | 'th' | 'fr' | 'sa' | 'su'
export type OpeningHours = Partial<Record<OpeningDay, [from: string, to: string][]>>

export interface Checklist {
  id: string
  code: string
  name: Bilingual
  kind: string
  published_version: number | null
  draft_revision: number
  has_draft: boolean
  retired_at: string | null
}

/** One thing that is wrong with a draft; the pointer begins at the content. */
export interface Fault {
  pointer: string
  code: string
  message: string
}

export interface ChecklistDetail extends Checklist {
  draft: Content | null
  faults: Fault[]
  versions: { number: number; published_at: string; published_by: Person | null }[]
}

export type ChangeOf = 'added' | 'removed' | 'changed' | 'moved'
export interface FieldChange {
  field: string
  before: unknown
  after: unknown
}

export interface Differences {
  from: number | 'draft'
  to: number | 'draft'
  scoring: FieldChange[]
  sections: { key: string; name: Bilingual; change: ChangeOf; fields: FieldChange[] }[]
  items: { key: string; section_key: string; text: Bilingual; change: ChangeOf; fields: FieldChange[] }[]
  counts: Record<ChangeOf, number>
}

export interface LibraryEntry {
  code: string
  name: Bilingual
  kind: string
  sections: number
  items: number
  points: number
  adopted_id: string | null
}

export interface Errand<Result = unknown> {
  id: string
  kind: string
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
  done: number
  total: number
  result: Result | null
  error: string
  created_at: string
  finished_at: string | null
}

export interface RehearsalSide {
  mean: number | null
  pass_rate: number | null
  bands: Record<string, number>
  not_scored: number
}

export interface Rehearsal {
  inspections: number
  before: RehearsalSide
  after: RehearsalSide
  up: number
  down: number
  same: number
  pass_to_fail: number
  fail_to_pass: number
  bands: { from: string; to: string; count: number }[]
  stores: { store_id: string; name: Bilingual; inspections: number; before: number | null; after: number | null; delta: number | null }[]
  unmapped: { item_key: string; text: Bilingual; why: 'new' | 'gone' | 'kind_changed' | 'value_lost'; count: number }[]
}

export interface ChecklistVersion {
  checklist_id: string
  number: number
  content: Content
  content_sha256: string
}

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

export interface CheckIn {
  at: string
  latitude: number | null
  longitude: number | null
  accuracy: number | null
  source: 'gps' | 'none'
  reason: string
}

export interface InspectionDocument {
  visit_id: string | null
  store_id: string
  checklist_id: string
  checklist_version: number
  started_at: string
  submitted_at: string
  on_date: string
  device: { id: string; app_version: string }
  check_in: CheckIn | null
  note: string
  context: Context | null
  rounds: Rounds
  answers: Answer[]
}

export type InspectionState = 'submitted' | 'approved' | 'in_review' | 'returned' | 'voided'
export type Outcome = 'pass' | 'fail' | 'not_scored'

export interface Receipt {
  id: string
  content_sha256: string
  received_at: string
  server_epoch: string
  status: InspectionState
  score: number | null
  raw_score: number | null
  band: string | null
  outcome: Outcome
  missing_photos: string[]
  task_ids: string[]
  flags: string[]
  /** The visit at which this will be looked at again, when the result asks for one. */
  recheck_visit_id: string | null
}

export interface InspectionSummary {
  id: string
  store_id: string
  store_name: Bilingual
  visit_id: string | null
  kind: VisitKind
  checklist_id: string
  checklist_name: Bilingual
  checklist_version: number
  inspector: Person
  status: InspectionState
  score: number | null
  raw_score: number | null
  band: string | null
  outcome: Outcome
  findings: number
  /** Keys of what failed; the next visit knows from them what failed again. */
  failed_items: string[]
  started_at: string
  submitted_at: string
  received_at: string
  evidence: { listed: number; stored: number }
  flags: string[]
  version: number
}

export interface JudgedAnswer {
  item_key: string
  result: 'pass' | 'fail' | 'partial' | 'na' | 'cannot_check'
  finding: boolean
  warning: boolean
  earned: number | null
  max: number | null
  value: AnswerValue
  note: string
  reason: string
  fixed_on_spot: boolean
  answered_at: string
  changed_at: string
  photos: Photo[]
  fix_photos: Photo[]
}

export interface Inspection extends InspectionSummary {
  note: string
  on_date: string
  distance_m: number | null
  check_in: CheckIn | null
  content_sha256: string
  score_facts: import('@/domain/checklist').Score
  context: Context | null
  rounds: Rounds
  answers: JudgedAnswer[]
  missing_photos: string[]
  task_ids: string[]
}

export interface TaskStep {
  id: string
  action: TaskAction | 'open' | 'fixed_on_spot'
  from: TaskState | null
  to: TaskState
  actor: Person | null
  at: string
  device_at: string | null
  note: string
  photos: string[]
}

export interface Task {
  id: string
  inspection_id: string | null
  item_key: string | null
  checklist_id: string | null
  checklist_version: number | null
  store_id: string
  store_name: Bilingual
  title: Bilingual
  guide: Bilingual | null
  flag: Flag
  severity: number
  status: TaskState
  needs_photo: boolean
  assignee: Person | null
  reviewer: Person | null
  finding: { result: string; value: AnswerValue; note: string; photos: string[] }
  fix: { by: Person; at: string; note: string; photos: string[] } | null
  fixed_by_id: string | null
  created_at: string
  due_at: string
  original_due_at: string
  submitted_at: string | null
  closed_at: string | null
  reject_count: number
  reopen_count: number
  version: number
  history: TaskStep[]
}

export interface ChecklistForPhone extends Checklist {
  version: { number: number; content: Content; content_sha256: string }
}

type Put<K extends string, T> = { type: K; id: string; op: 'put'; data: T }
export type ChangeKind = 'region' | 'store' | 'checklist' | 'visit' | 'task' | 'inspection'
export type Change =
  | Put<'region', Region>
  | Put<'store', Store>
  | Put<'checklist', ChecklistForPhone>
  | Put<'visit', Visit>
  | Put<'task', Task>
  | Put<'inspection', InspectionSummary>
  | { type: ChangeKind; id: string; op: 'remove'; data: null }

export interface Changes {
  items: Change[]
  next: string
  more: boolean
  snapshot: boolean
  reset: boolean
  server_time: string
  server_epoch: string
}

export interface HaveItem {
  id: string
  state: 'same' | 'different' | 'missing'
}

export type ScoreGroup = 'store' | 'region' | 'checklist' | 'supervisor' | 'day' | 'week' | 'month'

export interface Figures {
  mean: number | null
  inspections: number
  pass_rate: number | null
  findings: number
}

export interface ScoreLine extends Figures {
  key: string
  label: Bilingual
  lowest: number | null
}

export interface ScoreReport {
  items: ScoreLine[]
  next: null
  overall: Figures
  from: string
  to: string
}

/** A ready checklist with all it holds, to be looked at before it is adopted. */
export interface LibraryChecklist extends LibraryEntry {
  content: Content
}

/** What came of taking checklists over from a file. */
export interface ChecklistImport {
  checklists: number
  published: number
  unchanged: number
  codes: string[]
  new_codes: string[]
  changed_codes: string[]
  /** Those that are here already, word for word. */
  unchanged_codes: string[]
  ids: string[]
  dry_run: boolean
}
