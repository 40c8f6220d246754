/** The changed fields of one thing, each said in words: what it was and what it is. Pure. */
import type { FieldChange } from '@/api/types'
import type { Bilingual } from '@/domain/checklist'
import { fieldName, fieldValue, type FieldContext } from './fieldWords'
import type { FullSpeaker } from './speaker'

export interface SaidChange {
  field: string
  name: string
  before: string
  after: string
}

const LANGUAGES = ['zh', 'en'] as const
/** What reads the same before and after (a default that was written out) is no change to a reader; other pictures are. */
const ALWAYS: readonly string[] = ['references']

export function changedFields(fields: readonly FieldChange[], speaker: FullSpeaker, context: FieldContext): SaidChange[] {
  return fields
    .flatMap((change) => (isText(change.before) && isText(change.after) ? byLanguage(change, speaker) : [said(change, speaker, context)]))
    .filter(({ field, before, after }) => before !== after || ALWAYS.includes(field))
}

function said({ field, before, after }: FieldChange, speaker: FullSpeaker, context: FieldContext): SaidChange {
  return { field, name: fieldName(field, speaker), before: fieldValue(field, before, speaker, context), after: fieldValue(field, after, speaker, context) }
}

/** A text is compared language by language, so that a word that changed in one of them is not hidden by the other. */
function byLanguage({ field, before, after }: FieldChange, speaker: FullSpeaker): SaidChange[] {
  const [was, is] = [before as Bilingual, after as Bilingual]
  return LANGUAGES.map((language) => ({
    field: `${field}-${language}`,
    name: speaker.t(`checklists.inLanguage.${language}`, { field: fieldName(field, speaker) }),
    before: was[language] || speaker.t('checklists.none'),
    after: is[language] || speaker.t('checklists.none'),
  }))
}

function isText(value: unknown): value is Bilingual {
  return typeof value === 'object' && value !== null && LANGUAGES.every((language) => typeof (value as Partial<Bilingual>)[language] === 'string')
}
