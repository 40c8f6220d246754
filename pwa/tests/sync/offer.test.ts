import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { newId } from '@/db/ids'
import { db, getMeta, type SentEntry } from '@/db/schema'
import { offerAgain } from '@/sync/offer'
import { push } from '@/sync/push'
import { fresh, ME, stepped } from './phone'
import { json, problem, serve, type Call } from './server'

const hash = (digit: string) => digit.repeat(64)
const sent = (more: Partial<SentEntry>): SentEntry =>
  ({ id: newId(), user_id: 'u', kind: 'inspection', body: '{}', sha256: hash('f'), photos: [], photo_hashes: [], delivered: true, receipt: {}, epoch: 'before', sent_at: new Date().toISOString(), ...more }) as SentEntry
const asked = (call: Call) => (JSON.parse(String(call.body)) as { items: { id: string }[] }).items
/** A server that lacks these. */
const lacking = (...ids: string[]) => serve((call) => json({ items: asked(call).map(({ id }) => ({ id, state: ids.includes(id) ? 'missing' : 'same' })) }))

beforeEach(async () => {
  await db.delete()
  await db.open()
})
afterEach(() => vi.unstubAllGlobals())

it('sends again what is not there: reports, steps, and single photos', async () => {
  const gone = sent({ photo_hashes: [hash('a')] })
  const half = sent({ photo_hashes: [hash('b'), hash('c')] })
  const step = sent({ kind: 'task_step', task_id: 't' })
  const safe = sent({ photo_hashes: [hash('d')] })
  await db.sent.bulkPut([gone, half, step, safe])
  lacking(gone.id, step.id, hash('a'), hash('c'))
  await offerAgain('u', 'after')
  const waiting = new Map((await db.outbox.toArray()).map((entry) => [entry.id, entry]))
  expect([...waiting.keys()].toSorted()).toEqual([gone.id, half.id, step.id].toSorted())
  expect(waiting.get(gone.id)).toMatchObject({ delivered: false, receipt: null, photos: [hash('a')], state: 'waiting', next_at: 0 })
  expect(waiting.get(half.id)).toMatchObject({ delivered: true, photos: [hash('c')] })
  expect((await db.sent.toArray()).map((entry) => [entry.id, entry.epoch])).toEqual([[safe.id, 'after']])
  expect(await getMeta('epoch')).toBe('after')
})

it('asks nothing when the server has the life it had', async () => {
  await db.sent.put(sent({ epoch: 'same' }))
  const calls = lacking()
  await offerAgain('u', 'same')
  expect(calls).toEqual([])
})

it('offers each person only what is theirs, whoever hears of the restore first', async () => {
  const mine = sent({})
  const theirs = sent({ user_id: 'v' })
  await db.sent.bulkPut([mine, theirs])
  const calls = lacking(mine.id, theirs.id)
  await offerAgain('u', 'after')
  expect(calls.flatMap(asked).map(({ id }) => id)).toEqual([mine.id])
  await offerAgain('v', 'after')
  expect(await db.outbox.count()).toBe(2)
})

it('takes up where it broke off, and asks at most 500 at once', async () => {
  const all = Array.from({ length: 40 }, (_, n) => sent({ photo_hashes: Array.from({ length: 30 }, (_, m) => (n * 30 + m).toString(16).padStart(64, '0')) }))
  await db.sent.bulkPut(all)
  let answers = 1
  const calls = serve((call) => (answers-- > 0 ? json({ items: asked(call).map(({ id }) => ({ id, state: 'missing' })) }) : undefined))
  await expect(offerAgain('u', 'after')).rejects.toThrow()
  const first = await db.outbox.count()
  expect(first).toBeGreaterThan(0)
  expect(await getMeta('epoch')).toBeUndefined()
  answers = 99
  await offerAgain('u', 'after')
  expect(await db.outbox.count()).toBe(40)
  expect(Math.max(...calls.map((call) => asked(call).length))).toBeLessThanOrEqual(500)
  expect(calls.length).toBeLessThanOrEqual(5)
})

it.each([404, 409])('a step that comes back before what it builds on (%i) is sent again for a day, then shown', async (status) => {
  await fresh()
  const id = await stepped()
  await db.outbox.update(id, { offered_at: Date.now() })
  serve(() => problem(status, status === 404 ? 'not-found' : 'stale-version'))
  await push(ME)
  expect(await db.outbox.get(id)).toMatchObject({ state: 'waiting', attempts: 1 })
  await db.outbox.update(id, { offered_at: Date.now() - 25 * 3_600_000 })
  await push(ME, Date.now() + 10 * 60_000)
  expect(await db.outbox.get(id)).toMatchObject({ state: 'attention' })
})
