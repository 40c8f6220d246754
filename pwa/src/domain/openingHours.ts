/**
 * When is a store open? Hours by weekday on the store's own clock; a weekday that is not there is closed, and times
 * that end before they begin run into the next day. Single days may be closed. Null hours are not known.
 */
import type { OpeningDay, OpeningHours } from '@/api/types'
import { dayAt, momentOf } from './clock'
import { addDays, weekdayOf } from './days'

export interface Shop {
  timezone: string
  opening_hours: OpeningHours | null
  closed_dates: readonly string[]
}

/** From when until when, in milliseconds. */
export type Span = readonly [from: number, to: number]

const DAYS: readonly OpeningDay[] = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su']

/** The hours of one local day as they are written; none on a closed day, null when not known. */
export function hoursOn(shop: Shop, day: string): [string, string][] | null {
  if (shop.closed_dates?.includes(day)) return []
  if (!shop.opening_hours) return null
  return shop.opening_hours[DAYS[weekdayOf(day)]!] ?? []
}

/** The times it is open around a moment: of the local day, the one before (it may run over midnight) and the one after. */
export function openAround(shop: Shop, moment: number): Span[] | null {
  const today = dayAt(new Date(moment), shop.timezone)
  if (hoursOn(shop, today) === null) return null
  return [-1, 0, 1].flatMap((n) => spansOn(shop, addDays(today, n)))
}

function spansOn(shop: Shop, day: string): Span[] {
  return (hoursOn(shop, day) ?? []).flatMap(([from, to]) => {
    const begin = momentOf(day, from, shop.timezone)
    const end = to === '24:00' ? momentOf(addDays(day, 1), '00:00', shop.timezone) : momentOf(to > from ? day : addDays(day, 1), to, shop.timezone)
    return begin && end ? [[begin.getTime(), end.getTime()] as const] : []
  })
}

/** From when on it is open at or after a moment; null when it does not open again in these times, the moment itself when they are not known. */
export function opensFrom(spans: readonly Span[] | null, moment: number): number | null {
  if (spans === null) return moment
  const next = spans.filter(([, to]) => to > moment).toSorted((a, b) => a[0] - b[0])[0]
  return next ? Math.max(next[0], moment) : null
}
