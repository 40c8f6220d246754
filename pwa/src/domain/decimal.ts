/**
 * Exact fractions, so that no score ever hangs on how a computer writes 0.1.
 *
 * A number from JSON is taken through its text, as the server does it.
 */

export interface Fraction {
  readonly n: bigint
  readonly d: bigint
}

export const ZERO: Fraction = { n: 0n, d: 1n }
export const HUNDRED: Fraction = { n: 100n, d: 1n }

const MOST = 5000
const known = new Map<number, Fraction>()

/** The exact value of a JSON number, such as 0.1 or 1e-3. The same few numbers are asked for again and again. */
export function exact(number: number): Fraction {
  const before = known.get(number)
  if (before) return before
  const value = read(number)
  if (known.size >= MOST) known.clear()
  known.set(number, value)
  return value
}

function read(number: number): Fraction {
  const [mantissa = '0', exponent = '0'] = String(number).toLowerCase().split('e')
  const [whole = '0', part = ''] = mantissa.split('.')
  const shift = Number(exponent) - part.length
  const digits = BigInt(whole + part)
  return shift >= 0 ? { n: digits * 10n ** BigInt(shift), d: 1n } : { n: digits, d: 10n ** BigInt(-shift) }
}

export const plus = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d })
export const minus = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d - b.n * a.d, d: a.d * b.d })
export const times = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.n, d: a.d * b.d })
/** `b` must be positive. */
export const over = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d, d: a.d * b.n })
/** Negative, 0 or positive as a is less than, equal to or greater than b. */
export const compare = (a: Fraction, b: Fraction): number => {
  const difference = a.n * b.d - b.n * a.d
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}
export const smaller = (a: Fraction, b: Fraction): Fraction => (compare(a, b) <= 0 ? a : b)
export const larger = (a: Fraction, b: Fraction): Fraction => (compare(a, b) >= 0 ? a : b)
export const sum = (all: readonly Fraction[]): Fraction => all.reduce(plus, ZERO)

/** Rounded half-up to a tenth; values are never negative. */
export function tenth(value: Fraction): Fraction {
  return { n: (value.n * 20n + value.d) / (value.d * 2n), d: 10n }
}

/** The JSON number that reads the same; the fraction must be a decimal, as points and tenths are. */
export function plain(value: Fraction): number {
  let { n, d } = value
  const sign = n < 0n ? '-' : ''
  if (n < 0n) n = -n
  let digits = ''
  let rest = n % d
  while (rest !== 0n && digits.length < 30) {
    rest *= 10n
    digits += String(rest / d)
    rest %= d
  }
  return Number(`${sign}${n / d}${digits ? `.${digits}` : ''}`)
}
