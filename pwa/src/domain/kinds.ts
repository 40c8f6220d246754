/**
 * How each kind of item turns an answer into a result and points.
 *
 * Graded items and choices earn a share of the points, counted faults take points off, measures are held
 * against limits. What cannot be read is no answer at all. docs/checklist-format.md has the table of kinds.
 */
import type { AnswerFacts, Grade, Item, ItemKind, Result } from './checklist'
import { compare, exact, larger, minus, over, plus, times, HUNDRED, ZERO, type Fraction } from './decimal'

/** What an answer is worth; `percent` is there where points hang on one, also when there are no points. */
export interface Share {
  result: Result
  earned: Fraction
  warning: boolean
  percent?: Fraction
}
type Judging = (item: Item, answer: AnswerFacts, points: Fraction, onDate: string) => Share | null

// What counts as blank to Python, to JavaScript, or to both.
const BLANK = String.raw`[\s\u001c-\u001f\u0085\ufeff]+`
const AROUND = new RegExp(`^${BLANK}|${BLANK}$`, 'g')

export const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
export const hasLimits = (item: Item): boolean => (item.min ?? null) !== null || (item.max ?? null) !== null

/** A text without blanks around it; empty when it is no text. */
export const trimmed = (value: unknown): string => (typeof value === 'string' ? value.replace(AROUND, '') : '')

/** The day as a number of days, or null when it is not a day written YYYY-MM-DD. */
export function dayNumber(value: unknown): number | null {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return null
  const moment = new Date(`${value}T00:00:00Z`)
  if (Number.isNaN(moment.getTime()) || moment.toISOString().slice(0, 10) !== value) return null
  return value.startsWith('0000') ? null : moment.getTime() / 86_400_000
}

/** Result, earned points and warning of an answer; null when it cannot be read. */
export const shareOf: Judging = (item, answer, points, onDate) => BY_KIND[item.kind](item, answer, points, onDate)

const WRONG: Share = { result: 'fail', earned: ZERO, warning: false }
const right = (points: Fraction, warning = false): Share => ({ result: 'pass', earned: points, warning })

const asGiven: Judging = (_, { result }, points) => {
  if (result === 'pass') return right(points)
  return result === 'fail' ? WRONG : null
}

function byPercent(percent: Fraction, points: Fraction): Share {
  if (compare(percent, HUNDRED) >= 0) return right(points)
  if (compare(percent, ZERO) <= 0) return WRONG
  return { result: 'partial', earned: over(times(points, percent), HUNDRED), warning: false, percent }
}

function oneOf(choices: readonly Grade[] | undefined, value: unknown, points: Fraction): Share | null {
  const chosen = choices?.find((one) => one.key === value)
  return chosen ? byPercent(exact(chosen.percent), points) : null
}

const anyOf: Judging = (item, { value }, points) => {
  if (!Array.isArray(value) || new Set(value).size !== value.length) return null
  const chosen = value.map((key) => item.choices?.find((one) => one.key === key))
  if (!chosen.every((one) => one !== undefined)) return null
  return byPercent(chosen.reduce((percent, one) => plus(percent, exact(one.percent)), exact(item.base ?? 0)), points)
}

function within(value: number, low: number | null | undefined, high: number | null | undefined): boolean {
  const number = exact(value)
  const above = (low ?? null) === null || compare(number, exact(low ?? 0)) >= 0
  return above && ((high ?? null) === null || compare(number, exact(high ?? 0)) <= 0)
}

const measured: Judging = (item, answer, points, onDate) => {
  const { value } = answer
  if (!isNumber(value)) return null
  if (!hasLimits(item) && answer.result !== 'pass') return asGiven(item, answer, points, onDate)
  if (!within(value, item.min, item.max)) return WRONG
  return right(points, !within(value, item.warn_min, item.warn_max))
}

const counted: Judging = (item, { value }, points) => {
  if (!isNumber(value) || value < 0 || !Number.isInteger(value)) return null
  if (value === 0) return right(points)
  const step = (item.step ?? null) === null ? points : exact(item.step ?? 0)
  const earned = larger(ZERO, minus(points, times(exact(value), step)))
  return compare(earned, ZERO) > 0 ? { result: 'partial', earned, warning: false } : WRONG
}

const dated: Judging = (item, { value }, points, onDate) => {
  const day = dayNumber(value)
  const today = dayNumber(onDate)
  if (day === null || today === null) return null
  if (day < today) return WRONG
  const warnDays = item.warn_days ?? null
  return right(points, warnDays !== null && day - today <= warnDays)
}

const written: Judging = (_, { value }, points) => (trimmed(value) ? right(points) : null)

const scanned: Judging = ({ codes }, { value }, points) => {
  const code = trimmed(value)
  if (!code) return null
  return codes?.length && !codes.includes(code) ? WRONG : right(points)
}

const pictured: Judging = (_, { photos }, points) => (photos?.length ? right(points) : null)

const BY_KIND: Record<ItemKind, Judging> = {
  pass_fail: asGiven,
  graded: (item, { value }, points) => oneOf(item.grades, value, points),
  single: (item, { value }, points) => oneOf(item.choices, value, points),
  multiple: anyOf,
  numeric: measured,
  count: counted,
  date: dated,
  text: written,
  barcode: scanned,
  photo: pictured,
  signature: pictured,
}
