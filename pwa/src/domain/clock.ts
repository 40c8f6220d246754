/** Wall-clock dates and times of a place, and the moments they mean. Pure, and quick enough for lists of thousands. */

const MINUTE = 60_000
const made = new Map<string, Intl.DateTimeFormat>()
const SHOWN = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const

export interface Wall {
  /** As 2026-11-25. */
  date: string
  /** As 09:05. */
  time: string
}

/** The zone of this phone. */
export const here = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** What the clock on the wall of the zone shows; an unknown zone counts as this phone's. */
export function wallClock(moment: Date, zone: string): Wall {
  const shown = Object.fromEntries(formatOf(zone).formatToParts(moment).map((part) => [part.type, part.value]))
  return { date: `${shown.year}-${shown.month}-${shown.day}`, time: `${shown.hour}:${shown.minute}` }
}

/** The local day of a moment, as 2026-11-25. */
export const dayAt = (moment: Date | string, zone: string): string => wallClock(typeof moment === 'string' ? new Date(moment) : moment, zone).date

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = made.get(zone)
  if (known) return known
  const fresh = newFormat(zone)
  made.set(zone, fresh)
  return fresh
}

function newFormat(zone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-GB', { ...SHOWN, timeZone: zone })
  } catch {
    return new Intl.DateTimeFormat('en-GB', SHOWN)
  }
}

/** The moment that the wall clock of the zone means, or null for what is no date or time. 24:00 is the next midnight. */
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

/** True when both clocks show the same at that moment. */
export function sameClock(moment: Date, zone: string, other: string): boolean {
  const [a, b] = [wallClock(moment, zone), wallClock(moment, other)]
  return a.date === b.date && a.time === b.time
}
