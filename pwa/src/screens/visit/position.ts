/** Where the phone is, read once, and how far that is from the store. Positions of browsers are WGS-84. */
import type { CheckIn, Store } from '@/api/types'

const PATIENCE_MS = 12_000
const EARTH_M = 6_371_008.8

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

const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Metres from a fix to the store; null when either point is missing or the store's is not WGS-84. */
export function distanceTo(store: Store | undefined, place: CheckIn): number | null {
  if (!store || store.latitude === null || store.longitude === null || store.coord_sys !== 'WGS-84') return null
  if (place.latitude === null || place.longitude === null) return null
  const [a, b] = [radians(place.latitude), radians(store.latitude)]
  const h = Math.sin((b - a) / 2) ** 2 + Math.cos(a) * Math.cos(b) * Math.sin(radians(store.longitude - place.longitude) / 2) ** 2
  return 2 * EARTH_M * Math.asin(Math.sqrt(h))
}

/** Inside when distance − accuracy ≤ radius; the server judges again, and knows Chinese map points too. */
export const isInside = (distance: number, accuracy: number | null, radius: number): boolean => distance - (accuracy ?? 0) <= radius
