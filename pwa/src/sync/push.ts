/**
 * Sends what waits: the small things first, then the photos two at a time. An entry leaves the outbox
 * only when the server has confirmed its document by id and hash, and every one of its photos.
 */
import { putInspection, putPhoto, putStep } from '@/api/endpoints'
import { ApiProblem, NotOurs, classify, type ProblemBody } from '@/api/problems'
import type { Receipt } from '@/api/types'
import { db, safely, type OutboxEntry } from '@/db/schema'

const AT_ONCE = 2
const FIRST_WAIT_MS = 2_000
const LONGEST_WAIT_MS = 5 * 60_000

/** The sign-in is gone; nothing more can be sent until somebody signs in. */
export class SignInNeeded extends Error {
  override readonly name = 'SignInNeeded'
}

/** How long to wait after that many failures, with some dice so that phones do not knock together. */
export function waitAfter(attempts: number, dice: number = Math.random()): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempts, 12)) * (0.5 + dice / 2)
}

/** Sends everything of this person that is due. Throws SignInNeeded. */
export async function push(userId: string, now: number = Date.now()): Promise<void> {
  const entries = (await db.outbox.where('user_id').equals(userId).sortBy('id')).filter((e) => e.state === 'waiting')
  const stuck = new Set<string>()
  for (const entry of entries) {
    const order = entry.task_id ?? entry.id
    const isDue = entry.next_at <= now && !stuck.has(order)
    // The steps on one task go in their order; a later one never overtakes an earlier one.
    if (!entry.delivered && !(isDue && (await attempt(entry, () => deliver(entry))))) stuck.add(order)
  }
  for (const entry of entries) {
    const current = await db.outbox.get(entry.id)
    if (!current?.delivered || current.next_at > now) continue
    if (await attempt(current, () => sendPhotos(current))) await close(current.id)
  }
}

/** The network is back, or somebody asked: what waits only for a network need not wait for its turn. */
export async function hurry(userId: string): Promise<void> {
  await safely(() =>
    db.outbox
      .where('user_id')
      .equals(userId)
      .filter((entry) => entry.state === 'waiting' && entry.problem === null && entry.next_at > 0)
      .modify({ next_at: 0, attempts: 0 }),
  )
}

/** When the next entry is due, in milliseconds from now; null when nothing waits. */
export async function nextDue(userId: string, now: number = Date.now()): Promise<number | null> {
  const waiting = await db.outbox.where('user_id').equals(userId).filter((entry) => entry.state === 'waiting').toArray()
  return waiting.length ? Math.max(0, Math.min(...waiting.map((entry) => entry.next_at)) - now) : null
}

async function attempt(entry: OutboxEntry, deed: () => Promise<void>): Promise<boolean> {
  try {
    await deed()
    return true
  } catch (error) {
    const verdict = classify(error)
    if (verdict === 'pause') throw new SignInNeeded()
    if (verdict === 'keep') {
      await safely(() => db.outbox.update(entry.id, { state: 'attention', problem: (error as ApiProblem).body }))
      return false
    }
    const after = error instanceof ApiProblem && error.retryAfter ? error.retryAfter * 1000 : waitAfter(entry.attempts)
    const problem: ProblemBody | null = error instanceof ApiProblem ? error.body : null
    await safely(() => db.outbox.update(entry.id, { attempts: entry.attempts + 1, next_at: Date.now() + after, problem }))
    return false
  }
}

async function deliver(entry: OutboxEntry): Promise<void> {
  if (entry.kind === 'inspection') {
    const receipt = await putInspection(entry.id, entry.body)
    if (!fits(receipt, entry)) throw new NotOurs('a receipt for something else')
    await safely(() =>
      db.outbox.update(entry.id, { receipt, delivered: true, photos: receipt.missing_photos, attempts: 0, next_at: 0, problem: null }),
    )
    return
  }
  const task = await putStep(entry.task_id ?? '', entry.id, entry.body)
  if (task.id !== entry.task_id || !task.history.some((step) => step.id === entry.id)) throw new NotOurs('another task came back')
  await safely(() =>
    db.transaction('rw', db.outbox, db.tasks, async () => {
      await db.outbox.update(entry.id, { delivered: true, attempts: 0, next_at: 0, problem: null })
      await db.tasks.put(task)
    }),
  )
}

function fits(receipt: Receipt, entry: OutboxEntry): boolean {
  return receipt.id === entry.id && receipt.content_sha256 === entry.sha256 && Array.isArray(receipt.missing_photos)
}

async function sendPhotos(entry: OutboxEntry): Promise<void> {
  const waiting = [...entry.photos]
  const send = async (): Promise<void> => {
    for (let hash = waiting.shift(); hash; hash = waiting.shift()) await sendPhoto(entry.id, hash)
  }
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, send))
  const failed = ends.find((end): end is PromiseRejectedResult => end.status === 'rejected')
  if (failed) throw failed.reason
}

async function sendPhoto(entryId: string, hash: string): Promise<void> {
  const photo = await db.photos.get(hash)
  if (!photo) throw new ApiProblem({ type: '/problems/photo-lost', title: 'The photo is no longer on this phone', status: 410 })
  const receipt = await putPhoto(hash, photo.bytes, photo.type)
  if (receipt.sha256 !== hash || receipt.bytes !== photo.bytes.byteLength) throw new NotOurs('a receipt for something else')
  await safely(() =>
    db.transaction('rw', db.outbox, db.photos, async () => {
      const entry = await db.outbox.get(entryId)
      if (entry) await db.outbox.update(entryId, { photos: entry.photos.filter((other) => other !== hash) })
      await db.photos.update(hash, { sent_at: new Date().toISOString() })
    }),
  )
}

/** All of it is safe: the entry moves to what was sent. */
async function close(id: string): Promise<void> {
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

/** The photos that a document lists. */
export function hashesIn(body: string): string[] {
  return [...new Set(Array.from(body.matchAll(/"sha256":"([0-9a-f]{64})"/g), (match) => match[1] ?? ''))]
}
