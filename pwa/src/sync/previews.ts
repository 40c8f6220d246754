/**
 * While photos wait for Wi-Fi, a small copy of each goes ahead, once. It is a courtesy to reviewers: what goes wrong
 * with it holds nothing up and is told nobody, and no photo counts as received for it.
 */
import { putPreview } from '@/api/endpoints'
import { classify } from '@/api/problems'
import { db, safely, type OutboxEntry } from '@/db/schema'
import { previewOf } from '@/photos/preview'

/** What the server will not take, or this phone cannot make; asked again when the app is opened anew. */
const hopeless = new Set<string>()

/** Sends those that are missing; stops at the first sign of a bad network, and goes on with the next sync. */
export async function sendPreviews(userId: string, made = previewOf): Promise<void> {
  const waiting = await db.outbox.where('user_id').equals(userId).filter((entry) => entry.delivered && entry.state === 'waiting').sortBy('id')
  for (const entry of waiting) {
    for (const hash of entry.photos.filter((one) => !entry.previewed?.includes(one) && !hopeless.has(one))) if (!(await sendOne(entry, hash, made))) return
  }
}

/** False when it may go better later; what can never go holds up none of the others. */
async function sendOne(entry: OutboxEntry, hash: string, made: typeof previewOf): Promise<boolean> {
  const photo = await db.photos.get(hash)
  const copy = photo && (await made(photo).catch(() => null))
  try {
    if (copy) await putPreview(hash, copy, entry.user_id)
    else hopeless.add(hash)
  } catch (error) {
    if (classify(error) !== 'keep') return false
    hopeless.add(hash)
  }
  if (hopeless.has(hash)) return true
  await safely(() => db.outbox.where('id').equals(entry.id).modify((now) => void (now.previewed = [...(now.previewed ?? []), hash])))
  return true
}
