/** Opening hours of a day as a card has them, 09–22 or 09:30–14; and until when something is due. */
import { dayAt, wallClock } from '@/domain/clock'
import { addDays } from '@/domain/days'
import { hoursOn, type Shop } from '@/domain/openingHours'

const short = (time: string): string => (time.endsWith(':00') ? time.slice(0, 2) : time)
const isWhole = (hours: readonly [string, string][]): boolean => hours.length === 1 && hours[0]![0] === '00:00' && hours[0]![1] === '24:00'

/** null: not known. closed: no hours on this day. whole: day and night. */
export function hoursWord(shop: Shop | undefined, now: number): { kind: 'closed' | 'whole' | 'hours'; text: string } | null {
  const hours = shop && hoursOn(shop, dayAt(new Date(now), shop.timezone))
  if (!hours) return null
  if (!hours.length) return { kind: 'closed', text: '' }
  return isWhole(hours) ? { kind: 'whole', text: '' } : { kind: 'hours', text: hours.map(([from, to]) => `${short(from)}–${short(to)}`).join(' ') }
}

/** The day and the time by which something is due; midnight is 24:00 of the day that ends. */
export function endOf(moment: string, zone: string): { date: string; time: string } {
  const { date, time } = wallClock(new Date(moment), zone)
  return time === '00:00' ? { date: addDays(date, -1), time: '24:00' } : { date, time }
}
