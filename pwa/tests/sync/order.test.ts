import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { db, setMeta } from '@/db/schema'
import { nextDue, push } from '@/sync/push'
import { sendPhotosNow, setSavesData } from '@/sync/saver'
import { tidy } from '@/sync/tidy'
import { begun, finished, fixed, fresh, ME, stepped, task } from './phone'
import { json, problem, receiptFor, serve, type Call } from './server'

const photoReceipt = (call: Call) => json({ sha256: call.path.split('/').pop(), bytes: (call.body as ArrayBuffer).byteLength })
async function right(call: Call): Promise<Response> {
  if (call.path.startsWith('/photos')) return photoReceipt(call)
  if (call.path.startsWith('/tasks')) return json({ ...task, history: [{ id: call.path.split('/').pop() }] })
  return receiptFor(call, (await db.outbox.get(call.path.split('/').pop() ?? ''))?.photos)
}
const kinds = (calls: Call[]) => calls.map((call) => call.path.split('/')[1])

beforeEach(fresh)
afterEach(async () => {
  await setSavesData(false)
  vi.unstubAllGlobals()
})

describe('the order of things', () => {
  it('reports and steps go before photos, also those finished while photos are on their way', async () => {
    await finished(['1', '2', '3', '4', '5', '6'])
    let late: string | null = null
    const calls = serve(async (call) => {
      if (call.path.startsWith('/photos') && !late) late = await finished()
      return right(call)
    })
    await push(ME)
    const order = kinds(calls)
    expect(order[0]).toBe('inspections')
    expect(order.lastIndexOf('inspections')).toBeLessThan(5)
    expect(order.filter((kind) => kind === 'photos')).toHaveLength(6)
    expect(await db.outbox.get(late ?? '')).toMatchObject({ delivered: true })
  })

  it('sends photos two at a time', async () => {
    await finished(['1', '2', '3', '4', '5'])
    let now = 0
    let most = 0
    serve(async (call) => {
      if (!call.path.startsWith('/photos')) return right(call)
      most = Math.max(most, ++now)
      await new Promise((done) => setTimeout(done, 5))
      now -= 1
      return photoReceipt(call)
    })
    await push(ME)
    expect(most).toBe(2)
  })

  it('a step behind one that needs somebody waits, and is no reason to knock again and again', async () => {
    await stepped()
    const later = await fixed('after')
    const calls = serve(() => problem(403, 'forbidden'))
    await push(ME)
    await push(ME)
    expect(calls).toHaveLength(1)
    expect(await db.outbox.get(later)).toMatchObject({ state: 'waiting', attempts: 0 })
    expect(await nextDue(ME)).toBeNull()
  })

  it('a step behind one that failed is due when that one is', async () => {
    await stepped()
    await fixed('after')
    serve(() => undefined)
    await push(ME)
    expect(await nextDue(ME)).toBeGreaterThan(500)
  })

  it('a photo that got through makes the next try come sooner', async () => {
    const id = await finished(['1', '2', '3'])
    await db.outbox.update(id, { delivered: true, attempts: 9 })
    let photos = 0
    serve((call) => (++photos > 1 ? undefined : photoReceipt(call)))
    await push(ME)
    expect((await db.outbox.get(id))?.photos).toHaveLength(2)
    expect((await db.outbox.get(id))?.attempts).toBeLessThan(3)
  })
})

describe('what changed by itself on the disk', () => {
  it('is shown and not sent for ever: a photo', async () => {
    const id = await finished(['one'])
    const [photo] = await db.photos.toArray()
    await db.photos.update(photo!.sha256, { bytes: photo!.bytes.slice(1) })
    const calls = serve(right)
    await push(ME)
    expect(kinds(calls)).toEqual(['inspections'])
    expect(await db.outbox.get(id)).toMatchObject({ state: 'attention', problem: { type: '/problems/photo-damaged' } })
  })

  it('is shown and not sent for ever: a photo that is gone', async () => {
    const id = await finished(['one'])
    await db.photos.clear()
    serve(right)
    await push(ME)
    expect(await db.outbox.get(id)).toMatchObject({ state: 'attention', delivered: true, problem: { type: '/problems/photo-lost' } })
  })

  it('is shown and not sent for ever: a report', async () => {
    const id = await finished()
    await db.outbox.update(id, { body: '{}' })
    expect(kinds(serve(right))).toEqual([])
    await push(ME)
    expect(await db.outbox.get(id)).toMatchObject({ state: 'attention', problem: { type: '/problems/entry-damaged' } })
  })
})

describe('saving mobile data', () => {
  it('photos wait for Wi-Fi, reports do not, and nobody knocks meanwhile', async () => {
    await setSavesData(true)
    const id = await finished(['one'])
    const whole = await finished()
    const calls = serve(right)
    await push(ME)
    expect(kinds(calls)).toEqual(['inspections', 'inspections'])
    expect(await db.outbox.get(whole)).toBeUndefined()
    expect(await db.outbox.get(id)).toMatchObject({ delivered: true, attempts: 0, state: 'waiting' })
    expect(await nextDue(ME)).toBeNull()
    vi.stubGlobal('navigator', { ...navigator, connection: { type: 'cellular' } })
    await push(ME)
    expect(await db.outbox.count()).toBe(1)
    vi.stubGlobal('navigator', { ...navigator, connection: { type: 'wifi' } })
    await push(ME)
    expect(await db.outbox.count()).toBe(0)
  })

  it('goes at once when somebody says so', async () => {
    await setSavesData(true)
    await finished(['one'])
    serve(right)
    sendPhotosNow()
    await push(ME)
    expect(await db.outbox.count()).toBe(0)
  })
})

describe('a phone that is almost full', () => {
  it('lets go of copies that the server has, never of what is unsent', async () => {
    await finished(['sent'])
    serve(right)
    await push(ME)
    await finished(['unsent'])
    await begun(['draft'])
    await tidy()
    expect(await db.photos.count()).toBe(3)
    await tidy(Date.now(), true)
    expect(await db.photos.count()).toBe(2)
    expect(await db.sent.count()).toBe(1)
  })
})

describe('two people on one phone', () => {
  it('say with each call whose it is', async () => {
    await finished(['one'])
    await finished([], 'user-2')
    const owners: (string | null)[] = []
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      owners.push(new Headers(init.headers).get('Rounds-User'))
      return right({ method: 'PUT', path: url.replace('/api/v1', ''), body: init.body as string })
    })
    await setMeta('owner', ME)
    await push(ME)
    expect(owners).toEqual([ME, ME])
    expect((await db.outbox.toArray()).map((entry) => entry.user_id)).toEqual(['user-2'])
  })
})
