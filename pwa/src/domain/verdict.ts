/**
 * From the sums to the score: bonus, redline, section floors, the one rounding, band and outcome.
 *
 * The number is rounded half-up to a tenth once, at the very end, and the band and the pass line look at
 * the rounded number, because that is what the store sees. A failed redline item fails the report; failed
 * key items and sections under their floor hold the band or the number down; the lowest cap wins.
 */
import type { Content, Scoring, Section, WhatIf } from './checklist'
import { compare, exact, larger, minus, over, plus, smaller, tenth, times, HUNDRED, ZERO, type Fraction } from './decimal'
import { points, type Sums, type Tally } from './tally'

export const FLOOR_CAP = 79

/** The score as tenths, the exact number after each step that led to it, and the sections under their floors. */
export interface Verdict {
  raw: Fraction
  withBonus: Fraction
  afterRedline: Fraction
  under: number[]
  afterFloors: Fraction
  /** Rounded to a tenth. */
  score: Fraction
  band: string | null
  outcome: 'pass' | 'fail'
}

/** The best band that a failed key item or a section under its floor leaves. */
export function capOf(rules: Scoring): string {
  const names = rules.bands.map(([name]) => name)
  return names[Math.max(0, names.indexOf(rules.key_cap))] ?? ''
}

/** The verdict on these sums; null when nothing was scored. */
export function verdictOf(content: Content, tally: Tally): Verdict | null {
  const { scoring: rules, sections } = content
  const raw = rawOf(rules, sections, tally)
  if (!raw) return null
  const withBonus = bonusAdded(rules, tally, raw)
  const afterRedline = tally.redline.length ? redlineApplied(rules, withBonus) : withBonus
  const under = sections.flatMap((section, place) => (isUnder(section, tally.sections[place]) ? [place] : []))
  const isCapped = under.length > 0 && rules.floor_effect === 'cap'
  const afterFloors = isCapped ? smaller(afterRedline, exact(rules.floor_cap ?? FLOOR_CAP)) : afterRedline
  const score = tenth(afterFloors)
  const isUnrated = tally.key.length > 0 && tally.key.length >= rules.key_unrated
  const isPassed = !tally.redline.length && !isUnrated && compare(score, exact(rules.pass_line)) >= 0
  return {
    raw,
    withBonus,
    afterRedline,
    under,
    afterFloors,
    score,
    band: isUnrated ? null : heldBand(rules, tally, score, under),
    outcome: isPassed ? 'pass' : 'fail',
  }
}

/** What an explanation says of a verdict. */
export function shortly(found: Verdict | null, shown: (score: Fraction) => number): WhatIf {
  if (!found) return { score: null, band: null, outcome: 'not_scored' }
  return { score: shown(found.score), band: found.band, outcome: found.outcome }
}

/** The place of the band that a number has by itself, from the best. */
export function placeOf(rules: Scoring, score: Fraction): number {
  const found = rules.bands.findIndex(([, least]) => compare(score, exact(least)) >= 0)
  return found < 0 ? rules.bands.length - 1 : found
}

function heldBand(rules: Scoring, tally: Tally, score: Fraction, under: readonly number[]): string | null {
  const names = rules.bands.map(([name]) => name)
  let place = tally.redline.length ? names.length - 1 : placeOf(rules, score)
  if (tally.key.length || (under.length && rules.floor_effect !== 'cap')) {
    place = Math.max(place, names.indexOf(rules.key_cap))
  }
  return names[place] ?? null
}

/** The exact number before bonus and caps, or null when nothing was scored. */
function rawOf(rules: Scoring, sections: readonly Section[], tally: Tally): Fraction | null {
  if (!tally.max) return null
  if (rules.mode === 'section_weighted') return weighted(sections, tally.sections)
  if (rules.mode === 'deduct') return larger(ZERO, minus(HUNDRED, points(tally.max - tally.earned)))
  return { n: tally.earned * 100n, d: tally.max }
}

function weighted(sections: readonly Section[], sums: readonly Sums[]): Fraction | null {
  let total = ZERO
  let weights = ZERO
  sections.forEach((section, place) => {
    const { earned, max } = sums[place] ?? { earned: 0n, max: 0n }
    const weight = exact(section.weight ?? 0)
    if (!weight.n || !max) return
    total = plus(total, times(weight, { n: earned * 100n, d: max }))
    weights = plus(weights, weight)
  })
  return weights.n ? over(total, weights) : null
}

function bonusAdded(rules: Scoring, tally: Tally, raw: Fraction): Fraction {
  if (!tally.bonus) return raw
  return smaller(HUNDRED, plus(raw, smaller(points(tally.bonus), exact(rules.bonus_cap))))
}

function redlineApplied(rules: Scoring, value: Fraction): Fraction {
  if (rules.redline_policy === 'cap') return smaller(value, exact(rules.redline_cap))
  return rules.redline_policy === 'zero' ? ZERO : value
}

function isUnder({ floor }: Section, sums: Sums | undefined): boolean {
  if (floor === null || !sums?.max) return false
  return compare({ n: sums.earned * 100n, d: sums.max }, exact(floor)) < 0
}
