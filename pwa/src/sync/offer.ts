/**
 * A server whose database was restored to an earlier day has another life (epoch) than the one that gave the
 * receipts. Then everything sent within the last days is offered again, and what is not there goes once more.
 */
import { have } from '@/api/endpoints'
import { db, getMeta, safely, setMeta, type OutboxEntry, type SentEntry } from '@/db/schema'

const MOST_ASKED = 500

/** Offers what this person sent to another life of the server; each entry by itself, so it may break off anywhere. */
export async function offerAgain(userId: string, epoch: string): Promise<void> {
  const kept = await db.sent.filter((entry) => entry.user_id === userId && entry.epoch !== epoch).toArray()
  for (const some of portions(kept.toSorted((a, b) => (a.id < b.id ? -1 : 1)))) await offer(some, epoch)
  if ((await getMeta<string>('epoch')) !== epoch) await setMeta('epoch', epoch)
}

const asked = (entry: SentEntry): { id: string; sha256: string }[] => [
  { id: entry.id, sha256: entry.sha256 },
  ...entry.photo_hashes.map((hash) => ({ id: hash, sha256: hash })),
]

/** As many entries at a time as one question may hold. */
function portions(entries: readonly SentEntry[]): SentEntry[][] {
  const found: SentEntry[][] = []
  let size = MOST_ASKED
  for (const entry of entries) {
    const more = asked(entry).length
    if (size + more > MOST_ASKED) {
      found.push([])
      size = 0
    }
    found.at(-1)?.push(entry)
    size += more
  }
  return found
}

async function offer(entries: readonly SentEntry[], epoch: string): Promise<void> {
  const { items } = await have(entries.flatMap(asked))
  const there = new Set(items.filter((item) => item.state === 'same').map((item) => item.id))
  await safely(() =>
    db.transaction('rw', db.sent, db.outbox, async () => {
      for (const entry of entries) {
        const lost = entry.photo_hashes.filter((hash) => !there.has(hash))
        if (there.has(entry.id) && !lost.length) await db.sent.update(entry.id, { epoch })
        else {
          await db.outbox.put(waiting(entry, there.has(entry.id), lost))
          await db.sent.delete(entry.id)
        }
      }
    }),
  )
}

function waiting(sent: SentEntry, delivered: boolean, photos: string[], now = Date.now()): OutboxEntry {
  const { sent_at: _sent, epoch: _epoch, photo_hashes: _hashes, ...entry } = sent
  return { ...entry, delivered, receipt: delivered ? entry.receipt : null, photos, state: 'waiting', attempts: 0, next_at: 0, problem: null, offered_at: now }
}
