/**
 * May this report be finished? Every item needs an answer, with its reason, words and photos where asked.
 *
 * Unanswered is not "not applicable"; only an item that is not required may stay open. What is missing is
 * named item by item, so that one can jump there.
 */
import type { AnswerFacts, Content, Item, WhenRule } from './checklist'
import { countPhotos } from './marks'
import { dayNumber, isNumber, judge, trimmed } from './judgement'

export type GapCode =
  | 'unanswered'
  | 'na_not_allowed'
  | 'reason_required'
  | 'note_required'
  | 'photo_required'
  | 'fix_photo_required'
  | 'value_invalid'
  | 'too_many_photos'

export interface Gap {
  item_key: string
  code: GapCode
}

const isPictured = (item: Item): boolean => item.kind === 'photo' || item.kind === 'signature'
const asked = (rule: WhenRule, finding: boolean): boolean => rule === 'always' || (rule === 'on_fail' && finding)

/** All gaps in the order of the checklist; none when the report may be submitted. */
export function complete(content: Content, answers: readonly AnswerFacts[], onDate: string): Gap[] {
  const given = new Map(answers.map((answer) => [answer.item_key, answer]))
  return content.sections
    .flatMap((section) => section.items)
    .flatMap((item) => gapsOf(item, given.get(item.key), onDate).map((code) => ({ item_key: item.key, code })))
}

/** What is missing at one item. */
export function gapsOf(item: Item, answer: AnswerFacts | undefined, onDate: string): GapCode[] {
  const required = item.required ?? true
  if (!answer) return required ? ['unanswered'] : []
  if (answer.result === 'na' || answer.result === 'cannot_check') {
    const gaps: GapCode[] = []
    if (answer.result === 'na' && !item.allow_na) gaps.push('na_not_allowed')
    if (!trimmed(answer.reason)) gaps.push('reason_required')
    return gaps
  }
  if (required || !isLeftOpen(item, answer)) return answeredGaps(item, answer, onDate)
  return countPhotos(answer.photos) > photosAllowed(item) ? ['too_many_photos'] : []
}

/** True when nobody began to answer; photos and words alone are no answer. */
function isLeftOpen(item: Item, answer: AnswerFacts): boolean {
  if (isPictured(item)) return !answer.photos?.length
  const value = answer.value ?? null
  const isEmpty = item.kind === 'pass_fail' || value === null || (typeof value === 'string' && !trimmed(value))
  return isEmpty && (answer.result ?? null) === null
}

function answeredGaps(item: Item, answer: AnswerFacts, onDate: string): GapCode[] {
  const gaps: GapCode[] = []
  const { result, finding } = judge(item, answer, onDate)
  const photos = countPhotos(answer.photos)
  if (result === 'unanswered' && !isPictured(item)) gaps.push(isWrong(item, answer) ? 'value_invalid' : 'unanswered')
  if (noteNeeded(item, finding) && !trimmed(answer.note)) gaps.push('note_required')
  if (photos < photosNeeded(item, finding)) gaps.push('photo_required')
  if (photos > photosAllowed(item)) gaps.push('too_many_photos')
  if (answer.fixed_on_spot && finding && !answer.fix_photos?.length) gaps.push('fix_photo_required')
  return gaps
}

/** True when there is a value, but none that fits; false when there is simply nothing yet. */
function isWrong(item: Item, answer: AnswerFacts): boolean {
  const value = answer.value ?? null
  if (item.kind === 'pass_fail' || value === null || value === '') return false
  if (item.kind === 'numeric') return !isNumber(value)
  if (item.kind === 'date') return dayNumber(value) === null
  return (item.kind !== 'text' && item.kind !== 'barcode') || typeof value !== 'string'
}

/** How many photos the item needs, given whether it is a finding. */
export function photosNeeded(item: Item, finding: boolean): number {
  if (item.kind === 'signature') return 1
  return item.kind === 'photo' || asked(item.photo.rule, finding) ? Math.max(1, item.photo.min) : 0
}

/** How many photos the item may have. */
export const photosAllowed = (item: Item): number => (item.kind === 'signature' ? 1 : item.photo.max)

/** Whether words are wanted at the item, given whether it is a finding. */
export const noteNeeded = (item: Item, finding: boolean): boolean => asked(item.note_rule ?? 'none', finding)
