/** Calendar days as 2026-11-25: the next one, their week from Monday, their month. Pure; no clock, no zone. */

const DAY_MS = 86_400_000
const WEEK = 7

const read = (day: string): number => Date.parse(`${day}T00:00:00Z`)
const write = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** True for a day that exists. */
export function isDay(text: unknown): text is string {
  return typeof text === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(read(text)) && write(read(text)) === text
}

export const addDays = (day: string, n: number): string => write(read(day) + n * DAY_MS)

/** 0 for Monday to 6 for Sunday. */
export const weekdayOf = (day: string): number => (new Date(read(day)).getUTCDay() + 6) % WEEK

/** The seven days of its week, from Monday. */
export function weekOf(day: string): string[] {
  const monday = addDays(day, -weekdayOf(day))
  return Array.from({ length: WEEK }, (_, n) => addDays(monday, n))
}

/** The weeks that its month touches, each from Monday. */
export function monthOf(day: string): string[][] {
  const first = `${day.slice(0, 7)}-01`
  const weeks: string[][] = []
  for (let week = weekOf(first); week[0]! <= lastOf(day); week = weekOf(addDays(week[0]!, WEEK))) weeks.push(week)
  return weeks
}

/** The last day of its month. */
export function lastOf(day: string): string {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))]
  return write(Date.UTC(year, month, 0))
}

/** The same day n months on, or the last one of a shorter month. */
export function addMonths(day: string, n: number): string {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))]
  const first = write(Date.UTC(year, month - 1 + n, 1))
  const last = lastOf(first)
  const same = `${first.slice(0, 8)}${day.slice(8)}`
  return same > last ? last : same
}

export const sameMonth = (a: string, b: string): boolean => a.slice(0, 7) === b.slice(0, 7)
