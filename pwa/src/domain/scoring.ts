/**
 * The score of a report and why it is what it is; the same steps as on the server.
 *
 * Points earned are set against points possible. "Not applicable" and "could not be checked" leave both
 * sides. The number is rounded half-up to a tenth once, at the very end; band and pass line look at the
 * rounded number, because that is what the store sees. Every step is kept in a trace.
 */
import type { AnswerFacts, Content, Item, Score, Scoring, Section, TraceStep } from './checklist'
import {
  compare,
  exact,
  larger,
  minus,
  over,
  plain,
  plus,
  smaller,
  sum,
  tenth,
  times,
  HUNDRED,
  ZERO,
  type Fraction,
} from './decimal'
import { judge, type Judgement } from './judgement'

type Judged = { item: Item; judgement: Judgement }
type JudgedSection = { section: Section; judged: Judged[] }
type Points = { earned: Fraction; max: Fraction }
type Trace = TraceStep[]

/** The score of these answers; unanswered items count like "not applicable", as in a preview. */
export function score(content: Content, answers: readonly AnswerFacts[], onDate: string): Score {
  const given = new Map(answers.map((answer) => [answer.item_key, answer]))
  const sections = content.sections.map((section) => ({
    section,
    judged: section.items.map((item) => ({ item, judgement: judge(item, given.get(item.key), onDate) })),
  }))
  const all = sections.flatMap((s) => s.judged)
  const points = pointsOf(all)
  const trace: Trace = []
  const raw = rawOf(content.scoring, sections, points, trace)
  const withBonus = raw && bonusAdded(content.scoring, all, raw, trace)
  const redline = failed(all, 'redline')
  const key = failed(all, 'key')
  const final = withBonus && afterRedline(content.scoring, redline, withBonus, trace)
  const shown = final && tenth(final)
  const [band, outcome] = bandOf(content, sections, shown, redline, key, trace)
  return {
    earned: plain(points.earned),
    max: plain(points.max),
    raw: raw && plain(tenth(raw)),
    score: shown && plain(shown),
    band,
    outcome,
    ranked: shown !== null && isRanked(all, points.max),
    redline_failed: redline,
    key_failed: key,
    findings: all.filter((j) => j.judgement.finding).map((j) => j.item.key),
    coverage: coverageOf(all),
    sections: sections.map(({ section, judged }) => sectionShown(section, judged)),
    trace,
  }
}

function pointsOf(judged: readonly Judged[], bonus = false): Points {
  const scored = judged.filter((j) => j.judgement.earned !== null && j.item.bonus === bonus)
  return {
    earned: sum(scored.map((j) => j.judgement.earned ?? ZERO)),
    max: sum(scored.map((j) => j.judgement.max ?? ZERO)),
  }
}

const rateOf = ({ earned, max }: Points): Fraction => over(times(earned, HUNDRED), max)
const isPositive = (value: Fraction): boolean => compare(value, ZERO) > 0

function sectionShown(section: Section, judged: readonly Judged[]): Score['sections'][number] {
  const points = pointsOf(judged)
  return {
    key: section.key,
    earned: plain(points.earned),
    max: plain(points.max),
    rate: isPositive(points.max) ? plain(tenth(rateOf(points))) : null,
  }
}

function rawOf(rules: Scoring, sections: readonly JudgedSection[], points: Points, trace: Trace): Fraction | null {
  let value: Fraction | null = null
  if (isPositive(points.max)) {
    if (rules.mode === 'section_weighted') value = weighted(sections)
    else if (rules.mode === 'deduct') value = larger(ZERO, minus(HUNDRED, minus(points.max, points.earned)))
    else value = rateOf(points)
  }
  trace.push({
    step: 'raw',
    mode: rules.mode,
    earned: plain(points.earned),
    max: plain(points.max),
    value: value && plain(tenth(value)),
  })
  return value
}

function weighted(sections: readonly JudgedSection[]): Fraction | null {
  let total = ZERO
  let weights = ZERO
  for (const { section, judged } of sections) {
    const points = pointsOf(judged)
    if (section.weight === null || !isPositive(points.max)) continue
    const weight = exact(section.weight)
    total = plus(total, times(weight, rateOf(points)))
    weights = plus(weights, weight)
  }
  return isPositive(weights) ? over(total, weights) : null
}

function bonusAdded(rules: Scoring, judged: readonly Judged[], raw: Fraction, trace: Trace): Fraction {
  const { earned } = pointsOf(judged, true)
  if (!isPositive(earned)) return raw
  const added = smaller(earned, exact(rules.bonus_cap))
  const value = smaller(HUNDRED, plus(raw, added))
  trace.push({ step: 'bonus', earned: plain(earned), added: plain(added), value: plain(tenth(value)) })
  return value
}

function failed(judged: readonly Judged[], flag: Item['flag']): string[] {
  return judged.filter((j) => j.item.flag === flag && j.judgement.finding).map((j) => j.item.key)
}

function afterRedline(rules: Scoring, items: string[], before: Fraction, trace: Trace): Fraction {
  if (!items.length) return before
  let value = before
  if (rules.redline_policy === 'cap') value = smaller(before, exact(rules.redline_cap))
  else if (rules.redline_policy === 'zero') value = ZERO
  trace.push({ step: 'redline', items, policy: rules.redline_policy, value: plain(tenth(value)) })
  return value
}

function bandOf(
  { scoring: rules }: Content,
  sections: readonly JudgedSection[],
  shown: Fraction | null,
  redline: string[],
  key: string[],
  trace: Trace,
): [string | null, Score['outcome']] {
  if (shown === null) return [null, 'not_scored']
  const names = rules.bands.map(([name]) => name)
  const last = names.length - 1
  const found = rules.bands.findIndex(([, least]) => compare(shown, exact(least)) >= 0)
  let place = redline.length || found < 0 ? last : found
  const cap = Math.max(0, names.indexOf(rules.key_cap))
  const unrated = key.length >= rules.key_unrated
  if (key.length) {
    trace.push({ step: 'key', items: key, ...(unrated ? { effect: 'unrated' } : { effect: 'cap', cap: names[cap] }) })
    place = Math.max(place, cap)
  }
  for (const { section, judged } of sections) {
    const points = pointsOf(judged)
    if (section.floor === null || !isPositive(points.max)) continue
    if (compare(rateOf(points), exact(section.floor)) >= 0) continue
    const rate = plain(tenth(rateOf(points)))
    trace.push({ step: 'section_floor', section: section.key, rate, floor: section.floor, cap: names[cap] })
    place = Math.max(place, cap)
  }
  const band = unrated ? null : (names[place] ?? null)
  const isFail = redline.length > 0 || unrated || compare(shown, exact(rules.pass_line)) < 0
  const outcome = isFail ? 'fail' : 'pass'
  trace.push({ step: 'band', score: plain(shown), band, outcome })
  return [band, outcome]
}

function isRanked(judged: readonly Judged[], applicable: Fraction): boolean {
  const total = sum(judged.filter((j) => !j.item.bonus).map((j) => exact(j.item.points)))
  return compare(times(applicable, HUNDRED), times(total, exact(60))) >= 0
}

function coverageOf(judged: readonly Judged[]): Score['coverage'] {
  const count = (result: string) => judged.filter((j) => j.judgement.result === result).length
  const [na, cannot_check, unanswered] = [count('na'), count('cannot_check'), count('unanswered')]
  return { total: judged.length, scored: judged.length - na - cannot_check - unanswered, na, cannot_check, unanswered }
}
