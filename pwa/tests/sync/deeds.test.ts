import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { queueDeed } from '@/db/deeds'
import { addFixPhoto, fixKey } from '@/db/fixes'
import { exportUnsent, importUnsent } from '@/db/handover'
import { newId } from '@/db/ids'
import { db } from '@/db/schema'
import { actOnTask } from '@/db/tasks'
import { deedName, deedScreen, isDeedPath } from '@/domain/deedPaths'
import { offerAgain } from '@/sync/offer'
import { push } from '@/sync/push'
import type { Task, User } from '@/api/types'
import { appealed, commented, commentedWithPhoto, fresh, ME, openedTask, photo, task, TASK, words } from './phone'
import { json, problem, receiptFor, serve, type Call } from './server'

const keeper = { id: ME, role: 'store_manager' } as User
const stored = (call: Call): Response => json({ sha256: call.path.split('/').pop(), bytes: (call.body as ArrayBuffer).byteLength })
const answer = (call: Call) => (call.path.startsWith('/photos') ? stored(call) : call.path.includes('/transitions/') ? json({ ...task, id: TASK, history: [{ id: call.path.split('/').pop() }] }) : receiptFor(call))

beforeEach(fresh)
afterEach(() => vi.unstubAllGlobals())

describe('a deed', () => {
  it('goes to its own address as the exact text, with its hash, and its photos after it', async () => {
    const id = await commentedWithPhoto('look')
    const entry = await db.outbox.get(id)
    const headers: Headers[] = []
    const calls = serve(answer)
    const fetched = globalThis.fetch
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => (headers.push(init.headers as Headers), fetched(url, init)))
    await push(ME)
    expect(calls.map((call) => `${call.method} ${call.path.split('/')[1]}`)).toEqual(['PUT tasks', 'PUT photos'])
    expect(calls[0]).toMatchObject({ path: `/tasks/${TASK}/comments/${id}`, body: entry?.body })
    expect(headers[0]?.get('Content-Digest')).toMatch(/^sha-256=:.{44}:$/)
    expect(headers[0]?.get('Rounds-User')).toBe(ME)
    expect(await db.outbox.count()).toBe(0)
    expect(await db.sent.get(id)).toMatchObject({ kind: 'deed', body: entry?.body, photo_hashes: entry?.photos })
  })

  it('waits for what was done before it on the same task, and for nothing else', async () => {
    await db.tasks.put({ ...task, id: TASK })
    await actOnTask(TASK, { action: 'start' }, keeper)
    await commented()
    const appeal = await appealed()
    const calls = serve((call) => (call.path.includes('/transitions/') ? undefined : answer(call)))
    await push(ME)
    expect(calls.map((call) => call.path.split('/').at(-2))).toEqual(['transitions', 'appeals'])
    expect(await db.sent.get(appeal)).toBeDefined()
    serve(answer)
    await push(ME, Date.now() + 10 * 60_000)
    expect(await db.outbox.count()).toBe(0)
  })

  it('becomes one out of what was prepared, however often it is tapped', async () => {
    const key = fixKey(`${TASK}:comment`, ME)
    await addFixPhoto(`${TASK}:comment`, ME, await photo('look'))
    const deed = { path: `/tasks/${TASK}/comments/{id}`, body: { text: 'once' }, label: words, store_name: words, user: keeper, prepared: key }
    const taps = await Promise.all([queueDeed(deed), queueDeed(deed)])
    expect(taps.filter(Boolean)).toHaveLength(1)
    expect(await db.outbox.count()).toBe(1)
    expect(await db.meta.get(key)).toBeUndefined()
  })

  it('shows in its task as soon as it has arrived, and once', async () => {
    await db.tasks.put({ ...task, id: TASK, comments: [] })
    const id = await commented()
    serve(async (call) => json({ ...(await (await receiptFor(call)).json()), author: { id: ME, name: 'Chen' }, at: '2026-11-25T00:00:00.000Z', text: 'Which fridge?', photos: [], mentions: [] }))
    await push(ME)
    const { comments } = (await db.tasks.get(TASK)) as Task
    expect(comments).toHaveLength(1)
    expect(comments?.[0]).toMatchObject({ id, text: 'Which fridge?', author: { name: 'Chen' } })
    expect(comments?.[0]).not.toHaveProperty('content_sha256')
  })

  it('that opened a task brings the task', async () => {
    const id = await openedTask()
    serve(async (call) => json({ ...task, ...(await (await receiptFor(call)).json()), history: [] }))
    await push(ME)
    expect(await db.tasks.get(id)).toMatchObject({ id, store_id: 'store-1' })
  })

  it('goes to no other address, whatever a disk or a file says', async () => {
    const made = queueDeed({ path: '/users/../tasks/{id}', body: {}, label: words, store_name: words, user: keeper })
    await expect(made).rejects.toThrow('not the address of a deed')
    const id = await commented()
    await db.outbox.update(id, { path: '/users' })
    const calls = serve(answer)
    await push(ME)
    expect(calls).toEqual([])
    expect(await db.outbox.get(id)).toMatchObject({ state: 'attention', problem: { type: '/problems/entry-damaged' } })
    const file = await exportUnsent(ME, '')
    await fresh()
    expect(await importUnsent(file, ME)).toMatchObject({ added: 0, damaged: 1 })
  })
})

describe('deeds of every kind', () => {
  it('go into the file and come back from it, whole', async () => {
    const ids = [await commentedWithPhoto('look'), await openedTask(), await appealed()]
    const before = await db.outbox.toArray()
    const file = await exportUnsent(ME, 'Chen')
    await fresh()
    expect(await importUnsent(file, ME)).toEqual({ added: 3, known: 0, damaged: 0, missing: 0 })
    expect((await db.outbox.toArray()).map(({ id, path, body, photos }) => [id, path, body, photos])).toEqual(before.map(({ id, path, body, photos }) => [id, path, body, photos]))
    expect(await importUnsent(file, ME)).toMatchObject({ added: 0, known: 3 })
    serve(answer)
    await push(ME)
    expect((await db.sent.toCollection().primaryKeys()).toSorted()).toEqual(ids.toSorted())
  })

  it('are offered again after a restore, by id and hash, and wait until their task is back', async () => {
    const ids = [await commented(), await openedTask(), await appealed()]
    serve(answer)
    await push(ME)
    const hashes = new Map((await db.sent.toArray()).map((entry) => [entry.id, entry.sha256]))
    const asked: { id: string; sha256: string }[] = []
    serve((call) => {
      asked.push(...(JSON.parse(String(call.body)) as { items: typeof asked }).items)
      return json({ items: asked.map(({ id }) => ({ id, state: 'missing' })) })
    })
    await offerAgain(ME, 'after')
    expect(asked).toEqual(ids.map((id) => ({ id, sha256: hashes.get(id) })))
    serve(() => problem(404, 'not-found'))
    await push(ME)
    expect((await db.outbox.toArray()).map((entry) => entry.state)).toEqual(['waiting', 'waiting', 'waiting'])
    serve(answer)
    await push(ME, Date.now() + 10 * 60_000)
    expect(await db.outbox.count()).toBe(0)
  })
})

const A = newId()
const B = newId()
it.each([
  [`/tasks/${A}/comments/${B}`, B, 'comment', `/tasks/${A}`],
  [`/inspections/${A}/appeals/${B}`, B, 'appeal', `/inspections/${A}`],
  [`/tasks/${B}`, B, 'task', `/tasks/${B}`],
  [`/stores/${A}/notes/${B}`, B, 'other', null],
])('an address says what a deed is (%#)', (path, id, name, screen) => {
  expect(isDeedPath(path, id)).toBe(true)
  expect(isDeedPath(path, A === id ? B : newId())).toBe(false)
  expect(deedName(path)).toBe(name)
  expect(deedScreen(path)).toBe(screen)
})

it.each([`//evil.example/${B}`, `https://evil.example/${B}`, `/tasks/${A}/../${B}`, `/tasks/${A}/comments/${B}?x=1`, `/tasks/${A}/comments/`, undefined, 7])('anything else is no address of a deed (%#)', (path) => {
  expect(isDeedPath(path, B)).toBe(false)
})
