/** The room on this phone: how much there is, and that the browser shall leave ours alone. */

/** Asks the browser not to tidy our data away; it may say no. */
export async function askToKeep(): Promise<boolean> {
  return (await navigator.storage?.persist?.()) ?? false
}

const LEAST_FREE = 60 * 1024 * 1024

/** Used and free bytes, and whether the next photos may not fit. */
export async function room(): Promise<{ used: number; free: number | null; tight: boolean }> {
  const found = await navigator.storage?.estimate?.()
  const used = found?.usage ?? 0
  const free = found?.quota === undefined ? null : found.quota - used
  return { used, free, tight: free !== null && free < LEAST_FREE }
}
