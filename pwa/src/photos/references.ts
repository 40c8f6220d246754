/**
 * Reference pictures of the checklists on this phone, kept so that they show without a network. They belong to
 * checklists and not to people, and the browser may drop them when it needs the room; then they come again.
 */
import { db } from '@/db/schema'
import type { Content } from '@/domain/checklist'

export const REFERENCES = 'rounds-references'
const SIZES = ['thumb', 'display'] as const

export const referenceAddress = (sha256: string, size: string): string => `/api/v1/photos/${sha256}?size=${size}`

/** Hashes of all reference pictures of a checklist. */
export function referencesOf(content: Content): string[] {
  const items = content.sections.flatMap((section) => section.items)
  return items.flatMap((item) => (item.references ?? []).map((one) => one.sha256))
}

/** The kept copy of a reference picture, if there is one. */
export async function keptReference(sha256: string, size: string): Promise<Blob | null> {
  if (!('caches' in globalThis)) return null
  const kept = await (await caches.open(REFERENCES)).match(referenceAddress(sha256, size))
  return kept ? kept.blob() : null
}

/** What was wanted when last all was kept; so a sync each minute costs nothing. */
let settled = ''

/** Fetches what is not kept yet and lets go what no checklist here shows. What cannot be fetched now is tried again. */
export async function keepReferences(): Promise<void> {
  if (!('caches' in globalThis)) return
  const versions = await db.versions.toArray()
  const wanted = new Set(versions.flatMap(({ content }) => referencesOf(content)).flatMap((sha256) => SIZES.map((size) => referenceAddress(sha256, size))))
  const sign = [...wanted].toSorted().join()
  if (sign === settled) return
  const cache = await caches.open(REFERENCES)
  const kept = new Set<string>()
  for (const request of await cache.keys()) {
    const { pathname, search } = new URL(request.url)
    if (wanted.has(pathname + search)) kept.add(pathname + search)
    else await cache.delete(request)
  }
  let isWhole = true
  for (const address of wanted) {
    if (kept.has(address)) continue
    const answer = await fetch(address, { credentials: 'same-origin' })
    if (answer.ok) await cache.put(address, answer)
    // A picture that is not there stays away; anything else may be better at the next sync.
    else if (answer.status !== 404) isWhole = false
  }
  if (isWhole) settled = sign
}
