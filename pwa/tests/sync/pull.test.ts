import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { newId } from '@/db/ids'
import { db, getMeta, setMeta } from '@/db/schema'
import { pull } from '@/sync/pull'
import { tidy } from '@/sync/tidy'
import { json, serve } from './server'

const words = { zh: '店', en: 'Shop' }
const put = (type: string, data: { id: string } & Record<string, unknown>) => ({ type, id: data.id, op: 'put', data })
const page = (items: unknown[], more: Record<string, unknown> = {}) =>
  json({ items, next: 'c1', more: false, snapshot: false, reset: false, server_time: '2026-11-25T00:00:00.000Z', server_epoch: 'one', ...more })

beforeEach(async () => {
  await db.delete()
  await db.open()
})
afterEach(() => vi.unstubAllGlobals())

it('walks a snapshot page by page and takes away what it did not hold', async () => {
  await db.stores.bulkPut([{ id: 'old' }, { id: 'kept' }] as never)
  const pages = [
    page([put('store', { id: 'kept', name: words })], { snapshot: true, more: true, next: 'c1' }),
    page([put('store', { id: 'new' }), put('checklist', { id: 'l', published_version: 2, version: { number: 2, content: {}, content_sha256: 'x' } })], { snapshot: true, next: 'c2' }),
  ]
  const calls = serve(() => pages.shift())
  await pull('u')
  expect(calls.map((c) => new URLSearchParams(c.path.split('?')[1]).get('cursor'))).toEqual([null, 'c1'])
  expect((await db.stores.toCollection().primaryKeys()).sort()).toEqual(['kept', 'new'])
  expect(await db.versions.get(['l', 2])).toMatchObject({ number: 2 })
  expect(await getMeta('cursor')).toBe('c2')
})

it('takes up a snapshot that broke off where it stood, and still sweeps rightly', async () => {
  await db.tasks.bulkPut([{ id: 'gone' }] as never)
  let first = true
  serve(() => (first ? ((first = false), page([put('task', { id: 'a' })], { snapshot: true, more: true })) : undefined))
  await expect(pull('u')).rejects.toThrow()
  serve(() => page([put('task', { id: 'b' })], { snapshot: true, next: 'c9' }))
  await pull('u')
  expect((await db.tasks.toCollection().primaryKeys()).sort()).toEqual(['a', 'b'])
})

it('removes what the feed removes', async () => {
  await setMeta('cursor', 'c0')
  await db.visits.put({ id: 'v' } as never)
  serve(() => page([{ type: 'visit', id: 'v', op: 'remove', data: null }]))
  await pull('u')
  expect(await db.visits.count()).toBe(0)
})

it('begins again when the server says so', async () => {
  await setMeta('cursor', 'old')
  const asked: (string | null)[] = []
  serve((call) => {
    const cursor = new URLSearchParams(call.path.split('?')[1]).get('cursor')
    asked.push(cursor)
    return cursor ? page([], { reset: true, more: true, next: '' }) : page([put('store', { id: 's' })], { snapshot: true })
  })
  await pull('u')
  expect(asked).toEqual(['old', null])
  expect(await db.stores.count()).toBe(1)
})

it('tidies away what is long safe, and never what a draft or the outbox still needs', async () => {
  const hash = (digit: string) => digit.repeat(64)
  const old = { type: 'image/jpeg', user_id: 'u', bytes: new ArrayBuffer(1), created_at: '2026-01-01T00:00:00.000Z', sent_at: null }
  await db.photos.bulkPut(['a', 'b', 'c'].map((digit) => ({ ...old, sha256: hash(digit) })) as never)
  await db.outbox.put({ id: 'o', user_id: 'u', body: `{"sha256":"${hash('a')}"}` } as never)
  await db.drafts.put({ id: 'd', visit_id: 'v', user_id: 'u', checklist_id: 'l', checklist_version: 1, answers: { x: { photos: [{ sha256: hash('b') }] } } } as never)
  await db.checklists.put({ id: 'l', published_version: 3 } as never)
  await db.versions.bulkPut([1, 2, 3].map((number) => ({ checklist_id: 'l', number })) as never)
  await tidy()
  expect((await db.photos.toCollection().primaryKeys()).sort()).toEqual([hash('a'), hash('b')])
  expect((await db.versions.toArray()).map((v) => v.number)).toEqual([1, 3])
})

it('makes ids that sort by time and never repeat', () => {
  const ids = Array.from({ length: 5000 }, () => newId(1_700_000_000_000))
  expect(new Set(ids).size).toBe(5000)
  expect(ids).toEqual(ids.toSorted())
  expect(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(true)
})
