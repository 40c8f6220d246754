/**
 * Dates, times and numbers in the language on the screen. Times come as RFC 3339 text or as a Date; a store's own
 * time zone may be given, else the phone's is used. What is absent is shown as a dash.
 */
import { useI18n } from 'vue-i18n'
import { INTL_LOCALE, type Locale } from './locale'

export type When = string | Date | null | undefined
export interface ZoneOption {
  timeZone?: string
}

export const DASH = '—'
const DAY_ONLY = /^\d{4}-\d{2}-\d{2}$/
const made = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat>()

function kept<T extends Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat>(key: string, make: () => T): T {
  const found = made.get(key) as T | undefined
  if (found) return found
  const fresh = make()
  made.set(key, fresh)
  return fresh
}

function dates(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return kept(`d${locale}${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(INTL_LOCALE[locale], options))
}

function numbers(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return kept(`n${locale}${JSON.stringify(options)}`, () => new Intl.NumberFormat(INTL_LOCALE[locale], options))
}

/** A plain date such as 2026-11-25 belongs to no zone: it is read and shown in UTC. */
function read(when: When, zone?: string): { at: Date; timeZone?: string } | null {
  if (!when) return null
  const at = when instanceof Date ? when : new Date(when)
  if (Number.isNaN(at.getTime())) return null
  if (typeof when === 'string' && DAY_ONLY.test(when)) return { at, timeZone: 'UTC' }
  return zone ? { at, timeZone: zone } : { at }
}

function parts(locale: Locale, when: When, options: Intl.DateTimeFormatOptions, zone?: string): Record<string, string> | null {
  const moment = read(when, zone)
  if (!moment) return null
  const { at, timeZone } = moment
  const pieces = dates(locale, { ...options, ...(timeZone ? { timeZone } : {}) }).formatToParts(at)
  return Object.fromEntries(pieces.map((piece) => [piece.type, piece.value]))
}

/** 2026年11月25日 · 25 Nov 2026 */
export function formatDate(locale: Locale, when: When, zone?: string): string {
  const p = parts(locale, when, { year: 'numeric', month: locale === 'zh' ? 'numeric' : 'short', day: 'numeric' }, zone)
  if (!p) return DASH
  return locale === 'zh' ? `${p.year}年${p.month}月${p.day}日` : `${p.day} ${p.month} ${p.year}`
}

/** 11月25日 · 25 Nov */
export function formatDay(locale: Locale, when: When, zone?: string): string {
  const p = parts(locale, when, { month: locale === 'zh' ? 'numeric' : 'short', day: 'numeric' }, zone)
  if (!p) return DASH
  return locale === 'zh' ? `${p.month}月${p.day}日` : `${p.day} ${p.month}`
}

/** 周三 11月25日 · Wed 25 Nov */
export function formatWeekday(locale: Locale, when: When, zone?: string): string {
  const p = parts(locale, when, { weekday: 'short' }, zone)
  return p ? `${p.weekday} ${formatDay(locale, when, zone)}` : DASH
}

/** 周三 · Wed */
export function formatWeekdayName(locale: Locale, when: When, zone?: string): string {
  return parts(locale, when, { weekday: 'short' }, zone)?.weekday ?? DASH
}

/** 2026年11月 · November 2026 */
export function formatMonth(locale: Locale, when: When, zone?: string): string {
  const p = parts(locale, when, { year: 'numeric', month: locale === 'zh' ? 'numeric' : 'long' }, zone)
  if (!p) return DASH
  return locale === 'zh' ? `${p.year}年${p.month}月` : `${p.month} ${p.year}`
}

/** 09:05 in both languages */
export function formatTime(locale: Locale, when: When, zone?: string): string {
  const p = parts(locale, when, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, zone)
  return p ? `${p.hour}:${p.minute}` : DASH
}

/** 11月25日 09:05 · 25 Nov 09:05, with the year when it is not this one */
export function formatDateTime(locale: Locale, when: When, zone?: string, now: Date = new Date()): string {
  const year = parts(locale, when, { year: 'numeric' }, zone)
  if (!year) return DASH
  const same = year.year === parts(locale, now, { year: 'numeric' }, zone)?.year
  const day = same ? formatDay(locale, when, zone) : formatDate(locale, when, zone)
  return `${day} ${formatTime(locale, when, zone)}`
}

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]

/** 3 分钟前 · 3 min ago · 明天; under a minute it is now. */
export function formatRelative(locale: Locale, when: When, now: Date = new Date()): string {
  const moment = read(when)
  if (!moment) return DASH
  const away = moment.at.getTime() - now.getTime()
  const format = kept(`r${locale}`, () => new Intl.RelativeTimeFormat(INTL_LOCALE[locale], { numeric: 'auto', style: 'short' }))
  const step = STEPS.find(([, size]) => Math.abs(away) >= size)
  return step ? format.format(Math.trunc(away / step[1]), step[0]) : format.format(0, 'second')
}

/** How long, in its largest whole unit: 21 小时 · 21 hr; the sign is dropped, under a minute counts as one. */
export function formatDuration(locale: Locale, milliseconds: number): string {
  const long = Math.max(60_000, Math.abs(milliseconds))
  const [unit, size] = STEPS.find(([, step]) => long >= step) ?? STEPS[2]!
  return numbers(locale, { style: 'unit', unit, unitDisplay: locale === 'zh' ? 'long' : 'short' }).format(Math.floor(long / size))
}

/** 850 m · 1.2 km · 12 km */
export function formatDistance(locale: Locale, metres: number | null | undefined): string {
  if (metres === null || metres === undefined) return DASH
  if (metres < 1000) return `${numbers(locale, { maximumFractionDigits: 0 }).format(metres)} m`
  return `${numbers(locale, { maximumFractionDigits: metres < 10_000 ? 1 : 0 }).format(metres / 1000)} km`
}

/** 230 MB */
export function formatBytes(locale: Locale, bytes: number | null | undefined): string {
  if (bytes === null || bytes === undefined) return DASH
  const units = ['B', 'KB', 'MB', 'GB'] as const
  const at = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log(bytes) / Math.log(1024)))
  return `${numbers(locale, { maximumFractionDigits: at > 1 ? 1 : 0 }).format(bytes / 1024 ** at)} ${units[at]}`
}

function numeric(locale: Locale, value: number | null | undefined, options: Intl.NumberFormatOptions): string {
  return value === null || value === undefined ? DASH : numbers(locale, options).format(value)
}

export function useFormat() {
  const { locale } = useI18n()
  const now = (): Locale => (locale.value === 'en' ? 'en' : 'zh')
  return {
    date: (when: When, options?: ZoneOption) => formatDate(now(), when, options?.timeZone),
    day: (when: When, options?: ZoneOption) => formatDay(now(), when, options?.timeZone),
    weekday: (when: When, options?: ZoneOption) => formatWeekday(now(), when, options?.timeZone),
    weekdayName: (when: When, options?: ZoneOption) => formatWeekdayName(now(), when, options?.timeZone),
    month: (when: When, options?: ZoneOption) => formatMonth(now(), when, options?.timeZone),
    time: (when: When, options?: ZoneOption) => formatTime(now(), when, options?.timeZone),
    dateTime: (when: When, options?: ZoneOption) => formatDateTime(now(), when, options?.timeZone),
    relative: (when: When, from?: Date) => formatRelative(now(), when, from),
    duration: (milliseconds: number) => formatDuration(now(), milliseconds),
    /** 92.5, always with one decimal; a dash when there is none. */
    score: (value: number | null | undefined) => numeric(now(), value, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
    /** Whole numbers with their thousands. */
    count: (value: number | null | undefined) => numeric(now(), value, { maximumFractionDigits: 0 }),
    /** As it is, with up to three decimals. */
    number: (value: number | null | undefined) => numeric(now(), value, { maximumFractionDigits: 3 }),
    /** From a share of 100: 91 %. */
    percent: (value: number | null | undefined) => numeric(now(), value === null || value === undefined ? value : value / 100, { style: 'percent', maximumFractionDigits: 1 }),
    distance: (metres: number | null | undefined) => formatDistance(now(), metres),
    bytes: (bytes: number | null | undefined) => formatBytes(now(), bytes),
  }
}
