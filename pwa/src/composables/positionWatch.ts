/**
 * Where the phone is, measured several times while somebody is busy on a screen, and no longer than that: at the
 * arrival, and on leaving. One measurement may be far off, several tell how good they are.
 */
import type { CheckOut, Fix } from '@/api/types'

const MOST_FIXES = 20
const LONGEST_MS = 60_000
const GOOD_M = 50
const BETTER_WITHIN_MS = 4_000
const FIRST_WITHIN_MS = 12_000

/** The best of several measurements with all of them; without any its source is `none`. */
export type Measured = CheckOut

export interface PositionWatch {
  /** What there is as soon as it is good enough; a poor one is waited over for some seconds, none at all for longer. */
  settled(): Promise<Measured>
  /** Ends the measuring; waits a moment when nothing was measured yet. */
  end(patienceMs?: number): Promise<Measured>
  stop(): void
}

export function measuredFrom(fixes: readonly Fix[], at: string): Measured {
  const best = fixes.toSorted((a, b) => (a.accuracy ?? Infinity) - (b.accuracy ?? Infinity))[0]
  const place = best ? { latitude: best.latitude, longitude: best.longitude, accuracy: best.accuracy } : { latitude: null, longitude: null, accuracy: null }
  return { at, ...place, source: best ? 'gps' : 'none', reason: '', fixes: [...fixes] }
}

const after = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))
const isGood = (fix: Fix): boolean => fix.accuracy !== null && fix.accuracy <= GOOD_M

/** Begins to measure. */
export function watchPosition(): PositionWatch {
  const fixes: Fix[] = []
  let heard = (): void => {}
  let found = (): void => {}
  const first = new Promise<void>((resolve) => (heard = resolve))
  const good = new Promise<void>((resolve) => (found = resolve))
  const gaveUp = (): void => {
    heard()
    found()
  }
  const watching = navigator.geolocation?.watchPosition(
    ({ coords, timestamp }) => {
      const at = new Date(Math.min(timestamp || Date.now(), Date.now())).toISOString()
      const fix = { at, latitude: coords.latitude, longitude: coords.longitude, accuracy: Math.round(coords.accuracy) }
      if (fixes.length < MOST_FIXES) fixes.push(fix)
      heard()
      if (isGood(fix)) found()
    },
    gaveUp,
    { enableHighAccuracy: true, timeout: LONGEST_MS, maximumAge: 0 },
  )
  const stop = (): void => {
    clearTimeout(timer)
    if (watching !== undefined) navigator.geolocation.clearWatch(watching)
  }
  const timer = setTimeout(stop, LONGEST_MS)
  if (watching === undefined) gaveUp()
  const now = (): Measured => measuredFrom(fixes, new Date().toISOString())
  return {
    stop,
    async settled() {
      await Promise.race([first, after(FIRST_WITHIN_MS)])
      await Promise.race([good, after(fixes.length ? BETTER_WITHIN_MS : 0)])
      return now()
    },
    async end(patienceMs = 3_000) {
      if (!fixes.length) await Promise.race([first, after(patienceMs)])
      stop()
      return now()
    },
  }
}

/** Measures now and stops as soon as it is good enough. */
export async function measureOnce(): Promise<Measured> {
  const watch = watchPosition()
  const measured = await watch.settled()
  watch.stop()
  return measured
}
