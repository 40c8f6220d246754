/** Mirrors what changed on the server, page by page; each page is one local transaction with its cursor. */
import { changes, have } from '@/api/endpoints'
import type { Changes, ChecklistForPhone } from '@/api/types'
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
    const seen = await seenWith(page)
    await safely(() => db.transaction('rw', ALL, () => merge(page, seen)))
    await offerAgain(page.server_epoch)
    rows += page.items.length
    told(rows)
    if (!page.more) break
  }
  await setMeta('last_sync_at', new Date().toISOString())
  await setMeta('first_pull', true)
}

/** Puts and removes a page's rows, kind by kind; then, at a snapshot's end, takes away what it did not hold. */
async function merge(page: Changes, seen: Seen): Promise<void> {
  for (const [kind, name] of Object.entries(TABLES)) {
    const mine = page.items.filter((change) => change.type === kind)
    const gone = mine.filter((change) => change.op === 'remove').map((change) => change.id)
    const rows = mine.filter((change) => change.op === 'put').map((change) => change.data)
    if (gone.length) await db[name].bulkDelete(gone)
    if (kind === 'checklist') await putChecklists(rows as ChecklistForPhone[])
    else if (rows.length) await (db[name] as unknown as { bulkPut(rows: unknown[]): Promise<unknown> }).bulkPut(rows)
    if (page.snapshot && !page.more) {
      const kept = new Set(seen[kind])
      const held = (await db[name].toCollection().primaryKeys()) as string[]
      await db[name].bulkDelete(held.filter((id) => !kept.has(id)))
    }
  }
  if (page.snapshot && page.more) await db.meta.put({ key: 'seen', value: seen })
  else await db.meta.delete('seen')
  await db.meta.put({ key: 'cursor', value: page.next })
}

async function putChecklists(rows: readonly ChecklistForPhone[]): Promise<void> {
  await db.checklists.bulkPut(rows.map(({ version: _version, ...checklist }) => checklist))
  await db.versions.bulkPut(rows.map(({ id, version }) => ({ checklist_id: id, ...version })))
}

/** The ids of a snapshot so far, this page's among them. */
async function seenWith(page: Changes): Promise<Seen> {
  if (!page.snapshot) return {}
  const seen = (await getMeta<Seen>('seen')) ?? {}
  for (const change of page.items) (seen[change.type] ??= []).push(change.id)
  return seen
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
