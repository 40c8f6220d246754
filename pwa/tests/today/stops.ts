/** Stops of a day along a line: `x` is kilometres east of the start. Times are hours of one day. */
import type { Point } from '@/domain/geo'
import type { Stop, Urgency } from '@/domain/route'

const HOUR = 3_600_000
const KM_OF_LONGITUDE = 111.195

export const at = (hour: number): number => hour * HOUR
export const spot = (x: number): Point => ({ latitude: 0, longitude: x / KM_OF_LONGITUDE })

export interface Given {
  x?: number | null
  urgency?: Urgency
  points?: number
  due?: number
  from?: number
  /** Opening and closing hours; absent is not known, empty is closed all day. */
  hours?: [number, number][]
  begun?: boolean
  store?: string
}

export function stop(id: string, given: Given = {}): Stop {
  const { x = null, urgency = 'routine', points = 0, due = 22, from = 0, hours, begun = false, store = id } = given
  return {
    id,
    store,
    point: x === null ? null : spot(x),
    begun,
    urgency,
    points,
    due: at(due),
    from: at(from),
    open: hours ? hours.map(([a, b]) => [at(a), at(b)] as const) : null,
  }
}
