/** What waits to be sent, and what people may do about it. */
import { preparedFixes } from './fixes'
import { db, getMeta, safely, type OutboxEntry } from './schema'

/** Everything of this person that has not been confirmed yet, oldest first. */
export const list = (userId: string): Promise<OutboxEntry[]> => db.outbox.where('user_id').equals(userId).sortBy('id')

/**
 * How many things of this person are only on this phone: entries, begun reports, prepared fixes, changed checklists.
 * Photos are not counted.
 */
export async function unsent(userId: string): Promise<number> {
  const entries = await db.outbox.where('user_id').equals(userId).count()
  const drafts = await db.drafts.where('user_id').equals(userId).count()
  return entries + drafts + (await preparedFixes(userId)) + (await db.checklist_drafts.where('user_id').equals(userId).filter((draft) => draft.dirty).count())
}

/** Who else has how much waiting on this phone. Of what it is nothing is told. */
export async function othersWaiting(userId: string | undefined): Promise<{ id: string; name: string; count: number }[]> {
  const counts = new Map<string, number>()
  for (const table of [db.outbox, db.drafts]) {
    for (const key of await table.orderBy('user_id').keys()) counts.set(String(key), (counts.get(String(key)) ?? 0) + 1)
  }
  const names = (await getMeta<Record<string, string>>('names')) ?? {}
  return [...counts].filter(([id]) => id !== userId).map(([id, count]) => ({ id, name: names[id] ?? '', count }))
}

/** Tries an entry again at once. */
export const retry = (id: string): Promise<unknown> =>
  safely(() => db.outbox.update(id, { state: 'waiting', next_at: 0, attempts: 0, problem: null }))

/** Gives an entry up; the screen has asked before. Its photos stay until they are tidied away. */
export const discard = (id: string): Promise<void> => safely(() => db.outbox.delete(id))
