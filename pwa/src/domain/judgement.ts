/**
 * Judging one answer: is it right, how many points does it earn, and is it a finding?
 *
 * A finding is an item that failed, or one that earned only a part below its own pass line; it becomes
 * a rectification task. "Not applicable" and "could not be checked" earn nothing and cost nothing.
 */
import type { AnswerFacts, Item, Result } from './checklist'
import { compare, exact, larger, minus, over, times, HUNDRED, ZERO, type Fraction } from './decimal'

export interface Judgement {
  result: Result
  /** Points possible and earned; null when the item is set aside. */
  max: Fraction | null
  earned: Fraction | null
  finding: boolean
  warning: boolean
}

type Share = [result: Result, earned: Fraction, warning: boolean]

const aside = (result: Result): Judgement => ({ result, max: null, earned: null, finding: false, warning: false })

export const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
export const hasLimits = (item: Item): boolean => (item.min ?? null) !== null || (item.max ?? null) !== null

/** The judgement of an answer on the day (YYYY-MM-DD) of the visit; `unanswered` when it cannot be read. */
export function judge(item: Item, answer: AnswerFacts | undefined, onDate: string): Judgement {
  if (!answer) return aside('unanswered')
  if (answer.result === 'na' || answer.result === 'cannot_check') return aside(answer.result)
  const share = shareOf(item, answer, onDate)
  if (!share) return aside('unanswered')
  const [result, earned, warning] = share
  const finding = !item.bonus && (result === 'fail' || (result === 'partial' && isBelow(item, earned)))
  return { result, max: exact(item.points), earned, finding, warning }
}

function isBelow(item: Item, earned: Fraction): boolean {
  return compare(times(earned, HUNDRED), times(exact(item.points), exact(item.pass_line))) < 0
}

function shareOf(item: Item, answer: AnswerFacts, onDate: string): Share | null {
  const points = exact(item.points)
  const value = answer.value ?? null
  switch (item.kind) {
    case 'pass_fail':
      return asGiven(answer, points)
    case 'graded':
      return graded(item, value, points)
    case 'numeric':
      return measured(item, answer, points)
    case 'count':
      return counted(item, value, points)
    case 'date':
      return dated(item, value, points, onDate)
    case 'text':
      return typeof value === 'string' && value.trim() ? ['pass', points, false] : null
    default:
      return answer.photos?.length ? ['pass', points, false] : null
  }
}

function asGiven(answer: AnswerFacts, points: Fraction): Share | null {
  if (answer.result === 'pass') return ['pass', points, false]
  return answer.result === 'fail' ? ['fail', ZERO, false] : null
}

function graded(item: Item, value: string | number | null, points: Fraction): Share | null {
  const grade = item.grades?.find((g) => g.key === value)
  if (!grade) return null
  const percent = exact(grade.percent)
  const result = compare(percent, HUNDRED) >= 0 ? 'pass' : compare(percent, ZERO) <= 0 ? 'fail' : 'partial'
  return [result, over(times(points, percent), HUNDRED), false]
}

function measured(item: Item, answer: AnswerFacts, points: Fraction): Share | null {
  const { value } = answer
  if (!isNumber(value)) return null
  if (!hasLimits(item)) return asGiven(answer, points)
  const low = item.min ?? null
  const high = item.max ?? null
  const inside =
    (low === null || compare(exact(value), exact(low)) >= 0) &&
    (high === null || compare(exact(value), exact(high)) <= 0)
  return inside ? ['pass', points, false] : ['fail', ZERO, false]
}

function counted(item: Item, value: string | number | null, points: Fraction): Share | null {
  if (!isNumber(value) || value < 0 || !Number.isInteger(value)) return null
  if (value === 0) return ['pass', points, false]
  const step = item.step === undefined ? points : exact(item.step)
  const earned = larger(ZERO, minus(points, times(exact(value), step)))
  return [compare(earned, ZERO) > 0 ? 'partial' : 'fail', earned, false]
}

/** The day as a number of days, or null when it is not a day written YYYY-MM-DD. */
export function dayNumber(value: unknown): number | null {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return null
  const moment = new Date(`${value}T00:00:00Z`)
  if (Number.isNaN(moment.getTime()) || moment.toISOString().slice(0, 10) !== value) return null
  return value.startsWith('0000') ? null : moment.getTime() / 86_400_000
}

function dated(item: Item, value: string | number | null, points: Fraction, onDate: string): Share | null {
  const day = dayNumber(value)
  const today = dayNumber(onDate)
  if (day === null || today === null) return null
  if (day < today) return ['fail', ZERO, false]
  const warnDays = item.warn_days ?? null
  return ['pass', points, warnDays !== null && day - today <= warnDays]
}
