/** Is a photo still the one that was listed? Its bytes are read anew and hashed. */
import { db } from '@/db/schema'
import { hex, sha256 as hashed } from './hash'
import { referenceAddress } from './references'

export type Checked = 'sound' | 'differs' | 'unread'

/** Compares the original, from this phone or else from the server, with its hash. */
export async function checkOriginal(sha256: string): Promise<Checked> {
  try {
    const local = await db.photos.get(sha256)
    const bytes = local?.bytes ?? (await fetched(sha256))
    if (!bytes) return 'unread'
    return hex(await hashed(bytes)) === sha256 ? 'sound' : 'differs'
  } catch {
    return 'unread'
  }
}

async function fetched(sha256: string): Promise<ArrayBuffer | null> {
  const answer = await fetch(referenceAddress(sha256, 'original'), { credentials: 'same-origin' })
  return answer.ok ? answer.arrayBuffer() : null
}
