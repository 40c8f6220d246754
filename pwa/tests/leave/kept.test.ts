import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it } from 'vitest'
import type { Store, Visit } from '@/api/types'
import { finishDraft, saveAnswer } from '@/db/drafts'
import { dropSignOff, keepCheckOut, keepSignOff, leaveFacts } from '@/db/leaving'
import { db, type Draft } from '@/db/schema'
import { beginSelfCheck, selfChecks } from '@/db/selfchecks'
import { codeIn, rememberCode, scannedFor, storeIn, visitHere } from '@/db/storeCode'
import { measuredFrom } from '@/composables/positionWatch'

const STORE = '0193c000-0000-7000-8000-0000000000fe'
const CODE = 'AZPAAAAAcACAAAAAAAAA_gwPrJ8hSg3b2k4z'
const name = { zh: '店', en: 'Shop' }
const START = new Date(Date.now() - 600_000).toISOString()
const draft = (more: Partial<Draft> = {}): Draft => ({
  id: 'd', user_id: 'u', visit_id: 'v', store_id: STORE, store_name: name, checklist_id: 'l', checklist_name: name, checklist_version: 1,
  started_at: START, updated_at: START, on_date: '2026-11-25',
  check_in: { at: START, latitude: 31.2, longitude: 121.4, accuracy: 9, source: 'gps', reason: '' }, note: '', answers: {}, ...more,
})
const hand = { sha256: 'a'.repeat(64), bytes: new ArrayBuffer(8), type: 'image/png', width: 800, height: 300, taken_at: new Date().toISOString(), source: 'camera' as const, quality: null }
const visit = (id: string, more: Partial<Visit> = {}): Visit => ({
  id, store_id: STORE, store_name: name, checklist_id: 'l', checklist_name: name, kind: 'self', state: 'scheduled', assignee: { id: 'u', name: 'me' },
  opens_at: '2026-11-25T00:00:00Z', due_at: '2026-11-25T09:00:00Z', early_at: '2026-11-24T00:00:00Z', finished_at: null, inspection_id: null, ...more,
} as Visit)

afterEach(() => Promise.all(db.tables.map((table) => table.clear())))
const sent = async () => JSON.parse((await finishDraft('d')).body)

describe('the word of the store', () => {
  it('is sent with its signature, and the signature waits with the photos', async () => {
    await db.drafts.add(draft())
    await keepSignOff('d', { outcome: 'signed', name: '陈', note: '' }, hand)
    const entry = await finishDraft('d')
    expect(JSON.parse(entry.body).sign_off).toMatchObject({ outcome: 'signed', name: '陈', photo: { sha256: hand.sha256, source: 'camera' } })
    expect([entry.photos, entry.photos_total]).toEqual([[hand.sha256], 1])
    expect(await db.photos.count()).toBe(1)
  })

  it('falls when an answer is changed behind its back', async () => {
    await db.drafts.add(draft())
    await keepSignOff('d', { outcome: 'absent', name: '', note: 'closed' }, null)
    await new Promise((resolve) => setTimeout(resolve, 5))
    await saveAnswer('d', 'a', { result: 'fail' })
    expect((await sent()).sign_off).toBeNull()
  })

  it('can be taken back, and that too', async () => {
    await db.drafts.add(draft())
    await keepSignOff('d', { outcome: 'absent', name: '', note: 'closed' }, null)
    const back = await dropSignOff('d')
    expect((await db.drafts.get('d'))?.sign_off).toBeNull()
    await back()
    expect((await sent()).sign_off.outcome).toBe('absent')
  })

  it('offers the people of the store, never oneself', async () => {
    await db.drafts.add(draft())
    await db.visits.bulkAdd([visit('1', { assignee: { id: 'c', name: 'Clerk' } }), visit('2')])
    expect((await leaveFacts((await db.drafts.get('d'))!)).names).toEqual(['Clerk'])
  })
})

describe('the position on leaving', () => {
  it('is the best of several, with all of them', async () => {
    const fix = (accuracy: number | null) => ({ at: START, latitude: 1, longitude: accuracy ?? 0, accuracy })
    const out = measuredFrom([fix(30), fix(8), fix(null)], START)
    expect([out.source, out.longitude, out.accuracy, out.fixes.length]).toEqual(['gps', 8, 8, 3])
    expect(measuredFrom([], START)).toMatchObject({ source: 'none', latitude: null, fixes: [] })
    await db.drafts.add(draft())
    await keepCheckOut('d', out)
    expect((await sent()).check_out).toEqual(out)
  })
})

describe('the code on the wall', () => {
  it('tells which store it hangs in', () => {
    expect(storeIn(CODE)).toBe(STORE)
    expect(codeIn(`https://rounds.example.com/s/${CODE}`)).toBe(CODE)
    expect(codeIn(` ${CODE}\n`)).toBe(CODE)
    for (const other of ['6901234567892', `https://x/s/${CODE}x`, '', `https://x/${CODE}`]) expect(codeIn(other)).toBeNull()
  })

  it('goes with the check-in of a visit there, when it was scanned for it', async () => {
    await db.drafts.add(draft())
    await rememberCode(CODE, STORE, 'u')
    expect((await sent()).check_in.store_token).toBe(CODE)
  })

  it.each([
    ['of another store', 'other-store', 'u', 0],
    ['scanned by somebody else', STORE, 'x', 0],
    ['scanned hours before', STORE, 'u', 4 * 3_600_000],
  ])('does not when it is %s', async (_, store, user, later) => {
    const started_at = new Date(Date.now() + later).toISOString()
    await db.drafts.add(draft({ started_at }))
    await rememberCode(CODE, store, user)
    expect((await sent()).check_in.store_token).toBeUndefined()
    expect(await scannedFor(STORE, 'u', started_at)).toBeNull()
  })

  it('leads to what was begun there, else to what is due first', async () => {
    await db.visits.bulkAdd([visit('late', { due_at: '2026-11-25T12:00:00Z' }), visit('soon'), visit('theirs', { assignee: null, due_at: '2026-11-25T01:00:00Z' })])
    expect(await visitHere(STORE, 'u', '2026-11-25T02:00:00Z')).toBe('soon')
    await db.drafts.add(draft({ visit_id: 'late' }))
    expect(await visitHere(STORE, 'u')).toBe('late')
    expect(await visitHere('elsewhere', 'u')).toBeNull()
  })
})

describe('self-checks', () => {
  const day = ['2026-11-26T00:00:00Z', '2026-11-25T00:00:00Z'] as const

  it('are those of my stores that are open today, mine first', async () => {
    await db.stores.add({ id: STORE, code: 'S', name, timezone: 'Asia/Shanghai' } as Store)
    await db.visits.bulkAdd([
      visit('anybody', { assignee: null, due_at: '2026-11-25T01:00:00Z' }), visit('mine'), visit('routine', { kind: 'routine' }),
      visit('tomorrow', { opens_at: '2026-11-26T00:00:00Z' }), visit('missed', { state: 'missed' }), visit('elsewhere', { store_id: 'x' }),
      visit('done', { state: 'submitted', finished_at: '2026-11-25T03:00:00Z' }), visit('yesterday', { state: 'submitted', finished_at: '2026-11-24T03:00:00Z' }),
    ])
    const found = await selfChecks('u', null, ...day)
    expect(found.now.map((one) => one.id)).toEqual(['mine', 'anybody'])
    expect(found.done.map((one) => one.id)).toEqual(['done'])
    expect(found.now[0]?.missing).toBe(true)
  })

  it('begin without a position', async () => {
    await db.checklists.add({ id: 'l', published_version: 1 } as never)
    await db.versions.add({ checklist_id: 'l', number: 1, content: { scoring: {}, sections: [] } } as never)
    const begun = await beginSelfCheck(visit('mine'), 'u')
    expect((await db.drafts.get(begun.id))?.check_in).toMatchObject({ source: 'none', latitude: null })
    expect((await beginSelfCheck(visit('mine'), 'u')).id).toBe(begun.id)
  })
})
