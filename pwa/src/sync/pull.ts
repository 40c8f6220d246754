/** Mirrors what changed on the server, page by page; each page is one local transaction with its cursor. */
import { changes } from '@/api/endpoints'
import { NotOurs } from '@/api/problems'
import type { Changes, ChecklistForPhone } from '@/api/types'
import { db, getMeta, safely, setMeta } from '@/db/schema'
import { offerAgain } from './offer'

type Seen = Record<string, string[]>
const TABLES = { region: 'regions', store: 'stores', checklist: 'checklists', visit: 'visits', task: 'tasks', inspection: 'inspections' } as const
const ALL = [db.regions, db.stores, db.checklists, db.versions, db.visits, db.tasks, db.inspections, db.meta]

/** Pulls to the end for this person; `told` hears how many rows have come so far. */
export async function pull(userId: string, told: (rows: number) => void = () => {}): Promise<void> {
  let rows = 0
  for (;;) {
    const cursor = (await getMeta<string>('cursor')) ?? null
    const page = await changes(cursor, userId)
    if (!Array.isArray(page?.items)) throw new NotOurs('no page of news')
    if (page.reset) {
      await safely(() => db.meta.bulkDelete(['cursor', 'seen']))
      continue
    }
    const seen = await seenWith(page)
    const isMine = await safely(() => db.transaction('rw', ALL, () => merge(userId, page, seen)))
    if (!isMine) return
    await offerAgain(userId, page.server_epoch)
    rows += page.items.length
    told(rows)
    if (!page.more) break
  }
  await setMeta('last_sync_at', new Date().toISOString())
  await setMeta('first_pull', true)
}

/** Puts and removes a page's rows, kind by kind; then, at a snapshot's end, takes away what it did not hold. */
async function merge(userId: string, page: Changes, seen: Seen): Promise<boolean> {
  // Somebody else may have signed in meanwhile; what comes for one person is not shown to another.
  if (((await db.meta.get('owner'))?.value ?? userId) !== userId) return false
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
  return true
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
