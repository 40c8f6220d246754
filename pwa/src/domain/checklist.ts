/** What a checklist holds, what an answer is, and what a score says: the shapes shared with the server. */

export interface Bilingual {
  zh: string
  en: string
}

export type ItemKind = 'pass_fail' | 'graded' | 'numeric' | 'count' | 'date' | 'text' | 'photo' | 'signature'
export type Flag = 'general' | 'key' | 'redline'
export type PhotoRule = 'none' | 'on_fail' | 'always'
export type GivenResult = 'pass' | 'fail' | 'na' | 'cannot_check'
export type Result = 'pass' | 'fail' | 'partial' | 'na' | 'cannot_check' | 'unanswered'

export interface Grade {
  key: string
  name: Bilingual
  percent: number
}

export interface Item {
  key: string
  text: Bilingual
  guide: Bilingual | null
  kind: ItemKind
  points: number
  bonus: boolean
  flag: Flag
  photo: { rule: PhotoRule; min: number; max: number }
  allow_na: boolean
  pass_line: number
  fix_hours: number
  grades?: Grade[]
  unit?: string
  min?: number | null
  max?: number | null
  step?: number
  warn_days?: number | null
}

export interface Section {
  key: string
  name: Bilingual
  weight: number | null
  floor: number | null
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
}

export interface Content {
  scoring: Scoring
  sections: Section[]
}

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
}

export interface Answer {
  item_key: string
  result: GivenResult | null
  value: string | number | null
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
  step: 'raw' | 'bonus' | 'redline' | 'key' | 'section_floor' | 'band'
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
  coverage: { total: number; scored: number; na: number; cannot_check: number; unanswered: number }
  sections: { key: string; earned: number; max: number; rate: number | null }[]
  trace: TraceStep[]
}
