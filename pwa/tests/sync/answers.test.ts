/** The law of the phone: 31 kinds of answer to every kind of deed. Nothing is lost, and the next good answer delivers. */
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { retry } from '@/db/outbox'
import { db } from '@/db/schema'
import { allTasks } from '@/db/tasks'
import { visitsOf } from '@/db/visits'
import { push, SignInNeeded } from '@/sync/push'
import { begun, finished, fixed, fresh, ME, stepped, task } from './phone'
import { json, problem, receiptFor, serve, type Call } from './server'

const html = (status: number): Response => new Response('<html>', { status, headers: { 'Content-Type': 'text/html' } })
const thrown = (name: string) => (): never => {
  throw new DOMException(name, name)
}
/** What fetch does with `redirect: 'error'`. */
const redirected = (): undefined => undefined
const falsified = async (call: Call, change: object): Promise<Response> => json({ ...(await (await right(call)).json()), ...change })

type Verdict = 'retry' | 'pause' | 'keep'
type Reply = (call: Call) => Response | undefined | Promise<Response>
const ANSWERS: [string, Verdict, Reply][] = [
  ['200 with a page of HTML', 'retry', () => html(200)],
  ['204', 'retry', () => new Response(null, { status: 204 })],
  ['301', 'retry', redirected],
  ['302 to a sign-in page', 'retry', redirected],
  ['400', 'keep', () => problem(400, 'malformed-json')],
  ['401', 'pause', () => problem(401, 'token-expired')],
  ['403', 'keep', () => problem(403, 'forbidden')],
  ['404', 'keep', () => problem(404, 'not-found')],
  ['405', 'keep', () => problem(405, 'method-not-allowed')],
  ['408', 'retry', () => problem(408, 'http-408')],
  ['409', 'keep', () => problem(409, 'id-reused')],
  ['410', 'keep', () => problem(410, 'http-410')],
  ['413', 'keep', () => problem(413, 'too-large')],
  ['415', 'keep', () => problem(415, 'unsupported-media')],
  ['422', 'keep', () => problem(422, 'validation')],
  ['423', 'keep', () => problem(423, 'http-423')],
  ['425', 'retry', () => problem(425, 'http-425')],
  ['429', 'retry', () => problem(429, 'too-many-requests')],
  ['431', 'keep', () => problem(431, 'http-431')],
  ['500', 'retry', () => problem(500, 'internal')],
  ['502 with a page of HTML', 'retry', () => html(502)],
  ['503', 'retry', () => problem(503, 'unavailable')],
  ['504', 'retry', () => html(504)],
  ['511', 'retry', () => html(511)],
  ['a reset', 'retry', () => undefined],
  ['a timeout', 'retry', thrown('TimeoutError')],
  ['an error of TLS', 'retry', () => undefined],
  ['an empty answer', 'retry', () => new Response('', { headers: { 'Content-Type': 'application/json' } })],
  ['half an answer', 'retry', () => new Response('{"id":', { headers: { 'Content-Type': 'application/json' } })],
  ['a receipt with another id', 'retry', (call) => falsified(call, { id: 'other', sha256: 'other' })],
  ['a receipt with another hash', 'retry', (call) => falsified(call, { content_sha256: '0'.repeat(64), bytes: 1, history: [] })],
]
const MORE: [string, Verdict, Reply][] = [
  ['null', 'retry', () => json(null)],
  ['the answer to another request', 'retry', async (call) => new Response((await right(call)).body, { headers: { 'Content-Type': 'application/json', 'X-Request-ID': 'not-ours' } })],
  ['a refusal of another request', 'retry', () => new Response('{"type":"/problems/not-found","title":"","status":404}', { status: 404, headers: { 'Content-Type': 'application/problem+json', 'X-Request-ID': 'not-ours' } })],
  ['an error of JSON that is not ours', 'retry', () => json({ error: 'blocked' }, 403)],
  ['a status that its body denies', 'retry', () => json({ type: '/problems/not-found', title: '', status: 404 }, 200)],
  ['incomplete-body', 'retry', () => problem(400, 'incomplete-body')],
  ['digest-mismatch', 'retry', () => problem(400, 'digest-mismatch')],
  ['length-required', 'retry', () => problem(411, 'length-required')],
  ['csrf', 'pause', () => problem(403, 'csrf')],
]

async function right(call: Call): Promise<Response> {
  if (call.path.startsWith('/photos')) return json({ sha256: call.path.split('/').pop(), bytes: (call.body as ArrayBuffer).byteLength })
  if (call.path.startsWith('/tasks')) return json({ ...task, history: [{ id: call.path.split('/').pop() }] })
  return receiptFor(call, (await db.outbox.get(call.path.split('/').pop() ?? ''))?.photos)
}

const KINDS: [string, string, () => Promise<string>][] = [
  ['a report', '/inspections', () => finished()],
  ['a step on a task', '/tasks', stepped],
  ['a photo of a report', '/photos', () => finished(['one'])],
  ['a photo of a step', '/photos', () => fixed('after')],
]

beforeEach(fresh)
afterEach(() => vi.unstubAllGlobals())

async function isUsable(): Promise<void> {
  await begun(['meanwhile'])
  expect(await db.drafts.count()).toBe(1)
  await allTasks()
  await visitsOf(ME)
}

it('is a table of 31 answers', () => expect(ANSWERS).toHaveLength(31))

describe.each(KINDS)('%s', (_, path, make) => {
  it.each([...ANSWERS, ...MORE])('after %s: %s', async (_name, verdict, answer) => {
    const id = await make()
    const before = await db.outbox.get(id)
    const calls = serve((call) => (call.path.startsWith(path) ? answer(call) : call.path.startsWith('/auth') ? problem(401, 'unauthorized') : right(call)))
    if (verdict === 'pause') await expect(push(ME)).rejects.toBeInstanceOf(SignInNeeded)
    else await push(ME)
    expect(calls.some((call) => call.path.startsWith(path))).toBe(true)

    const after = await db.outbox.get(id)
    expect(after).toMatchObject({ id, body: before?.body, sha256: before?.sha256, state: verdict === 'keep' ? 'attention' : 'waiting' })
    expect(after?.delivered).toBe(path === '/photos')
    expect(after?.photos).toEqual(before?.photos)
    expect(await db.photos.count()).toBe(before?.photos.length)
    if (verdict === 'keep') expect(after?.problem?.type).toMatch(/^\/problems\//)
    if (verdict === 'retry') expect(after?.attempts).toBe(1)
    if (verdict === 'retry') expect(after?.next_at).toBeGreaterThan(Date.now())
    if (verdict === 'pause') expect(after?.attempts).toBe(0)
    await isUsable()

    serve(right)
    if (verdict === 'keep') await retry(id)
    await push(ME, Date.now() + 10 * 60_000)
    expect(await db.outbox.count()).toBe(0)
    expect((await db.sent.get(id))?.body).toBe(before?.body)
  })
})
