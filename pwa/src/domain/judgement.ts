/**
 * Judging one answer: is it right, how many points does it earn, and is it a finding?
 *
 * A finding is an item that failed, or one that earned only a part below its own pass line; it becomes
 * a rectification task. "Not applicable" and "could not be checked" earn nothing and cost nothing.
 * Points are before the item's weight; a bonus item can add points but is never a finding.
 */
import type { AnswerFacts, Item, Result } from './checklist'
import { compare, exact, times, HUNDRED, type Fraction } from './decimal'
import { shareOf, type Share } from './kinds'

export { dayNumber, hasLimits, isNumber, trimmed } from './kinds'

export interface Judgement {
  result: Result
  /** Points possible and earned; null when the item is set aside. */
  max: Fraction | null
  earned: Fraction | null
  finding: boolean
  warning: boolean
}

const aside = (result: Result): Judgement => ({ result, max: null, earned: null, finding: false, warning: false })

/** The judgement of an answer on the day (YYYY-MM-DD) of the visit; `unanswered` when it cannot be read. */
export function judge(item: Item, answer: AnswerFacts | undefined, onDate: string): Judgement {
  if (!answer) return aside('unanswered')
  if (answer.result === 'na' || answer.result === 'cannot_check') return aside(answer.result)
  const points = exact(item.points)
  const share = shareOf(item, answer, points, onDate)
  if (!share) return aside('unanswered')
  const { result, earned, warning } = share
  const wrong = result === 'fail' || (result === 'partial' && isBelow(item, share, points))
  return { result, max: points, earned, finding: wrong && !item.bonus, warning }
}

function isBelow(item: Item, { percent, earned }: Share, points: Fraction): boolean {
  const line = exact(item.pass_line)
  return percent ? compare(percent, line) < 0 : compare(times(earned, HUNDRED), times(points, line)) < 0
}
