/** What a checklist holds, what an answer is, and what a score says: the shapes shared with the server. */

export interface Bilingual {
  zh: string
  en: string
}

export type ItemKind =
  | 'pass_fail'
  | 'graded'
  | 'numeric'
  | 'count'
  | 'single'
  | 'multiple'
  | 'date'
  | 'text'
  | 'photo'
  | 'signature'
  | 'barcode'
export type Flag = 'general' | 'key' | 'redline'
export type WhenRule = 'none' | 'on_fail' | 'always'
export type PhotoRule = WhenRule
export type GivenResult = 'pass' | 'fail' | 'na' | 'cannot_check'
export type Result = 'pass' | 'fail' | 'partial' | 'na' | 'cannot_check' | 'unanswered'
export type Daypart = 'morning' | 'midday' | 'afternoon' | 'evening' | 'night'
export type OwnerRole = 'store_manager' | 'store_staff' | 'supervisor' | 'regional_manager'

/** A grade or a choice; percent of the points, of a multiple choice from -100 to 100. */
export interface Grade {
  key: string
  name: Bilingual
  percent: number
}

export interface Reference {
  sha256: string
  shows: 'right' | 'wrong'
  caption: Bilingual
}

/** Where an item applies; an empty list bounds nothing. */
export interface Applies {
  store_types: string[]
  tags: string[]
  regions: string[]
  dayparts: Daypart[]
}

/** A condition on earlier answers. */
export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { item: string; result: Result[] }
  | { item: string; value: string[] }
  | { item: string; least?: number; most?: number }

/** docs/checklist-format.md says what each field means; what is optional here was added after the first versions. */
export interface Item {
  key: string
  text: Bilingual
  guide: Bilingual | null
  kind: ItemKind
  points: number
  weight?: number
  bonus: boolean
  flag: Flag
  required?: boolean
  note_rule?: WhenRule
  photo: { rule: PhotoRule; min: number; max: number; camera_only?: boolean }
  references?: Reference[]
  allow_na: boolean
  pass_line: number
  fix_hours: number
  owner_role?: OwnerRole | null
  applies?: Applies
  show_if?: Condition | null
  grades?: Grade[]
  choices?: Grade[]
  base?: number
  unit?: string
  min?: number | null
  max?: number | null
  warn_min?: number | null
  warn_max?: number | null
  step?: number
  warn_days?: number | null
  codes?: string[]
}

export interface Repeat {
  min: number
  max: number
  name: Bilingual
}

export interface Section {
  key: string
  name: Bilingual
  weight: number | null
  floor: number | null
  repeat?: Repeat | null
  applies?: Applies
  show_if?: Condition | null
  items: Item[]
}

export interface Scoring {
  mode: 'additive' | 'section_weighted' | 'deduct'
  pass_line: number
  bands: [string, number][]
  redline_policy: 'cap' | 'zero' | 'flag'
  redline_cap: number
  key_cap: string
  key_unrated: number
  bonus_cap: number
  floor_effect?: 'band' | 'cap'
  floor_cap?: number
}

export interface Content {
  scoring: Scoring
  sections: Section[]
}

/** What the phone knew of the store when the visit began. */
export interface Context {
  store_type: string
  tags: string[]
  /** Own region's code, its parent's, up to the root's. */
  region_codes: string[]
  daypart: Daypart
}

/** The rounds of each repeated section, by its key: the name of each, which may be empty. */
export type Rounds = Record<string, string[]>
export type AnswerValue = string | number | string[] | null

export interface Photo {
  id: string
  sha256: string
  bytes: number
  width: number
  height: number
  taken_at: string
  source: 'camera' | 'gallery'
  latitude: number | null
  longitude: number | null
  accuracy: number | null
  /** The hash of the original, when this is a copy that was drawn on. */
  marks_of?: string | null
}

export interface Answer {
  item_key: string
  result: GivenResult | null
  value: AnswerValue
  note: string
  reason: string
  photos: Photo[]
  fixed_on_spot: boolean
  fix_photos: Photo[]
  answered_at: string
  changed_at: string
}

/** The parts of an answer that judging looks at. */
export type AnswerFacts = Pick<Answer, 'item_key'> & Partial<Omit<Answer, 'item_key' | 'photos' | 'fix_photos'>> & {
  photos?: readonly unknown[]
  fix_photos?: readonly unknown[]
}

export interface TraceStep {
  step: 'raw' | 'bonus' | 'redline' | 'key' | 'section_floor' | 'band' | 'repeat'
  [fact: string]: unknown
}

export interface Score {
  earned: number
  max: number
  raw: number | null
  score: number | null
  band: string | null
  outcome: 'pass' | 'fail' | 'not_scored'
  ranked: boolean
  redline_failed: string[]
  key_failed: string[]
  findings: string[]
  /** Findings that one of the last two visits within 90 days had too. */
  repeats?: string[]
  coverage: { total: number; scored: number; na: number; cannot_check: number; unanswered: number }
  sections: { key: string; earned: number; max: number; rate: number | null }[]
  trace: TraceStep[]
}

/** What an item cost, and what the report would have come to had it been right. */
export interface ItemCost {
  item_key: string
  section_key: string
  flag: Flag
  /** Points lost. */
  lost: number
  /** How far the final score would rise were this one item right; 0 when a cap holds it down. */
  cost: number
  if_closed: WhatIf
  words: Bilingual
}

export interface WhatIf {
  score: number | null
  band: string | null
  outcome: Score['outcome']
}

/** A score that everybody can explain: its steps in words, dearest items first, and what closing them restores. */
export interface Explanation {
  score: Score
  words: Bilingual[]
  items: ItemCost[]
  all_closed: WhatIf
}
