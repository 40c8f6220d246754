/** Mirrors what changed on the server, page by page; each page is one local transaction with its cursor. */
import { changes, have } from '@/api/endpoints'
import type { Change, Changes } from '@/api/types'
import { db, getMeta, safely, setMeta, type SentEntry } from '@/db/schema'

type Seen = Record<string, string[]>
const TABLES = { region: 'regions', store: 'stores', checklist: 'checklists', visit: 'visits', task: 'tasks', inspection: 'inspections' } as const
const ALL = [db.regions, db.stores, db.checklists, db.versions, db.visits, db.tasks, db.inspections, db.meta]

/** Pulls to the end; `told` hears how many rows have come so far. */
export async function pull(told: (rows: number) => void = () => {}): Promise<void> {
  let rows = 0
  for (;;) {
    const cursor = (await getMeta<string>('cursor')) ?? null
    const page = await changes(cursor)
    if (page.reset) {
      await safely(() => db.meta.bulkDelete(['cursor', 'seen']))
      continue
    }
    await safely(() => db.transaction('rw', ALL, () => merge(page)))
    await offerAgain(page.server_epoch)
    rows += page.items.length
    told(rows)
    if (!page.more) break
  }
  await setMeta('last_sync_at', new Date().toISOString())
  await setMeta('first_pull', true)
}

async function merge(page: Changes): Promise<void> {
  for (const change of page.items) await put(change)
  if (page.snapshot) await sweep(page)
  await setMeta('cursor', page.next)
}

async function put(change: Change): Promise<void> {
  const table = db[TABLES[change.type]]
  if (change.op === 'remove') {
    await table.delete(change.id)
    return
  }
  if (change.type === 'checklist') {
    const { version, ...checklist } = change.data
    await db.checklists.put(checklist)
    await db.versions.put({ checklist_id: checklist.id, ...version })
    return
  }
  await (table as { put(row: unknown): Promise<unknown> }).put(change.data)
}

/** After the last page of a snapshot, what it did not hold is gone. */
async function sweep(page: Changes): Promise<void> {
  const seen = (await getMeta<Seen>('seen')) ?? {}
  for (const change of page.items) (seen[change.type] ??= []).push(change.id)
  if (page.more) {
    await setMeta('seen', seen)
    return
  }
  for (const [kind, name] of Object.entries(TABLES)) {
    const kept = new Set(seen[kind] ?? [])
    const gone = (await db[name].toCollection().primaryKeys()).filter((id) => !kept.has(id))
    await db[name].bulkDelete(gone)
  }
  await db.meta.delete('seen')
}

/** When the server's database has another life than before, what was sent is offered again. */
async function offerAgain(epoch: string): Promise<void> {
  const before = await getMeta<string>('epoch')
  if (before === epoch) return
  if (before !== undefined) {
    const sent = await db.sent.filter((entry) => entry.kind === 'inspection').toArray()
    for (let start = 0; start < sent.length; start += 100) await offer(sent.slice(start, start + 100))
  }
  await setMeta('epoch', epoch)
}

async function offer(entries: SentEntry[]): Promise<void> {
  const asked = entries.map((entry) => ({ id: entry.id, sha256: entry.sha256 }))
  const { items } = await have(asked)
  const lost = new Set(items.filter((item) => item.state === 'missing').map((item) => item.id))
  await safely(() =>
    db.transaction('rw', db.sent, db.outbox, async () => {
      for (const { sent_at: _sent, epoch: _epoch, photo_hashes, ...entry } of entries) {
        if (!lost.has(entry.id)) continue
        await db.outbox.put({ ...entry, delivered: false, receipt: null, photos: photo_hashes, state: 'waiting', attempts: 0, next_at: 0 })
        await db.sent.delete(entry.id)
      }
    }),
  )
}
