/** Was a file taken just now? Some browsers offer the gallery where the camera was asked for. */

/** A picture that is older than this was not taken on the spot. */
export const FRESH_MS = 10 * 60_000

/** A file without a date counts as fresh: a browser that hides it must not make liars of people. */
export function isFresh(file: { lastModified?: number }, now: number = Date.now()): boolean {
  const age = now - (file.lastModified || now)
  return age < FRESH_MS
}
