/** One thing on its way to the server: told by its kind, and confirmed only by what fits it. */
import { putInspection, putPhoto, putStep } from '@/api/endpoints'
import { ApiProblem, NotOurs } from '@/api/problems'
import type { Receipt } from '@/api/types'
import { db, safely, type OutboxEntry } from '@/db/schema'
import { hashesIn, hex, sha256, textSha256 } from '@/photos/hash'

const arrived = { delivered: true, attempts: 0, next_at: 0, problem: null }

/** Something of this phone's own went wrong with what was kept; it is shown in words like a refusal. */
function damaged(type: 'photo-lost' | 'photo-damaged' | 'entry-damaged'): ApiProblem {
  return new ApiProblem({ type: `/problems/${type}`, title: type, status: 410 })
}

/** Sends the document of an entry. Throws ApiProblem, NetworkError or NotOurs. */
export async function deliver(entry: OutboxEntry): Promise<void> {
  // The disk of a phone may lie; what changed by itself is shown, not sent for ever in vain.
  if ((await textSha256(entry.body)) !== entry.sha256) throw damaged('entry-damaged')
  return entry.kind === 'inspection' ? deliverInspection(entry) : deliverStep(entry)
}

async function deliverInspection(entry: OutboxEntry): Promise<void> {
  const receipt = await putInspection(entry.id, entry.body, entry.user_id)
  if (!fits(receipt, entry)) throw new NotOurs('a receipt for something else')
  await safely(() => db.outbox.update(entry.id, { ...arrived, receipt, photos: receipt.missing_photos }))
}

function fits(receipt: Receipt | null | undefined, entry: OutboxEntry): receipt is Receipt {
  return receipt?.id === entry.id && receipt.content_sha256 === entry.sha256 && Array.isArray(receipt.missing_photos)
}

async function deliverStep(entry: OutboxEntry): Promise<void> {
  const task = await putStep(entry.task_id ?? '', entry.id, entry.body, entry.user_id)
  if (!task?.id || task.id !== entry.task_id || !task.history?.some((step) => step.id === entry.id)) throw new NotOurs('another task came back')
  await safely(() =>
    db.transaction('rw', db.outbox, db.tasks, async () => {
      await db.outbox.update(entry.id, arrived)
      await db.tasks.put(task)
    }),
  )
}

/** Sends one photo of an entry, if its bytes are still what they were. */
export async function sendPhoto(entry: Pick<OutboxEntry, 'id' | 'user_id'>, hash: string): Promise<void> {
  const photo = await db.photos.get(hash)
  if (!photo) throw damaged('photo-lost')
  if (hex(await sha256(photo.bytes)) !== hash) throw damaged('photo-damaged')
  const receipt = await putPhoto(hash, photo.bytes, photo.type, entry.user_id)
  if (receipt?.sha256 !== hash || receipt.bytes !== photo.bytes.byteLength) throw new NotOurs('a receipt for something else')
  await safely(() =>
    db.transaction('rw', db.outbox, db.photos, async () => {
      const current = await db.outbox.get(entry.id)
      // A photo that got through shows that the way is open: what failed before counts no more.
      if (current) await db.outbox.update(entry.id, { photos: current.photos.filter((other) => other !== hash), attempts: 0 })
      await db.photos.update(hash, { sent_at: new Date().toISOString() })
    }),
  )
}

/** All of it is safe: the entry moves to what was sent. */
export async function close(id: string): Promise<void> {
  await safely(() =>
    db.transaction('rw', db.outbox, db.sent, db.meta, async () => {
      const entry = await db.outbox.get(id)
      if (!entry?.delivered || entry.photos.length) return
      const epoch = entry.receipt?.server_epoch ?? ((await db.meta.get('epoch'))?.value as string | undefined) ?? ''
      await db.sent.put({ ...entry, sent_at: new Date().toISOString(), epoch, photo_hashes: hashesIn(entry.body) })
      await db.outbox.delete(id)
    }),
  )
}
