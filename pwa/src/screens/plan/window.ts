/** Wall-clock dates and times of a place, and the moments they mean. Pure. */

const MINUTE = 60_000
const CLOSING = '22:00'
const OPENING = '09:00'

export interface Window {
  date: string
  from: string
  to: string
}

interface Wall {
  date: string
  time: string
}

/** The zone of this phone. */
export const here = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** What the clock on the wall of the zone shows; an unknown zone counts as this phone's. */
export function wallClock(moment: Date, zone: string): Wall {
  const options = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  const shown = Object.fromEntries(formatOf(options, zone).formatToParts(moment).map((part) => [part.type, part.value]))
  return { date: `${shown.year}-${shown.month}-${shown.day}`, time: `${shown.hour}:${shown.minute}` }
}

function formatOf(options: Intl.DateTimeFormatOptions, zone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone })
  } catch {
    return new Intl.DateTimeFormat('en-GB', options)
  }
}

/** The moment that the wall clock of the zone means, or null for what is no date or time. */
export function momentOf(date: string, time: string, zone: string): Date | null {
  const asIfUtc = Date.parse(`${date}T${time}:00Z`)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || !/^\d{2}:\d{2}$/.test(time) || Number.isNaN(asIfUtc)) return null
  // The offset is looked up where it is thought to be, then once more where that leads: right beside a clock change too.
  const first = asIfUtc - offsetAt(asIfUtc, zone)
  return new Date(asIfUtc - offsetAt(first, zone))
}

function offsetAt(moment: number, zone: string): number {
  const whole = Math.floor(moment / MINUTE) * MINUTE
  const { date, time } = wallClock(new Date(whole), zone)
  return Date.parse(`${date}T${time}:00Z`) - whole
}

/** Today from now until the evening; late in the evening, all of tomorrow. */
export function usualWindow(now: Date, zone: string): Window {
  const today = wallClock(now, zone)
  if (today.time < CLOSING) return { date: today.date, from: today.time, to: CLOSING }
  const tomorrow = new Date(Date.parse(`${today.date}T00:00:00Z`) + 24 * 60 * MINUTE).toISOString().slice(0, 10)
  return { date: tomorrow, from: OPENING, to: CLOSING }
}

/** True when both clocks show the same at that moment. */
export function sameClock(moment: Date, zone: string, other: string): boolean {
  const [a, b] = [wallClock(moment, zone), wallClock(moment, other)]
  return a.date === b.date && a.time === b.time
}
