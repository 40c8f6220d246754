/** The changed fields of one thing, each said in words: what it was and what it is. Pure. */
import type { FieldChange } from '@/api/types'
import { fieldName, fieldValue, type FieldContext } from './fieldWords'
import type { FullSpeaker } from './speaker'

export interface SaidChange {
  field: string
  name: string
  before: string
  after: string
}

/** A change that reads the same before and after (a default that was written out) is none to a reader. */
export function changedFields(fields: readonly FieldChange[], speaker: FullSpeaker, context: FieldContext): SaidChange[] {
  return fields
    .map(({ field, before, after }) => ({
      field,
      name: fieldName(field, speaker),
      before: fieldValue(field, before, speaker, context),
      after: fieldValue(field, after, speaker, context),
    }))
    .filter(({ field, before, after }) => before !== after || field === 'references')
}
