import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { db } from '@/db/schema'
import { bytesWaiting } from '@/screens/outbox/reason'
import { push, pushDocuments } from '@/sync/push'
import { sendPreviews } from '@/sync/previews'
import { setSavesData } from '@/sync/saver'
import { finished, fresh, ME } from './phone'
import { json, problem, receiptFor, serve, type Call } from './server'

const small = async (): Promise<ArrayBuffer> => new ArrayBuffer(9)
const previews = (calls: Call[]): string[] => calls.filter((call) => call.path.endsWith('/preview')).map((call) => call.path.split('/')[2]!)
const photosOf = async (id: string): Promise<string[]> => (await db.outbox.get(id))!.photos

/** A report that the server has, with photos that wait for Wi-Fi. */
async function arrived(photos: readonly string[]): Promise<string> {
  const id = await finished(photos)
  await setSavesData(true)
  serve(async (call) => receiptFor(call, await photosOf(id)))
  await pushDocuments(ME)
  await db.outbox.update(id, { previewed: [] })
  return id
}

beforeEach(fresh)
afterEach(async () => {
  await setSavesData(false)
  vi.unstubAllGlobals()
})

describe('small copies ahead of photos that wait for Wi-Fi', () => {
  it('go once each, and no photo counts as sent for it', async () => {
    const id = await arrived(['1', '2'])
    const waiting = await photosOf(id)
    const calls = serve(() => json({ sha256: 'x' }, 201))
    await sendPreviews(ME, small)
    await sendPreviews(ME, small)
    expect(previews(calls).toSorted()).toEqual(waiting.toSorted())
    expect(calls).toHaveLength(2)
    expect(calls.every((call) => (call.body as ArrayBuffer).byteLength === 9)).toBe(true)
    expect(await db.outbox.get(id)).toMatchObject({ photos: waiting, state: 'waiting', problem: null, attempts: 0 })
    expect((await db.photos.toArray()).every((photo) => photo.sent_at === null)).toBe(true)
  })

  it.each([
    ['no network', () => undefined],
    ['a busy server', () => problem(503, 'unavailable')],
    ['a sign-in that expired', () => problem(401, 'token-expired')],
  ])('wait for the next sync with %s, and hold nothing up', async (_, answer) => {
    const id = await arrived(['1', '2'])
    expect(serve(answer).length).toBe(0)
    await sendPreviews(ME, small)
    expect((await db.outbox.get(id))!.previewed).toEqual([])
    const calls = serve(() => json({ sha256: 'x' }, 201))
    await sendPreviews(ME, small)
    expect(previews(calls)).toHaveLength(2)
  })

  it('are not said to have gone where the server does not take them, nor sent again and again', async () => {
    const id = await arrived(['refused', 'taken'])
    const [refused, taken] = await photosOf(id)
    const calls = serve((call) => (call.path.includes(refused!) ? problem(404, 'not-found') : json({ sha256: 'x' }, 201)))
    await sendPreviews(ME, small)
    await sendPreviews(ME, small)
    expect(calls).toHaveLength(2)
    expect(await db.outbox.get(id)).toMatchObject({ previewed: [taken], photos: [refused, taken], state: 'waiting', problem: null })
  })

  it('stay away where the phone cannot make them', async () => {
    const id = await arrived(['broken'])
    const calls = serve(() => json({}))
    await sendPreviews(ME, () => Promise.reject(new Error('no-canvas')))
    expect([calls.length, (await db.outbox.get(id))!.previewed]).toEqual([0, []])
  })

  it('belong to photos whose report has arrived, and to their owner', async () => {
    await finished(['1'])
    await finished(['2'], 'user-2')
    const calls = serve(() => json({ sha256: 'x' }, 201))
    await sendPreviews(ME, small)
    expect(calls).toEqual([])
  })

  it('are sent only while photos wait: with Wi-Fi the photos go themselves', async () => {
    const id = await finished(['1'])
    const calls = serve(async (call) => (call.path.startsWith('/photos') ? json({ sha256: call.path.split('/').pop(), bytes: (call.body as ArrayBuffer).byteLength }) : receiptFor(call, await photosOf(id))))
    await push(ME)
    expect(previews(calls)).toEqual([])
    expect(await db.outbox.count()).toBe(0)
  })
})

it('how much waits is read from what the report says of its photos', async () => {
  const id = await finished(['1', '22', '333'])
  const entry = (await db.outbox.get(id))!
  expect(bytesWaiting(entry)).toBe(6)
  expect(bytesWaiting({ ...entry, photos: [] })).toBe(0)
})
