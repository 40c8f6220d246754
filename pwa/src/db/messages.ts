/**
 * Messages on this phone: mirrored from the server, and marked as read here at once. What was marked here is told to
 * the server at the next sync, and until then what comes from there does not undo it.
 */
import { markMessages } from '@/api/messageEndpoints'
import type { Message } from '@/api/messageTypes'
import { classify } from '@/api/problems'
import { db, safely } from './schema'

/** A message; `unsent` is 1 while the server does not know that it was read, or that it was not. */
export interface LocalMessage extends Message {
  unsent?: 1
}

const KEPT = 200
const KEPT_MS = 30 * 24 * 3_600_000
const SENT_AT_ONCE = 500

/** All messages, newest first. */
export async function allMessages(): Promise<LocalMessage[]> {
  return (await db.messages.orderBy('created_at').toArray()).reverse()
}

export async function unreadMessages(): Promise<number> {
  return db.messages.filter((message) => message.read_at === null).count()
}

/** Marks these as read, or as not read; gives those that changed. */
export async function markHere(ids: readonly string[], read: boolean, now: Date = new Date()): Promise<string[]> {
  return safely(() =>
    db.transaction('rw', db.messages, async () => {
      const found = (await db.messages.bulkGet([...ids])).filter((message) => message !== undefined)
      const changed = found.filter((message) => (message.read_at !== null) !== read)
      await db.messages.bulkPut(changed.map((message) => ({ ...message, read_at: read ? now.toISOString() : null, unsent: 1 as const })))
      return changed.map((message) => message.id)
    }),
  )
}

/** Marks everything as read; gives those that were not. */
export async function markAllHere(now: Date = new Date()): Promise<string[]> {
  return markHere((await allMessages()).filter((message) => message.read_at === null).map((message) => message.id), true, now)
}

/** Takes over what the server says, but for what was marked here meanwhile; called inside a transaction. */
export async function putMessages(rows: readonly Message[]): Promise<void> {
  const here = new Map((await db.messages.where('unsent').equals(1).toArray()).map((message) => [message.id, message.read_at]))
  await db.messages.bulkPut(rows.map((row) => (here.has(row.id) ? { ...row, read_at: here.get(row.id)!, unsent: 1 as const } : row)))
}

/** Tells the server what was marked here. What it refuses is dropped; what may heal waits for the next sync. */
export async function sendMarks(userId: string): Promise<void> {
  const rows = await db.messages.where('unsent').equals(1).toArray()
  for (const read of [true, false]) {
    const marked = rows.filter((row) => (row.read_at !== null) === read).slice(0, SENT_AT_ONCE)
    if (!marked.length) continue
    try {
      await markMessages(marked.map((row) => row.id), read, userId)
    } catch (error) {
      if (classify(error) !== 'keep') return
    }
    await settle(marked)
  }
}

/** They are told; what was marked otherwise in the meantime is not. */
async function settle(told: readonly LocalMessage[]): Promise<void> {
  await db.transaction('rw', db.messages, async () => {
    const now = await db.messages.bulkGet(told.map((row) => row.id))
    const same = now.filter((row, at) => row !== undefined && row.read_at === told[at]!.read_at)
    await db.messages.bulkPut(same.map((row) => {
      const { unsent: _unsent, ...rest } = row!
      return rest
    }))
  })
}

/** Keeps the newest two hundred of the last thirty days. */
export async function tidyMessages(now: number = Date.now()): Promise<void> {
  const before = new Date(now - KEPT_MS).toISOString()
  const ids = await db.messages.orderBy('created_at').primaryKeys()
  await db.messages.bulkDelete(ids.slice(0, Math.max(0, ids.length - KEPT)))
  await db.messages.where('created_at').below(before).delete()
}
