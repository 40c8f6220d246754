/** From when until when, the day said once when both are on the same: "周一 11月30日 09:00–22:00". */
import { useFormat } from '@/i18n/format'

export function useWindow() {
  const format = useFormat()
  return (opens: string, due: string, timeZone?: string): string => {
    const zone = timeZone ? { timeZone } : undefined
    const same = format.date(opens, zone) === format.date(due, zone)
    return `${format.weekday(opens, zone)} ${format.time(opens, zone)}–${same ? format.time(due, zone) : format.dateTime(due, zone)}`
  }
}
