/** Lengths of time as people type them: a whole number of minutes, hours or days. Pure. */
export const UNITS = { minutes: 1, hours: 60, days: 1440 } as const
export type Unit = keyof typeof UNITS

/** The largest unit of which it is a whole number; from two days on, days. */
export function unitFor(minutes: number | null): Unit {
  if (minutes === null || minutes === 0) return 'hours'
  if (minutes % UNITS.days === 0 && minutes > UNITS.days) return 'days'
  return minutes % UNITS.hours === 0 ? 'hours' : 'minutes'
}

/** Null for what is no whole number of minutes. */
export function minutesOf(text: string, unit: Unit): number | null {
  const trimmed = text.trim()
  if (!/^\d+(\.\d+)?$/.test(trimmed)) return null
  const minutes = Number(trimmed) * UNITS[unit]
  return Number.isInteger(minutes) ? minutes : null
}
