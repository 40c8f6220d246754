/** When a visit is planned for: from when until when, by the clock of the store. Pure. */
import { wallClock } from '@/domain/clock'

export { here, momentOf, sameClock, wallClock } from '@/domain/clock'

const MINUTE = 60_000
const CLOSING = '22:00'
const OPENING = '09:00'

export interface Window {
  date: string
  from: string
  to: string
}

/** Today from now until the evening; late in the evening, all of tomorrow. */
export function usualWindow(now: Date, zone: string): Window {
  const today = wallClock(now, zone)
  if (today.time < CLOSING) return { date: today.date, from: today.time, to: CLOSING }
  const tomorrow = new Date(Date.parse(`${today.date}T00:00:00Z`) + 24 * 60 * MINUTE).toISOString().slice(0, 10)
  return { date: tomorrow, from: OPENING, to: CLOSING }
}
