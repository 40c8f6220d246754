/** How far the phone is from the store. */
import type { CheckIn, Store } from '@/api/types'
import { metresBetween, pointOf } from '@/domain/geo'

/** Metres from a fix to the store; null when either point is missing. */
export function distanceTo(store: Store | undefined, place: CheckIn): number | null {
  const point = pointOf(store)
  const { latitude, longitude } = place
  return point === null || latitude === null || longitude === null ? null : metresBetween({ latitude, longitude }, point)
}

/** Inside when distance − accuracy ≤ radius; the server judges again. */
export const isInside = (distance: number, accuracy: number | null, radius: number): boolean => distance - (accuracy ?? 0) <= radius
