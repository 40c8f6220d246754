/** Where a photo can be shown from. */
import { db } from '@/db/schema'
import { keptReference, referenceAddress } from './references'

/** The copy on this phone, else the server. The caller revokes `blob:` addresses. */
export async function photoUrl(sha256: string, size: 'thumb' | 'display' | 'original' = 'display'): Promise<string> {
  const local = await db.photos.get(sha256)
  if (local) return URL.createObjectURL(new Blob([local.bytes], { type: local.type }))
  const kept = await keptReference(sha256, size).catch(() => null)
  return kept ? URL.createObjectURL(kept) : referenceAddress(sha256, size)
}
