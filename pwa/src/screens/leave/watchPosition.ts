/** The position on leaving: measured several times while the summary is read, and no longer than that. */
import type { CheckOut, Fix } from '@/api/types'

const MOST_FIXES = 20
const LONGEST_MS = 60_000

export interface Watch {
  /** Ends the measuring; waits a moment when nothing was measured yet. */
  end(patienceMs?: number): Promise<CheckOut>
  stop(): void
}

/** Begins to measure. */
export function watchPosition(): Watch {
  const fixes: Fix[] = []
  let heard = (): void => {}
  const first = new Promise<void>((resolve) => (heard = resolve))
  const watching = navigator.geolocation?.watchPosition(
    ({ coords, timestamp }) => {
      const at = new Date(Math.min(timestamp || Date.now(), Date.now())).toISOString()
      if (fixes.length < MOST_FIXES) fixes.push({ at, latitude: coords.latitude, longitude: coords.longitude, accuracy: Math.round(coords.accuracy) })
      heard()
    },
    () => heard(),
    { enableHighAccuracy: true, timeout: LONGEST_MS, maximumAge: 0 },
  )
  const stop = (): void => {
    clearTimeout(timer)
    if (watching !== undefined) navigator.geolocation.clearWatch(watching)
  }
  const timer = setTimeout(stop, LONGEST_MS)
  if (watching === undefined) heard()
  return {
    stop,
    async end(patienceMs = 3_000) {
      if (!fixes.length) await Promise.race([first, new Promise((resolve) => setTimeout(resolve, patienceMs))])
      stop()
      return checkOutFrom(fixes, new Date().toISOString())
    },
  }
}

/** The best of several positions with all of them; without any its source is `none`. */
export function checkOutFrom(fixes: readonly Fix[], at: string): CheckOut {
  const best = fixes.toSorted((a, b) => (a.accuracy ?? Infinity) - (b.accuracy ?? Infinity))[0]
  const place = best ? { latitude: best.latitude, longitude: best.longitude, accuracy: best.accuracy } : { latitude: null, longitude: null, accuracy: null }
  return { at, ...place, source: best ? 'gps' : 'none', reason: '', fixes: [...fixes] }
}
