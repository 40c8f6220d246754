/**
 * How often? People choose among a few ways; the server is told an RFC 5545 rule. A rule that none of the ways
 * would have made is kept letter by letter as an own rule. Pure.
 */
import type { Weekday } from '@/api/planTypes'

export const WEEKDAYS: readonly Weekday[] = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
export const PRESETS = ['daily', 'weekly', 'monthDay', 'monthWeekday', 'quarterly', 'once', 'own'] as const
export type Preset = (typeof PRESETS)[number]
/** −1 is the last one. */
export const NTHS = [1, 2, 3, 4, -1] as const

export interface RuleForm {
  preset: Preset
  /** Every n days, weeks or months. */
  interval: number
  weekdays: Weekday[]
  /** Days of the month; −1 is the last. */
  monthDays: number[]
  nth: number
  nthWeekday: Weekday
  /** Which month of the quarter: 1, 2 or 3. */
  quarterMonth: number
  quarterDay: number
  /** The last day, or empty. */
  until: string
  own: string
}

export const blankRule = (): RuleForm => ({
  preset: 'weekly',
  interval: 1,
  weekdays: ['MO'],
  monthDays: [1],
  nth: 1,
  nthWeekday: 'MO',
  quarterMonth: 1,
  quarterDay: 1,
  until: '',
  own: '',
})

/** The rule of the form as the server wants it. */
export function ruleOf(form: RuleForm): string {
  if (form.preset === 'own') return form.own.trim()
  if (form.preset === 'once') return 'FREQ=DAILY;COUNT=1'
  const until = form.until ? `;UNTIL=${form.until.replaceAll('-', '')}` : ''
  return bodyOf(form) + until
}

function bodyOf(form: RuleForm): string {
  const every = form.interval > 1 ? `;INTERVAL=${form.interval}` : ''
  if (form.preset === 'daily') return `FREQ=DAILY${every}`
  if (form.preset === 'weekly') return `FREQ=WEEKLY${every};BYDAY=${inOrder(form.weekdays).join(',')}`
  if (form.preset === 'monthDay') return `FREQ=MONTHLY${every};BYMONTHDAY=${form.monthDays.toSorted(lastLast).join(',')}`
  if (form.preset === 'monthWeekday') return `FREQ=MONTHLY${every};BYDAY=${form.nth}${form.nthWeekday}`
  return `FREQ=YEARLY;BYMONTH=${[0, 3, 6, 9].map((month) => month + form.quarterMonth).join(',')};BYMONTHDAY=${form.quarterDay}`
}

export const inOrder = (days: readonly Weekday[]): Weekday[] => WEEKDAYS.filter((day) => days.includes(day))

/** Days of the month in their order, the last day at the end. */
export function lastLast(a: number, b: number): number {
  return (a < 0 ? 100 + a : a) - (b < 0 ? 100 + b : b)
}

/** The parts of a rule; null for what is no rule at all. */
export function partsOf(rrule: string): Record<string, string> | null {
  const pieces = rrule.trim().toUpperCase().replace(/^RRULE:/, '').split(';').filter(Boolean)
  const parts: Record<string, string> = {}
  for (const piece of pieces) {
    const [name, value, ...rest] = piece.split('=')
    if (!name || !value || rest.length || name in parts) return null
    parts[name] = value
  }
  return parts.FREQ ? parts : null
}

/** The form that makes this rule; an own rule when no preset does. */
export function formOf(rrule: string, startsOn: string): RuleForm {
  const parts = partsOf(rrule)
  const found = parts && read(parts, startsOn)
  return found ? { ...blankRule(), ...found } : { ...blankRule(), preset: 'own', own: rrule }
}

function read(parts: Record<string, string>, startsOn: string): Partial<RuleForm> | null {
  const { FREQ: freq, UNTIL: until, WKST: wkst, ...rest } = parts
  if (wkst && wkst !== 'MO') return null
  if (until && !/^\d{8}$/.test(until)) return null
  const end = until ? { until: `${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6)}` } : {}
  if (rest.COUNT === '1') return freq === 'DAILY' && Object.keys(rest).length === 1 ? { preset: 'once' } : null
  const { INTERVAL: every = '1', ...by } = rest
  const interval = Number(every)
  if (!Number.isInteger(interval) || interval < 1) return null
  const found = shape(freq!, by, startsOn)
  if (!found || (found.preset === 'quarterly' && interval !== 1)) return null
  return { ...found, ...end, interval }
}

function shape(freq: string, by: Record<string, string>, startsOn: string): Partial<RuleForm> | null {
  const names = Object.keys(by).sort().join()
  if (freq === 'DAILY' && names === '') return { preset: 'daily' }
  if (freq === 'WEEKLY' && names === '') return { preset: 'weekly', weekdays: [weekdayOf(startsOn)] }
  if (freq === 'WEEKLY' && names === 'BYDAY') return weekly(by.BYDAY!.split(','))
  if (freq === 'MONTHLY' && names === '') return { preset: 'monthDay', monthDays: [Number(startsOn.slice(8))] }
  if (freq === 'MONTHLY' && names === 'BYMONTHDAY') return monthly(by.BYMONTHDAY!.split(',').map(Number))
  if (freq === 'MONTHLY' && names === 'BYDAY') return nthOf(by.BYDAY!)
  if (freq === 'YEARLY' && names === 'BYMONTH,BYMONTHDAY') return quarterly(by.BYMONTH!.split(',').map(Number), Number(by.BYMONTHDAY))
  return null
}

function weekly(days: string[]): Partial<RuleForm> | null {
  const known = days.every((day) => (WEEKDAYS as readonly string[]).includes(day))
  return known ? { preset: 'weekly', weekdays: inOrder(days as Weekday[]) } : null
}

function monthly(days: number[]): Partial<RuleForm> | null {
  return days.every((day) => day === -1 || (day >= 1 && day <= 31)) ? { preset: 'monthDay', monthDays: days.toSorted(lastLast) } : null
}

function nthOf(text: string): Partial<RuleForm> | null {
  const found = /^([+-]?\d)(MO|TU|WE|TH|FR|SA|SU)$/.exec(text)
  const nth = Number(found?.[1])
  return found && (NTHS as readonly number[]).includes(nth) ? { preset: 'monthWeekday', nth, nthWeekday: found[2] as Weekday } : null
}

function quarterly(months: number[], day: number): Partial<RuleForm> | null {
  const first = months[0] ?? 0
  const fits = first >= 1 && first <= 3 && months.length === 4 && months.every((month, place) => month === first + 3 * place)
  return fits && (day === -1 || (day >= 1 && day <= 31)) ? { preset: 'quarterly', quarterMonth: first, quarterDay: day } : null
}

/** The weekday of a plain date. */
export function weekdayOf(day: string): Weekday {
  return WEEKDAYS[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7] ?? 'MO'
}
