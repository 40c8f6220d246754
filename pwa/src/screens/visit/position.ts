/** Where the phone is, read once, and how far that is from the store. */
import type { CheckIn, Store } from '@/api/types'
import { metresBetween, pointOf } from '@/domain/geo'

const PATIENCE_MS = 12_000

/** A check-in from one fix; without one its source is `none`. */
export async function readPosition(): Promise<CheckIn> {
  const at = new Date().toISOString()
  const none: CheckIn = { at, latitude: null, longitude: null, accuracy: null, source: 'none', reason: '' }
  if (!navigator.geolocation) return none
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const { latitude, longitude, accuracy } = coords
        resolve({ ...none, latitude, longitude, accuracy: Math.round(accuracy), source: 'gps' })
      },
      () => resolve(none),
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 0 },
    )
  })
}

/** Metres from a fix to the store; null when either point is missing. */
export function distanceTo(store: Store | undefined, place: CheckIn): number | null {
  const point = pointOf(store)
  const { latitude, longitude } = place
  return point === null || latitude === null || longitude === null ? null : metresBetween({ latitude, longitude }, point)
}

/** Inside when distance − accuracy ≤ radius; the server judges again. */
export const isInside = (distance: number, accuracy: number | null, radius: number): boolean => distance - (accuracy ?? 0) <= radius
