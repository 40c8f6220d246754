/** Checklists as head office sees them: versions, differences, the library, rehearsals and files. */
import type { Bilingual, Content } from '@/domain/checklist'
import type { Person } from './types'

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

export interface ChecklistForPhone extends Checklist {
  version: { number: number; content: Content; content_sha256: string }
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
