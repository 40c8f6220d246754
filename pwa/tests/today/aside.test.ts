import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Me } from '@/api/types'
import { keptPriorities } from '@/db/priorities'
import { db, setMeta } from '@/db/schema'
import { noteStart, waitingStarts } from '@/db/starts'
import { askPriorities, tellStarts } from '@/sync/aside'
import { json, problem, serve } from '../sync/server'

const ME = 'me'
const start = (visit_id: string, device_at = '2026-11-25T01:00:00.000Z') => noteStart({ visit_id, user_id: ME, device_at })
const left = async () => (await waitingStarts(ME)).map((one) => one.visit_id)

beforeEach(async () => {
  await db.delete()
  await db.open()
})
afterEach(() => vi.unstubAllGlobals())

describe('begun visits', () => {
  it('are told once, with the moment of the phone; the first moment counts', async () => {
    const calls = serve(() => json({ id: 'v1', state: 'in_progress' }))
    await start('v1')
    await start('v1', '2026-11-25T05:00:00.000Z')
    await tellStarts(ME)
    await tellStarts(ME)
    expect(calls.map((call) => [call.method, call.path, JSON.parse(call.body as string)])).toEqual([
      ['POST', '/visits/v1/transitions', { action: 'start', device_at: '2026-11-25T01:00:00.000Z' }],
    ])
  })

  it('wait without a network, and go in their order later', async () => {
    serve(() => undefined)
    await start('v1')
    await start('v2')
    await tellStarts(ME)
    expect(await left()).toEqual(['v1', 'v2'])
    const calls = serve(() => json({}))
    await tellStarts(ME)
    expect(calls.map((call) => call.path)).toEqual(['/visits/v1/transitions', '/visits/v2/transitions'])
    expect(await left()).toEqual([])
  })

  it.each([
    [403, 'forbidden', []],
    [404, 'not-found', []],
    [409, 'wrong-state', []],
    [503, 'unavailable', ['v1']],
  ])('%i leaves %s', async (status, kind, expected) => {
    serve(() => problem(status, kind))
    await start('v1')
    await tellStarts(ME)
    expect(await left()).toEqual(expected)
  })

  it('of somebody else on this phone stay theirs', async () => {
    const calls = serve(() => json({}))
    await noteStart({ visit_id: 'v9', user_id: 'you', device_at: '2026-11-25T01:00:00.000Z' })
    await tellStarts(ME)
    expect(calls).toEqual([])
    expect(await waitingStarts('you')).toHaveLength(1)
  })
})

describe('priorities', () => {
  const NOW = Date.parse('2026-11-25T02:00:00Z')
  const lines = [{ store_id: 's1', points: 70 }]
  const asMay = (...permissions: string[]) => setMeta('me', { id: ME, permissions } as Partial<Me>)

  it('are asked for after a change, and when they are ten minutes old', async () => {
    await asMay('reports.read')
    const calls = serve(() => json({ items: lines, next: null }))
    await askPriorities(ME, false, NOW)
    expect(await keptPriorities(ME)).toMatchObject({ at: '2026-11-25T02:00:00.000Z', lines })
    await askPriorities(ME, false, NOW + 9 * 60_000)
    expect(calls).toHaveLength(1)
    await askPriorities(ME, true, NOW + 9 * 60_000)
    await askPriorities(ME, false, NOW + 20 * 60_000)
    expect(calls.map((call) => call.path)).toEqual(Array(3).fill('/priorities?assignee=me&limit=200'))
  })

  it('stay as they were when the server does not answer', async () => {
    await asMay('reports.read')
    serve(() => json({ items: lines, next: null }))
    await askPriorities(ME, true, NOW)
    serve(() => undefined)
    await expect(askPriorities(ME, true, NOW + 60_000)).rejects.toThrow()
    expect(await keptPriorities(ME)).toMatchObject({ at: '2026-11-25T02:00:00.000Z' })
  })

  it('are not asked for by who may not see them', async () => {
    await asMay('tasks.read')
    const calls = serve(() => json({ items: [], next: null }))
    await askPriorities(ME, true, NOW)
    await askPriorities('you', true, NOW)
    expect(calls).toEqual([])
  })
})
