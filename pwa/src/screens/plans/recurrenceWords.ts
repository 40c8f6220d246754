/**
 * A recurrence as a person would say it: "每周一、周四 09:00 起 13 小时", "Mondays and Thursdays, from 09:00 for
 * 13 hours". A rule that has no everyday words is shown as it is. Pure.
 */
import type { Terms, Weekday } from '@/api/planTypes'
import { formOf, inOrder, type RuleForm } from './rule'
import { dayWords, listed, type Speaker } from './speaker'

type Recurrence = Pick<Terms, 'rrule' | 'starts_on' | 'times' | 'window_minutes'>

/** The whole sentence. */
export function recurrenceWords(terms: Recurrence, say: Speaker): string {
  const times = listed(say, terms.times.toSorted())
  const length = lengthWords(terms.window_minutes, say)
  const form = formOf(terms.rrule, terms.starts_on)
  const days = form.preset === 'once' ? say.t('plans.recur.once', { day: dayWords(say, terms.starts_on) }) : closed(dayOf(form, say))
  const whole = say.t(terms.times.length > 1 ? 'plans.recur.times' : 'plans.recur.time', { days, times, length })
  return form.until && form.preset !== 'own' ? say.t('plans.recur.until', { whole, day: dayWords(say, form.until) }) : whole
}

/** Chinese has a space before a number, and none before a word. */
const closed = (words: string): string => words.replace(/(\p{Script=Han}) (?=\p{Script=Han})/gu, '$1')

/** On which days: "每周一、周四". */
function dayOf(form: RuleForm, say: Speaker): string {
  const n = form.interval
  const often = n > 1 ? 'Every' : ''
  if (form.preset === 'daily') return say.t(`plans.recur.daily${often}`, { n })
  if (form.preset === 'weekly') return weekWords(inOrder(form.weekdays), n, say)
  if (form.preset === 'monthDay') return say.t(`plans.recur.monthDay${often}`, { n, days: listed(say, form.monthDays.map((day) => monthDayWords(day, say))) })
  if (form.preset === 'monthWeekday') return say.t(`plans.recur.monthWeekday${often}`, { n, nth: say.t(`plans.nth.${form.nth}`), day: say.t(`plans.weekday.${form.nthWeekday}`) })
  if (form.preset === 'quarterly') return say.t('plans.recur.quarterly', { month: say.t(`plans.quarterMonth.${form.quarterMonth}`), day: monthDayWords(form.quarterDay, say) })
  return say.t('plans.recur.own', { rule: form.own })
}

const WORK: readonly Weekday[] = ['MO', 'TU', 'WE', 'TH', 'FR']

function weekWords(days: Weekday[], n: number, say: Speaker): string {
  if (days.length === 7 && n === 1) return say.t('plans.recur.daily')
  if (n > 1) return say.t('plans.recur.weeklyEvery', { n, days: listed(say, days.map((day) => say.t(`plans.weekday.${day}`))) })
  const isWork = days.length === 5 && WORK.every((day) => days.includes(day))
  if (isWork) return say.t('plans.recur.workdays')
  return say.t('plans.recur.weekly', { days: listed(say, days.map((day) => say.t(`plans.weekdays.${day}`))) })
}

/** 1 日 · the 1st */
export function monthDayWords(day: number, say: Speaker): string {
  if (day === -1) return say.t('plans.lastDay')
  return say.t('plans.dayOfMonth', { n: say.locale() === 'en' ? ordinal(day) : day })
}

function ordinal(n: number): string {
  const teen = n % 100 >= 11 && n % 100 <= 13
  return `${n}${teen ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')}`
}

const HOUR = 60
const DAY = 24 * HOUR

/** How long: "13 小时", "1 小时 30 分钟", "3 天". */
export function lengthWords(minutes: number, say: Speaker): string {
  const days = Math.floor(minutes / DAY)
  const hours = Math.floor((minutes % DAY) / HOUR)
  const rest = minutes % HOUR
  const pieces = [
    ...(days ? [say.t('plans.days', { n: days }, days)] : []),
    ...(hours ? [say.t('plans.hours', { n: hours }, hours)] : []),
    ...(rest || !minutes ? [say.t('plans.minutes', { n: rest }, rest)] : []),
  ]
  return pieces.join(' ')
}
