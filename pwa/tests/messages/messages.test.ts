import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Message } from '@/api/messageTypes'
import { allMessages, markAllHere, markHere, sendMarks, tidyMessages, unreadMessages } from '@/db/messages'
import { db, forgetMirror } from '@/db/schema'
import { pull } from '@/sync/pull'
import { byDay, dayOf, wordOf } from '@/screens/messages/days'
import { quietOf, quietWay } from '@/screens/messages/quiet'
import { json, problem, serve } from '../sync/server'
import { message } from './sample'

const page = (items: unknown[]) =>
  json({ items, next: 'c1', more: false, snapshot: false, reset: false, server_time: '2026-11-25T00:00:00.000Z', server_epoch: 'one' })
const put = (data: Message) => ({ type: 'message', id: data.id, op: 'put', data })

beforeEach(async () => {
  await db.delete()
  await db.open()
})
afterEach(() => vi.unstubAllGlobals())

describe('messages on the phone', () => {
  it('are mirrored, newest first, and counted', async () => {
    serve(() => page([put(message('a')), put(message('bb', { read_at: '2026-11-25T01:00:00.000Z' }))]))
    await pull('u')
    expect((await allMessages()).map((m) => m.id)).toEqual(['bb', 'a'])
    expect(await unreadMessages()).toBe(1)
  })

  it('are forgotten with the rest of somebody else', async () => {
    await db.messages.put(message('a'))
    await forgetMirror()
    expect(await db.messages.count()).toBe(0)
  })

  it('are read at once, and what comes meanwhile does not undo it', async () => {
    await db.messages.bulkPut([message('a'), message('bb')])
    expect(await markHere(['a', 'gone'], true)).toEqual(['a'])
    expect(await markHere(['a'], true)).toEqual([])
    serve(() => page([put(message('a')), put(message('bb'))]))
    await pull('u')
    expect((await db.messages.get('a'))?.read_at).not.toBeNull()
    expect(await unreadMessages()).toBe(1)
  })

  it('are told as read, and as not read after an undo', async () => {
    await db.messages.bulkPut([message('a'), message('bb'), message('ccc', { read_at: '2026-11-25T01:00:00.000Z' })])
    await markAllHere()
    await markHere(['bb', 'ccc'], false)
    const calls = serve(() => json({ ids: [], unread: 0 }))
    await sendMarks('u')
    expect(calls.map((call) => JSON.parse(String(call.body)))).toEqual([
      { ids: ['a'], read: true },
      { ids: ['bb', 'ccc'], read: false },
    ])
    expect(await db.messages.where('unsent').equals(1).count()).toBe(0)
    await sendMarks('u')
    expect(calls.length).toBe(2)
  })

  it.each([
    ['no network', () => undefined, 1],
    ['a server that is down', () => problem(503, 'unavailable'), 1],
    ['a sign-in that has ended', () => problem(401, 'token-expired'), 1],
    ['a refusal', () => problem(422, 'validation'), 0],
  ])('with %s marks are kept or dropped', async (_, reply, left) => {
    await db.messages.put(message('a'))
    await markHere(['a'], true)
    serve(reply)
    await sendMarks('u')
    expect(await db.messages.where('unsent').equals(1).count()).toBe(left)
    expect(await unreadMessages()).toBe(0)
  })

  it('marked otherwise while it was being told stays to be told', async () => {
    await db.messages.put(message('a'))
    await markHere(['a'], true)
    serve(async () => {
      await markHere(['a'], false)
      return json({ ids: [], unread: 0 })
    })
    await sendMarks('u')
    expect(await db.messages.get('a')).toMatchObject({ read_at: null, unsent: 1 })
  })

  it('are two hundred of thirty days', async () => {
    const now = Date.parse('2026-11-25T00:00:00.000Z')
    const old = (hours: number) => message(`m${hours}`, { created_at: new Date(now - hours * 3_600_000).toISOString() })
    await db.messages.bulkPut([...Array.from({ length: 230 }, (_, hours) => old(hours)), old(721), old(800)])
    await tidyMessages(now)
    expect((await allMessages()).map((m) => m.id)).toEqual(Array.from({ length: 200 }, (_, hours) => `m${hours}`))
    await db.messages.clear()
    await db.messages.bulkPut([old(1), old(719), old(721)])
    await tidyMessages(now)
    expect((await allMessages()).map((m) => m.id)).toEqual(['m1', 'm719'])
  })
})

describe('days', () => {
  it('group what came', () => {
    const at = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString()
    const rows = [message('a', { created_at: at(25, 9) }), message('bb', { created_at: at(25, 1) }), message('ccc', { created_at: at(24, 23) })]
    expect(byDay(rows).map((day) => [day.day, day.messages.map((m) => m.id)])).toEqual([
      ['2026-11-25', ['a', 'bb']],
      ['2026-11-24', ['ccc']],
    ])
  })

  it.each([
    ['2026-03-01', 'today'],
    ['2026-02-28', 'yesterday'],
    ['2026-02-27', null],
  ])('%s is called %s', (day, word) => {
    const now = new Date(2026, 2, 1, 0, 10)
    expect(dayOf(now)).toBe('2026-03-01')
    expect(wordOf(day, now)).toBe(word)
  })
})

describe('quiet hours', () => {
  const company = { company_quiet: { from: '21:00', to: '07:00' } }
  it.each([
    ['company', null],
    ['own', { from: '21:00', to: '07:00' }],
    ['never', { from: '00:00', to: '00:00' }],
  ] as const)('%s', (way, kept) => {
    expect(quietOf(way, company)).toEqual(kept)
    expect(quietWay(kept)).toBe(way)
  })
  it('begin at night where the company has none', () => {
    expect(quietOf('own', { company_quiet: null })).toEqual({ from: '22:00', to: '08:00' })
  })
})
