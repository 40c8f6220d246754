/**
 * Sends what waits: the small things first, then the photos two at a time. An entry leaves the outbox
 * only when the server has confirmed its document by id and hash, and every one of its photos.
 */
import { ApiProblem, classify } from '@/api/problems'
import { db, safely, type OutboxEntry } from '@/db/schema'
import { close, deliver, sendPhoto } from './deliver'
import { photosMayGo } from './saver'

const AT_ONCE = 2
const FIRST_WAIT_MS = 2_000
const LONGEST_WAIT_MS = 5 * 60_000
/** After a restore the phones bring things back in any order; so long what a step builds on may still be missing. */
const COMES_BACK_MS = 24 * 3_600_000

/** The sign-in is gone; nothing more can be sent until somebody signs in. */
export class SignInNeeded extends Error {
  override readonly name = 'SignInNeeded'
}

/** How long to wait after that many failures, with some dice so that phones do not knock together. */
export function waitAfter(attempts: number, dice: number = Math.random()): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempts, 12)) * (0.5 + dice / 2)
}

const entriesOf = (userId: string): Promise<OutboxEntry[]> => db.outbox.where('user_id').equals(userId).sortBy('id')

/** The steps on one task go in their order; a later one never overtakes an earlier one. */
const orderOf = (entry: OutboxEntry): string => entry.task_id ?? entry.id

/** Sends everything of this person that is due, photos last. Throws SignInNeeded. */
export async function push(userId: string, now: number = Date.now()): Promise<void> {
  await pushDocuments(userId, now)
  await pushPhotos(userId, now)
}

/** Sends reports and steps alone. Throws SignInNeeded. */
export async function pushDocuments(userId: string, now: number = Date.now()): Promise<void> {
  const stuck = new Set<string>()
  for (const entry of await entriesOf(userId)) {
    if (entry.delivered) continue
    const isDue = entry.state === 'waiting' && entry.next_at <= now && !stuck.has(orderOf(entry))
    if (!isDue || !(await attempt(entry, () => deliver(entry)))) stuck.add(orderOf(entry))
  }
}

async function pushPhotos(userId: string, now: number): Promise<void> {
  for (const { id } of await entriesOf(userId)) {
    if (!(await photosMayGo())) return closeWhole(userId)
    const entry = await db.outbox.get(id)
    if (!entry?.delivered || entry.state !== 'waiting' || entry.next_at > now) continue
    if (await attempt(entry, () => sendPhotos(entry))) await close(id)
  }
}

/** What waits for no photo need not wait for Wi-Fi. */
async function closeWhole(userId: string): Promise<void> {
  for (const entry of await entriesOf(userId)) if (entry.delivered && !entry.photos.length) await close(entry.id)
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

/** When the next entry can be sent, in milliseconds from now; null when nothing waits, or only for somebody. */
export async function nextDue(userId: string, now: number = Date.now()): Promise<number | null> {
  const mayGo = await photosMayGo()
  const stuck = new Set<string>()
  const due: number[] = []
  for (const entry of await entriesOf(userId)) {
    const isHeld = entry.delivered ? !mayGo : stuck.has(orderOf(entry))
    if (entry.state === 'waiting' && !isHeld) due.push(entry.next_at)
    if (!entry.delivered) stuck.add(orderOf(entry))
  }
  return due.length ? Math.max(0, Math.min(...due) - now) : null
}

/** Whether it went through; what did not is noted with the entry as the law of the phone says. Throws SignInNeeded. */
async function attempt(entry: OutboxEntry, deed: () => Promise<void>): Promise<boolean> {
  try {
    await deed()
    return true
  } catch (error) {
    const verdict = mayComeBack(entry, error) ? 'retry' : classify(error)
    if (verdict === 'pause') throw new SignInNeeded()
    const problem = error instanceof ApiProblem ? error.body : null
    if (verdict === 'keep') {
      await safely(() => db.outbox.update(entry.id, { state: 'attention', problem }))
      return false
    }
    const attempts = (await db.outbox.get(entry.id))?.attempts ?? entry.attempts
    const after = error instanceof ApiProblem && error.retryAfter ? error.retryAfter * 1000 : waitAfter(attempts)
    await safely(() => db.outbox.update(entry.id, { attempts: attempts + 1, next_at: Date.now() + after, problem }))
    return false
  }
}

/** What was received once and is not welcome now, because what it belongs to is not back yet. */
function mayComeBack(entry: OutboxEntry, error: unknown): boolean {
  if (!(error instanceof ApiProblem) || !entry.offered_at || Date.now() - entry.offered_at > COMES_BACK_MS) return false
  return error.status === 404 || error.type === '/problems/stale-version'
}

async function sendPhotos(entry: OutboxEntry): Promise<void> {
  const waiting = [...entry.photos]
  const send = async (): Promise<void> => {
    for (let hash = waiting.shift(); hash; hash = waiting.shift()) {
      if (!(await photosMayGo())) return // Wi-Fi is gone; the rest waits for it
      await sendPhoto(entry, hash)
      await documentsMeanwhile(entry.user_id)
    }
  }
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, send))
  const failed = ends.filter((end): end is PromiseRejectedResult => end.status === 'rejected').map((end): unknown => end.reason)
  if (failed.length) throw failed.find((reason) => classify(reason) !== 'retry') ?? failed[0]
}

let meanwhile: Promise<void> | null = null

/** What was finished while photos are on their way goes before the next photo. */
async function documentsMeanwhile(userId: string): Promise<void> {
  meanwhile ??= pushDocuments(userId).finally(() => {
    meanwhile = null
  })
  await meanwhile
}
