import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { addPhoto, removePhoto } from '@/db/draftPhotos'
import { finishDraft, saveAnswer, startVisit } from '@/db/drafts'
import { addFixPhoto } from '@/db/fixes'
import { newId } from '@/db/ids'
import { retry } from '@/db/outbox'
import { db } from '@/db/schema'
import { actOnTask, StepRefused, taskById } from '@/db/tasks'
import type { Task, User, Visit } from '@/api/types'
import type { ProcessedPhoto } from '@/photos'
import { hurry, push, SignInNeeded, waitAfter } from '@/sync/push'
import { digest, json, problem, receiptFor, serve, type Call } from './server'

const ME = 'user-1'
const words = { zh: '店', en: 'Shop' }
const visit = { id: 'visit-1', store_id: 'store-1', store_name: words, checklist_id: 'list-1', checklist_name: words, checklist_version: 1 } as Visit
const keeper = { id: ME, role: 'store_manager' } as User

async function photo(text: string): Promise<ProcessedPhoto> {
  const bytes = new TextEncoder().encode(text).buffer as ArrayBuffer
  return { sha256: await digest(bytes), bytes, type: 'image/jpeg', width: 4, height: 3, taken_at: new Date().toISOString(), source: 'camera' }
}

async function finished(photos: string[] = []): Promise<string> {
  const draft = await startVisit({ ...visit, id: newId() }, ME)
  await saveAnswer(draft.id, 'a', { result: 'pass' })
  for (const text of photos) await addPhoto(draft.id, 'a', 'photos', await photo(text))
  await finishDraft(draft.id)
  return draft.id
}

beforeEach(async () => {
  vi.stubGlobal('__APP_VERSION__', 'test')
  await db.delete()
  await db.open()
  await db.checklists.put({ id: 'list-1', code: 'L', name: words, kind: 'visit', published_version: 1, draft_revision: 1, has_draft: false, retired_at: null })
  await db.versions.put({ checklist_id: 'list-1', number: 1, content: { scoring: {} as never, sections: [{ key: 's', items: [{ key: 'a', kind: 'pass_fail', points: 1, pass_line: 100, photo: { rule: 'none', min: 0, max: 5 } }] }] as never }, content_sha256: '' })
})
afterEach(() => vi.unstubAllGlobals())

describe('a draft', () => {
  it('is begun once, keeps each answer and photo, and gives back a removed photo', async () => {
    const first = await startVisit(visit, ME)
    const again = await startVisit(visit, ME)
    expect(again.id).toBe(first.id)
    await saveAnswer(first.id, 'a', { result: 'fail' })
    await saveAnswer(first.id, 'a', { note: 'dusty' })
    const kept = await addPhoto(first.id, 'a', 'photos', await photo('one'))
    const undo = await removePhoto(first.id, 'a', 'photos', kept.id)
    expect((await db.drafts.get(first.id))?.answers.a?.photos).toEqual([])
    await undo()
    const answer = (await db.drafts.get(first.id))?.answers.a
    expect(answer).toMatchObject({ result: 'fail', note: 'dusty' })
    expect(answer?.photos.map((p) => p.sha256)).toEqual([kept.sha256])
    expect((await startVisit(visit, 'user-2')).id).not.toBe(first.id)
  })

  it('is finished once, even by two taps, and nothing of it is lost', async () => {
    const draft = await startVisit(visit, ME)
    await addPhoto(draft.id, 'a', 'photos', await photo('one'))
    const ends = await Promise.allSettled([finishDraft(draft.id), finishDraft(draft.id)])
    expect(ends.some((end) => end.status === 'fulfilled')).toBe(true)
    const entries = await db.outbox.toArray()
    expect(entries.map((e) => [e.id, e.photos.length])).toEqual([[draft.id, 1]])
    expect(entries[0]?.sha256).toBe(await digest(entries[0]?.body ?? ''))
    expect(await db.drafts.count()).toBe(0)
  })
})

describe('sending', () => {
  it('sends the report, then its photos, and lets go only after all receipts', async () => {
    const id = await finished(['one', 'two', 'three'])
    const calls = serve(async (call) => {
      if (call.path.startsWith('/inspections')) return receiptFor(call, (await db.outbox.get(id))?.photos)
      return json({ sha256: call.path.split('/').pop(), bytes: (call.body as ArrayBuffer).byteLength }, 201)
    })
    await push(ME)
    expect(calls.map((c) => c.path.split('/')[1])).toEqual(['inspections', 'photos', 'photos', 'photos'])
    expect(await db.outbox.count()).toBe(0)
    expect((await db.sent.get(id))?.photo_hashes).toHaveLength(3)
  })

  it.each([
    ['another id', (r: object) => ({ ...r, id: newId() })],
    ['another hash', (r: object) => ({ ...r, content_sha256: '0'.repeat(64) })],
  ])('keeps the report when the receipt is for %s', async (_, change) => {
    await finished()
    serve(async (call) => json(change(await (await receiptFor(call)).json())))
    await push(ME)
    expect((await db.outbox.toArray()).map((e) => [e.state, e.delivered, e.attempts])).toEqual([['waiting', false, 1]])
  })

  it.each([
    ['no network', () => undefined],
    ['a captive portal', () => new Response('<html>', { status: 200, headers: { 'Content-Type': 'text/html' } })],
    ['half an answer', () => new Response('{"id":', { status: 200, headers: { 'Content-Type': 'application/json' } })],
    ['500', () => problem(500, 'internal')],
    ['503', () => problem(503, 'unavailable')],
    ['incomplete-body', () => problem(400, 'incomplete-body')],
  ])('waits and tries again after %s', async (_, answer) => {
    await finished()
    let broken = true
    serve((call) => (broken ? answer() : receiptFor(call)))
    await push(ME)
    const [entry] = await db.outbox.toArray()
    expect(entry).toMatchObject({ state: 'waiting', attempts: 1 })
    expect(entry?.next_at).toBeGreaterThan(Date.now())
    broken = false
    await push(ME) // not yet its turn
    expect(await db.outbox.count()).toBe(1)
    await push(ME, Date.now() + 10 * 60_000)
    expect(await db.outbox.count()).toBe(0)
  })

  it('does not wait for its turn when the network is back', async () => {
    await finished()
    serve(() => undefined)
    await push(ME)
    await hurry(ME)
    serve((call) => receiptFor(call))
    await push(ME)
    expect(await db.outbox.count()).toBe(0)
  })

  it('keeps and shows what the server refuses, and sends it again when asked', async () => {
    const id = await finished()
    serve(() => problem(409, 'id-reused'))
    await push(ME)
    expect(await db.outbox.get(id)).toMatchObject({ state: 'attention', problem: { type: '/problems/id-reused' } })
    const calls = serve((call) => receiptFor(call))
    await push(ME)
    expect(calls).toEqual([])
    await retry(id)
    await push(ME)
    expect(await db.outbox.count()).toBe(0)
  })

  it('pauses wholly when the sign-in is gone, and changes nothing', async () => {
    await finished()
    await finished()
    const calls = serve(() => problem(401, 'session-revoked'))
    await expect(push(ME)).rejects.toBeInstanceOf(SignInNeeded)
    expect(calls.filter((c) => c.path.startsWith('/inspections'))).toHaveLength(1)
    expect((await db.outbox.toArray()).map((e) => e.state)).toEqual(['waiting', 'waiting'])
  })

  it('sends nothing of somebody else who used this phone', async () => {
    await finished()
    const calls = serve((call) => receiptFor(call))
    await push('user-2')
    expect(calls).toEqual([])
    expect(await db.outbox.count()).toBe(1)
  })

  it('sends a photo again until it arrives, and never the report twice', async () => {
    const id = await finished(['one'])
    let tries = 0
    const calls = serve(async (call) => {
      if (call.path.startsWith('/inspections')) return receiptFor(call, (await db.outbox.get(id))?.photos)
      return ++tries < 3 ? problem(400, 'digest-mismatch') : json({ sha256: call.path.split('/').pop(), bytes: (call.body as ArrayBuffer).byteLength })
    })
    for (let i = 0; i < 4; i++) await push(ME, Date.now() + i * 10 * 60_000)
    expect(calls.filter((c) => c.method === 'PUT' && c.path.startsWith('/inspections'))).toHaveLength(1)
    expect(tries).toBe(3)
    expect(await db.outbox.count()).toBe(0)
  })

  it('waits longer and longer, up to five minutes', () => {
    expect([0, 1, 4, 20].map((n) => waitAfter(n, 1))).toEqual([2_000, 4_000, 32_000, 300_000])
    expect(waitAfter(4, 0)).toBe(16_000)
  })
})

describe('steps on a task', () => {
  const task = {
    id: 'task-1',
    store_id: 'store-1',
    store_name: words,
    title: words,
    flag: 'general',
    status: 'open',
    needs_photo: true,
    assignee: { id: ME, name: '' },
    reviewer: null,
    fixed_by_id: null,
    closed_at: null,
    version: 1,
    history: [],
    finding: { result: 'fail', value: null, note: '', photos: [] },
    fix: null,
  } as unknown as Task

  beforeEach(() => db.tasks.put(task))

  it('show at once, and go in their order', async () => {
    await actOnTask('task-1', { action: 'start' }, keeper)
    await actOnTask('task-1', { action: 'submit', note: 'done', photos: [await addFixPhoto('task-1', ME, await photo('after'))] }, keeper)
    expect(await taskById('task-1')).toMatchObject({ status: 'submitted', version: 3, pending: 2 })
    const sent: string[] = []
    serve((call: Call) => {
      if (call.path.startsWith('/photos')) return json({ sha256: call.path.split('/').pop(), bytes: (call.body as ArrayBuffer).byteLength })
      const step = JSON.parse(String(call.body)) as { action: string; version: number }
      sent.push(`${step.action} on ${step.version}`)
      return json({ ...task, status: 'in_progress', history: [{ id: call.path.split('/').pop() }] })
    })
    await push(ME)
    expect(sent).toEqual(['start on 1', 'submit on 2'])
    expect(await db.outbox.count()).toBe(0)
  })

  it('never overtake one that has not arrived', async () => {
    await actOnTask('task-1', { action: 'start' }, keeper)
    await actOnTask('task-1', { action: 'submit', note: 'done', photos: [await addFixPhoto('task-1', ME, await photo('after'))] }, keeper)
    const calls = serve(() => undefined)
    await push(ME)
    expect(calls).toHaveLength(1)
  })

  it('are refused here already when they cannot be done, and a double tap counts once', async () => {
    await expect(actOnTask('task-1', { action: 'submit', note: 'x' }, keeper)).rejects.toBeInstanceOf(StepRefused)
    await expect(actOnTask('task-1', { action: 'approve' }, keeper)).rejects.toMatchObject({ code: 'not_allowed' })
    const taps = await Promise.allSettled([actOnTask('task-1', { action: 'start' }, keeper), actOnTask('task-1', { action: 'start' }, keeper)])
    expect(taps.some((tap) => tap.status === 'fulfilled')).toBe(true)
    expect(await db.outbox.count()).toBe(1)
  })
})
