/**
 * Reference pictures of the checklists on this phone, and the pictures that open tasks begin from, kept so that
 * they show without a network. References belong to checklists and not to people; what belongs to tasks goes when
 * somebody else signs in. The browser may drop either when it needs the room; then they come again.
 */
import type { Task } from '@/api/types'
import { BEFORE, db } from '@/db/schema'
import type { Content } from '@/domain/checklist'

export const REFERENCES = 'rounds-references'
export const SIZES = ['thumb', 'display'] as const
/** So many pictures of one task are kept; a phone has many tasks. */
const BEFORE_EACH = 3

export const referenceAddress = (sha256: string, size: string): string => `/api/v1/photos/${sha256}?size=${size}`

/** Hashes of all reference pictures of a checklist. */
export function referencesOf(content: Content): string[] {
  const items = content.sections.flatMap((section) => section.items)
  return items.flatMap((item) => (item.references ?? []).map((one) => one.sha256))
}

/** The kept copy of a reference picture, or of one that a task begins from, if there is one. */
export async function keptReference(sha256: string, size: string): Promise<Blob | null> {
  if (!('caches' in globalThis)) return null
  for (const name of [REFERENCES, BEFORE]) {
    const kept = (await caches.has(name)) && (await (await caches.open(name)).match(referenceAddress(sha256, size)))
    if (kept) return kept.blob()
  }
  return null
}

/** Hashes of the pictures that open tasks begin from: whoever mends lays one over the new photo. */
export function beforeOf(tasks: readonly Pick<Task, 'status' | 'finding'>[]): string[] {
  const open = tasks.filter((task) => ['open', 'in_progress', 'submitted'].includes(task.status))
  return open.flatMap((task) => task.finding.photos.slice(0, BEFORE_EACH))
}

/** What was wanted of each cache when last all was kept; so a sync each minute costs nothing. */
const settled = new Map<string, string>()

/** Fetches what is not kept yet and lets go what nothing here shows. What cannot be fetched now is tried again. */
export async function keepReferences(): Promise<void> {
  if (!('caches' in globalThis)) return
  const versions = await db.versions.toArray()
  await keep(REFERENCES, versions.flatMap(({ content }) => referencesOf(content)))
  await keep(BEFORE, beforeOf(await db.tasks.toArray()))
}

async function keep(name: string, hashes: readonly string[]): Promise<void> {
  const wanted = new Set(hashes.flatMap((sha256) => SIZES.map((size) => referenceAddress(sha256, size))))
  const sign = [...wanted].toSorted().join()
  if (sign === settled.get(name) && (!wanted.size || (await caches.has(name)))) return
  const cache = await caches.open(name)
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
  if (isWhole) settled.set(name, sign)
}
