import 'fake-indexeddb/auto'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useSession } from '@/app/stores/session'
import { exportUnsent } from '@/db/handover'
import { othersWaiting, unsent } from '@/db/outbox'
import { db, getMeta, setMeta } from '@/db/schema'
import { begun, finished, fresh, ME } from './phone'
import { json, problem, serve, type Call } from './server'

const person = (id: string, name: string) => ({ id, username: id, name, role: 'supervisor', locale: 'en', is_active: true, regions: [], stores: [], permissions: [], server_epoch: 'e' })
let who: string | null
const server = (call: Call) => {
  if (call.path === '/auth/login') who = (JSON.parse(String(call.body)) as { username: string }).username
  if (call.path === '/auth/logout') who = null
  if (call.path === '/me') return who ? json(person(who, `Name of ${who}`)) : problem(401, 'token-expired')
  if (call.path === '/auth/refresh') return problem(401, 'token-invalid')
  return call.path === '/auth/logout' ? new Response(null, { status: 204 }) : json({})
}

beforeEach(async () => {
  await fresh()
  setActivePinia(createPinia())
  who = null
  document.cookie = 'rounds_csrf=; max-age=0'
})
afterEach(() => vi.unstubAllGlobals())

describe('signing out', () => {
  it.each([
    ['a finished report', () => finished(['one'])],
    ['a begun report', () => begun()],
    ['a changed checklist', () => db.checklist_drafts.put({ checklist_id: 'l', user_id: ME, dirty: true } as never)],
  ])('is refused over %s, and what there is stays', async (_, make) => {
    const session = useSession()
    const calls = serve(server)
    await session.signIn(ME, 'x')
    await make()
    expect(await session.signOut()).toEqual({ blocked: 1 })
    expect(session.status).toBe('signedIn')
    expect(calls.some((call) => call.path === '/auth/logout')).toBe(false)
    expect(await unsent(ME)).toBe(1)
  })

  it('may be done after an export, and even then nothing is lost', async () => {
    const session = useSession()
    serve(server)
    await session.signIn(ME, 'x')
    const id = await finished(['one'])
    expect((await exportUnsent(ME, 'x')).size).toBeGreaterThan(100)
    expect(await session.signOut(true)).toBeUndefined()
    expect(session.status).toBe('signedOut')
    expect(await db.outbox.get(id)).toMatchObject({ user_id: ME })
    expect(await db.photos.count()).toBe(1)
  })

  it('is done when nothing waits', async () => {
    const session = useSession()
    serve(server)
    await session.signIn(ME, 'x')
    await finished([], 'somebody-else')
    expect(await session.signOut()).toBeUndefined()
    expect(await getMeta('me')).toBeUndefined()
  })
})

describe('a second person on the same phone', () => {
  it('hears how much waits of whom, and nothing of what it is', async () => {
    const session = useSession()
    serve(server)
    await session.signIn(ME, 'x')
    await finished(['one'])
    await finished()
    await begun()
    await session.signOut(true)
    await session.signIn('user-2', 'x')
    const told = await othersWaiting('user-2')
    expect(told).toEqual([{ id: ME, name: `Name of ${ME}`, count: 3 }])
    expect(await othersWaiting(ME)).toEqual([])
    expect(await db.stores.count()).toBe(0)
  })
})

describe('a sign-in that expired', () => {
  it('locks nobody out, and is no sign-out', async () => {
    const session = useSession()
    serve(server)
    await session.signIn(ME, 'x')
    await finished()
    who = null
    await session.refresh()
    expect(session.status).toBe('expired')
    expect(session.user?.id).toBe(ME)
    expect(await db.outbox.count()).toBe(1)
  })
})

describe('a phone that threw our data away', () => {
  it('is told in words when the cookies are left, and the person is still signed in', async () => {
    document.cookie = 'rounds_csrf=abc'
    who = ME
    serve(server)
    const session = useSession()
    await session.restore()
    expect(session).toMatchObject({ status: 'signedIn', evicted: true })
    setActivePinia(createPinia())
    const next = useSession()
    await next.restore()
    expect(next.evicted).toBe(true)
    await next.evictionSeen()
    expect(await getMeta('evicted')).toBeUndefined()
  })

  it('is told before signing in when the server cannot be asked', async () => {
    document.cookie = 'rounds_csrf=abc'
    serve(() => undefined)
    const session = useSession()
    await session.restore()
    expect(session).toMatchObject({ status: 'signedOut', evicted: true })
  })

  it('is not taken for a first visit, nor the other way round', async () => {
    serve(server)
    const session = useSession()
    await session.restore()
    expect(session).toMatchObject({ status: 'signedOut', evicted: false })
    await setMeta('me', person(ME, 'x'))
    document.cookie = 'rounds_csrf=abc'
    setActivePinia(createPinia())
    const known = useSession()
    await known.restore()
    expect(known).toMatchObject({ status: 'signedIn', evicted: false })
  })
})

describe('keeping our data', () => {
  it('is asked for once somebody has signed in', async () => {
    const persist = vi.fn(async () => true)
    vi.stubGlobal('navigator', { ...navigator, userAgent: 'test', storage: { persist, persisted: async () => true, estimate: async () => ({}) } })
    serve(server)
    await useSession().signIn(ME, 'x')
    await vi.waitFor(() => expect(persist).toHaveBeenCalledOnce())
  })
})
