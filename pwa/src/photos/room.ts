/** The room on this phone: how much there is, and that the browser shall leave ours alone. */
import { db, disk, isFull } from '@/db/schema'

/** Asks the browser not to tidy our data away; it may say no. */
export async function askToKeep(): Promise<boolean> {
  return (await navigator.storage?.persist?.()) ?? false
}

const LEAST_FREE = 60 * 1024 * 1024

const TRIAL = 2 * 1024 * 1024

/** Bytes that nothing can pack smaller. */
function noise(): ArrayBuffer {
  const bytes = new Uint8Array(TRIAL)
  for (let at = 0; at < TRIAL; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536))
  return bytes.buffer
}

/** After something did not fit: whether as much as some photos does now. */
async function fitsAgain(): Promise<boolean> {
  try {
    await db.meta.put({ key: 'trial', value: noise() })
    disk.full = false
  } catch (error) {
    if (!isFull(error)) throw error
  }
  await db.meta.delete('trial')
  return !disk.full
}

/** Used and free bytes, and whether the next photos may not fit. */
export async function room(): Promise<{ used: number; free: number | null; tight: boolean }> {
  const found = await navigator.storage?.estimate?.()
  const used = found?.usage ?? 0
  const free = found?.quota === undefined ? null : found.quota - used
  const isTight = (free !== null && free < LEAST_FREE) || (disk.full && !(await fitsAgain()))
  return { used, free, tight: isTight }
}
