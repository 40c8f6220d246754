/** What the server sends and takes, by the names of the API. */
import type { AnswerValue, Bilingual, Flag, Photo } from '@/domain/checklist'
import type { Role, TaskAction, TaskState } from '@/domain/taskLifecycle'
import type { ChecklistForPhone } from './checklistTypes'
import type { Visit } from './visitTypes'
import type { InspectionSummary } from './inspectionTypes'

export type { Bilingual, Photo, Role, TaskAction, TaskState }
export type * from './checklistTypes'
export type * from './inspectionTypes'
export type * from './visitTypes'

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
  finding: { result: string; value: AnswerValue; note: string; photos: string[]; marks?: Record<string, string> }
  fix: { by: Person; at: string; note: string; photos: string[]; marks?: Record<string, string> } | null
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
