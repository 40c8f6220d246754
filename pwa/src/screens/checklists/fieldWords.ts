/** A changed field in words: what it is called, and its value before and after. Pure. */
import type { Applies, Bilingual, Condition, Flag, Grade, Item, ItemKind, Reference, Repeat } from '@/domain/checklist'
import { conditionWords } from './conditionWords'
import { appliesWords, gradeWords, noteWords, photoWords, repeatWords, type FactContext } from './itemFacts'
import type { FullSpeaker } from './speaker'

export interface FieldContext extends FactContext {
  /** The name of a section by its key. */
  section: (key: string) => string
}

type Say = (value: never, speaker: FullSpeaker, context: FieldContext) => string

/** The name of a field; one that is not known is called by its own name. */
export function fieldName(field: string, { t, te }: FullSpeaker): string {
  return te(`checklists.field.${field}`) ? t(`checklists.field.${field}`) : field
}

/** The value of a field as one reads it aloud; what is absent is "none". */
export function fieldValue(field: string, value: unknown, speaker: FullSpeaker, context: FieldContext): string {
  const said = value === null || value === undefined ? absent(field, speaker) : SAY[field]?.(value as never, speaker, context)
  return said || plain(value, speaker)
}

const percent: Say = (value: number, speaker) => speaker.percent(value)
const text: Say = (value: Bilingual) => [...new Set([value.zh, value.en])].filter(Boolean).join(' / ')
const fromList = (field: string): Say => (value: string, { t, te }) => (te(`checklists.scoringValue.${field}.${value}`) ? t(`checklists.scoringValue.${field}.${value}`) : value)

const SAY: Record<string, Say> = {
  text,
  name: text,
  guide: text,
  kind: (value: ItemKind, { t }) => t(`common.itemKind.${value}`),
  flag: (value: Flag, { t }) => t(`common.flag.${value}`),
  owner_role: (value: string, { t }) => t(`common.role.${value}`),
  note_rule: (value: Item['note_rule'], speaker) => noteWords(value, speaker) ?? speaker.t('checklists.none'),
  photo: (value: Item['photo'], speaker) => photoWords(value, speaker),
  references: (value: Reference[], { t }) => (value.length ? t('checklists.pictures', { n: value.length }, value.length) : ''),
  fix_hours: (value: number, { t }) => t('checklists.hours', { n: value }, value),
  warn_days: (value: number, { t }) => t('checklists.days', { n: value }, value),
  applies: (value: Applies, speaker, { region }) => appliesWords(value, speaker, region) ?? speaker.t('checklists.everywhere'),
  show_if: (value: Condition, speaker, { find }) => conditionWords(value, find, speaker),
  grades: (value: Grade[], speaker) => gradeWords(value, speaker),
  choices: (value: Grade[], speaker) => gradeWords(value, speaker),
  codes: (value: string[], { t }) => value.join(t('checklists.listJoin')),
  repeat: (value: Repeat, speaker) => repeatWords(value, speaker),
  bands: (value: [string, number][], { t, number }) => value.map(([name, least]) => t('checklists.ruleBand', { name, n: number(least) })).join(t('checklists.listJoin')),
  place: (value: number, { t }) => t('checklists.placeOf', { n: value }),
  section: (value: string, _speaker, context) => context.section(value),
  mode: fromList('mode'),
  redline_policy: fromList('redline_policy'),
  floor_effect: fromList('floor_effect'),
  pass_line: (value: number, { number }) => number(value),
  floor: percent,
  base: percent,
}

/** What leaving a field out means, where it is more than "none". */
function absent(field: string, { t }: FullSpeaker): string {
  const meaning = { applies: 'checklists.everywhere', show_if: 'checklists.alwaysAsked', owner_role: 'checklists.byStoreRoles' }[field]
  return t(meaning ?? 'checklists.none')
}

function plain(value: unknown, { t, number }: FullSpeaker): string {
  if (typeof value === 'boolean') return t(value ? 'checklists.yes' : 'checklists.no')
  if (typeof value === 'number') return number(value)
  if (typeof value === 'string' && value) return value
  if (Array.isArray(value) ? value.length === 0 : !value) return t('checklists.none')
  return JSON.stringify(value)
}
