/** What waits to be sent, and what people may do about it. */
import { base64 } from '@/photos/hash'
import { db, safely, type OutboxEntry } from './schema'

/** Everything of this person that has not been confirmed yet, oldest first. */
export const list = (userId: string): Promise<OutboxEntry[]> => db.outbox.where('user_id').equals(userId).sortBy('id')

/** How many entries wait, photos not counted. */
export const unsent = (userId: string): Promise<number> => db.outbox.where('user_id').equals(userId).count()

/** Tries an entry again at once. */
export const retry = (id: string): Promise<unknown> =>
  safely(() => db.outbox.update(id, { state: 'waiting', next_at: 0, attempts: 0, problem: null }))

/** Gives an entry up; the screen has asked before. Its photos stay until they are tidied away. */
export const discard = (id: string): Promise<void> => safely(() => db.outbox.delete(id))

/** Unsent work as a file that can be handed to somebody: documents as they are, photos in base64. */
export async function exportUnsent(userId: string): Promise<Blob> {
  const entries = await list(userId)
  const drafts = await db.drafts.where('user_id').equals(userId).toArray()
  const wanted = new Set(entries.flatMap((entry) => entry.photos))
  for (const draft of drafts) {
    for (const answer of Object.values(draft.answers)) {
      for (const photo of [...answer.photos, ...answer.fix_photos]) wanted.add(photo.sha256)
    }
  }
  const photos = (await db.photos.bulkGet([...wanted])).filter((photo) => photo !== undefined)
  const shown = photos.map(({ bytes, ...facts }) => ({ ...facts, base64: base64(new Uint8Array(bytes)) }))
  const text = JSON.stringify({ kind: 'rounds-unsent', version: 1, made_at: new Date().toISOString(), entries, drafts, photos: shown })
  return new Blob([text], { type: 'application/json' })
}
