/**
 * Adding up: what each answer is worth, and the sums of a report.
 *
 * Points are counted in whole ticks, 10^11 to a point: three decimals of the points, three of a percent
 * (and its hundred), three of the item's weight. Sums of whole numbers are exact and quick.
 */
import type { AnswerFacts, Content, Item, Section } from './checklist'
import { exact, times, type Fraction } from './decimal'
import { judge, type Judgement } from './judgement'

export const POINT = 10n ** 11n

/** Points as whole ticks. */
export const ticks = ({ n, d }: Fraction): bigint => (n * POINT) / d
/** Ticks as points. */
export const points = (amount: bigint): Fraction => ({ n: amount, d: POINT })

export interface Sums {
  earned: bigint
  max: bigint
}

/** One judged item: what it adds to both sums, or to the bonus, in ticks and with its weight. */
export interface Mark extends Sums {
  item: Item
  section: Section
  judgement: Judgement
  bonus: bigint
}

/** The sums of a report in ticks. */
export interface Tally extends Sums {
  bonus: bigint
  sections: Sums[]
  findings: string[]
  redline: string[]
  key: string[]
}

/** The marks of all items, in the order of the checklist. */
export function marksOf(content: Content, answers: readonly AnswerFacts[], onDate: string): Mark[] {
  const given = new Map(answers.map((answer) => [answer.item_key, answer]))
  return content.sections.flatMap((section) =>
    section.items.map((item) => weighed(item, section, judge(item, given.get(item.key), onDate))),
  )
}

/** The mark of a judgement: both sides times the item's weight. */
function weighed(item: Item, section: Section, judgement: Judgement): Mark {
  const weight = exact(item.weight ?? 1)
  const earned = judgement.earned ? ticks(times(judgement.earned, weight)) : 0n
  if (item.bonus) return { item, section, judgement, earned: 0n, max: 0n, bonus: earned }
  const max = judgement.max ? ticks(times(judgement.max, weight)) : 0n
  return { item, section, judgement, earned, max, bonus: 0n }
}

/** The same marks with these items put right; what was set aside stays so. */
export function righted(marks: readonly Mark[], keys: ReadonlySet<string>): Mark[] {
  return marks.map((mark) => {
    const { max } = mark.judgement
    if (!max || !keys.has(mark.item.key)) return mark
    return weighed(mark.item, mark.section, { result: 'pass', max, earned: max, finding: false, warning: false })
  })
}

/** The sums of these marks. */
export function tallyOf(content: Content, marks: readonly Mark[]): Tally {
  const sums = new Map(content.sections.map((section) => [section, { earned: 0n, max: 0n }]))
  let bonus = 0n
  for (const mark of marks) {
    const own = sums.get(mark.section)
    if (own) {
      own.earned += mark.earned
      own.max += mark.max
    }
    bonus += mark.bonus
  }
  const sections = [...sums.values()]
  const failed = marks.filter((mark) => mark.judgement.finding)
  const flagged = (flag: Item['flag']) => failed.filter((mark) => mark.item.flag === flag).map((mark) => mark.item.key)
  return {
    earned: sections.reduce((all, one) => all + one.earned, 0n),
    max: sections.reduce((all, one) => all + one.max, 0n),
    bonus,
    sections,
    findings: failed.map((mark) => mark.item.key),
    redline: flagged('redline'),
    key: flagged('key'),
  }
}

/** What could be scored if every item applied, bonus apart. */
export function fullOf(content: Content): bigint {
  const items = content.sections.flatMap((section) => section.items).filter((item) => !item.bonus)
  return items.reduce((all, item) => all + ticks(times(exact(item.points), exact(item.weight ?? 1))), 0n)
}
