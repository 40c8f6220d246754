/** Reports: what a phone hands in, what it gets back, and what is shown. */
import type { Answer, AnswerValue, Bilingual, Context, Photo, Rounds } from '@/domain/checklist'
import type { VisitKind } from './visitTypes'
import type { Person } from './types'

export interface CheckIn {
  at: string
  latitude: number | null
  longitude: number | null
  accuracy: number | null
  source: 'gps' | 'none'
  reason: string
  /** What the QR picture on the store's wall said, if it was scanned. */
  store_token?: string | null
  /** All positions that were measured for it; `coord_sys` is theirs, WGS-84 when it is not said. */
  fixes?: Fix[]
  coord_sys?: 'WGS-84' | 'GCJ-02'
}

/**
 * How far the phone's clock can be believed: the time from beginning to end by a counter that nobody can move,
 * as far as it ran, and what both clocks showed at the server's last answer before the end.
 */
export interface Clock {
  elapsed_ms: number | null
  server_at: string | null
  device_at: string | null
}

/** Why a flag is up; the facts depend on the code. Empty for those who do not review this report. */
export interface Signal {
  code: string
  strong: boolean
  facts: Record<string, unknown>
}

/** How well it is proved that somebody was there, 0 to 3, and what speaks for it. Null: nothing is known. */
export interface Proof {
  level: number
  place: boolean
  camera: boolean | null
  token: boolean | null
  duration: boolean
  travel: boolean | null
}

/** Where the phone was when its owner left. */
export interface CheckOut extends Omit<CheckIn, 'store_token'> {
  fixes: Fix[]
}

/** One position as it was measured. */
export interface Fix {
  at: string
  latitude: number
  longitude: number
  accuracy: number | null
}

export type SignOffOutcome = 'signed' | 'objection' | 'refused' | 'absent'

/** The store's word on the result, given on the inspector's phone. */
export interface SignOff {
  outcome: SignOffOutcome
  name: string
  note: string
  at: string
  photo: Photo | null
}

/** What became of a report after it arrived; `outcome` is that of a sign-off. */
export interface InspectionStep {
  id: string
  action: 'approve' | 'void' | 'sign_off'
  outcome: SignOffOutcome | null
  from: InspectionState
  to: InspectionState
  actor: Person
  at: string
  note: string
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
  check_out?: CheckOut | null
  clock?: Clock | null
  sign_off?: SignOff | null
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
  /** From 0 to 3; null in reports from before it was reckoned. */
  proof?: number | null
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
  check_out?: CheckOut | null
  sign_off: SignOff | null
  /** Whether the code on this store's wall was shown; null when none was. */
  store_token: boolean | null
  history: InspectionStep[]
  signals?: Signal[]
  proof_facts?: Proof | null
}
