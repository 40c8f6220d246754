/**
 * May this report be finished? Every item needs an answer, with its reason and photos where asked.
 *
 * Unanswered is not "not applicable". What is missing is named item by item, so that one can jump there.
 */
import type { AnswerFacts, Content, Item } from './checklist'
import { dayNumber, hasLimits, isNumber, judge } from './judgement'

export type GapCode =
  | 'unanswered'
  | 'na_not_allowed'
  | 'reason_required'
  | 'photo_required'
  | 'fix_photo_required'
  | 'value_invalid'
  | 'too_many_photos'

export interface Gap {
  item_key: string
  code: GapCode
}

/** All gaps in the order of the checklist; none when the report may be submitted. */
export function complete(content: Content, answers: readonly AnswerFacts[], onDate: string): Gap[] {
  const given = new Map(answers.map((answer) => [answer.item_key, answer]))
  return content.sections
    .flatMap((section) => section.items)
    .flatMap((item) => gapsOf(item, given.get(item.key), onDate).map((code) => ({ item_key: item.key, code })))
}

/** What is missing at one item. */
export function gapsOf(item: Item, answer: AnswerFacts | undefined, onDate: string): GapCode[] {
  if (!answer) return ['unanswered']
  if (answer.result === 'na' || answer.result === 'cannot_check') {
    const gaps: GapCode[] = []
    if (answer.result === 'na' && !item.allow_na) gaps.push('na_not_allowed')
    if (!answer.reason?.trim()) gaps.push('reason_required')
    return gaps
  }
  return answeredGaps(item, answer, onDate)
}

function answeredGaps(item: Item, answer: AnswerFacts, onDate: string): GapCode[] {
  const gaps: GapCode[] = []
  const { result, finding } = judge(item, answer, onDate)
  const photos = answer.photos?.length ?? 0
  if (result === 'unanswered' && item.kind !== 'photo' && item.kind !== 'signature') {
    gaps.push(isWrong(item, answer) ? 'value_invalid' : 'unanswered')
  }
  if (photos < photosNeeded(item, finding)) gaps.push('photo_required')
  if (photos > photosAllowed(item)) gaps.push('too_many_photos')
  if (answer.fixed_on_spot && finding && !answer.fix_photos?.length) gaps.push('fix_photo_required')
  return gaps
}

function isWrong(item: Item, answer: AnswerFacts): boolean {
  const value = answer.value ?? null
  if (item.kind === 'pass_fail' || value === null || value === '') return false
  if (item.kind === 'numeric') return !isNumber(value) && (hasLimits(item) || value !== null)
  if (item.kind === 'date') return dayNumber(value) === null
  return item.kind !== 'text' || typeof value !== 'string'
}

/** How many photos the item needs, given whether it is a finding. */
export function photosNeeded(item: Item, finding: boolean): number {
  if (item.kind === 'signature') return 1
  const asked = item.kind === 'photo' || item.photo.rule === 'always' || (item.photo.rule === 'on_fail' && finding)
  return asked ? Math.max(1, item.photo.min) : 0
}

/** How many photos the item may have. */
export const photosAllowed = (item: Item): number => (item.kind === 'signature' ? 1 : item.photo.max)
