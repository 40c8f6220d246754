/** Throws away what is safe on the server long enough, and bytes that nothing refers to any more. */
import { allFixes } from '@/db/fixes'
import { db, safely, type LocalPhoto } from '@/db/schema'
import { hashesIn } from '@/photos/hash'

const KEPT_MS = 14 * 24 * 3_600_000

/** When the phone is almost full (`tight`), copies of photos that the server confirmed go at once. */
export async function tidy(now: number = Date.now(), tight = false): Promise<void> {
  await safely(() =>
    db.transaction('rw', [db.sent, db.photos, db.outbox, db.drafts, db.versions, db.checklists, db.checklist_drafts, db.meta], async () => {
      await db.sent.where('sent_at').below(new Date(now - KEPT_MS).toISOString()).delete()
      const needed = new Set(tight ? [] : (await db.sent.toArray()).flatMap((entry) => entry.photo_hashes))
      for (const entry of await db.outbox.toArray()) hashesIn(entry.body).forEach((hash) => needed.add(hash))
      const drafts = await db.drafts.toArray()
      for (const draft of drafts) hashesIn(JSON.stringify(draft)).forEach((hash) => needed.add(hash))
      for (const fix of await allFixes()) fix.photos.forEach((photo) => needed.add(photo.sha256))
      for (const draft of await db.checklist_drafts.toArray()) draft.unsent_photos.forEach((hash) => needed.add(hash))
      const dayAgo = new Date(now - 24 * 3_600_000).toISOString()
      const may = (photo: LocalPhoto): boolean => photo.created_at < dayAgo || (tight && photo.sent_at !== null)
      // Their bytes are many megabytes: only those that nothing needs are looked at.
      for (const hash of (await db.photos.toCollection().primaryKeys()).filter((key) => !needed.has(key))) {
        const photo = await db.photos.get(hash)
        if (photo && may(photo)) await db.photos.delete(hash)
      }
      const current = new Map((await db.checklists.toArray()).map((list) => [list.id, list.published_version]))
      const begun = new Set(drafts.map((draft) => `${draft.checklist_id}/${draft.checklist_version}`))
      await db.versions
        .filter((v) => current.get(v.checklist_id) !== v.number && !begun.has(`${v.checklist_id}/${v.number}`))
        .delete()
    }),
  )
}
