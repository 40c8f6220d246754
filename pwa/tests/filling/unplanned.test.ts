import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { CheckIn, InspectionDocument, Region, Store, Visit } from '@/api/types'
import { draftOfVisit, finishDraft, saveAnswer, startUnplanned, startVisit } from '@/db/drafts'
import { db } from '@/db/schema'
import { visitHere } from '@/db/storeCode'
import { visitById, visitsSince } from '@/db/visits'
import { beginPage } from '@/screens/visit/beginData'
import { markOf, timingOf } from '@/domain/visitTiming'
import { content, item, section, words } from './items'

const list = content(section('front', [item('pass_fail', { key: 'door' })]))
const bakery = content(section('oven', [item('pass_fail', { key: 'oven', applies: { store_types: ['bakery'], tags: [], regions: [], dayparts: [] } })]))
const store = { id: 'store-1', name: words('Shop'), type: 'cvs', tags: [], region_id: 'sh', timezone: 'Asia/Shanghai', status: 'open' } as unknown as Store
const checklist = (id: string, version: number | null = 1) => ({ id, code: id, name: words(id), kind: 'visit', published_version: version, draft_revision: 1, has_draft: false, retired_at: null })
const here: CheckIn = { at: '2026-11-25T02:00:00Z', latitude: 31, longitude: 121, accuracy: 9, source: 'gps', reason: '' }
const begin = (id = 'list-1', who = 'me') => startUnplanned(store, checklist(id), 'unannounced', here, who)
const visit = { id: 'visit-1', store_id: 'store-1', store_name: words('Shop'), checklist_id: 'list-1', checklist_name: words('list-1'), checklist_version: 1, assignee: { id: 'me', name: '' }, state: 'scheduled', opens_at: '2026-11-25T00:00:00Z', early_at: '2026-11-25T00:00:00Z', due_at: '2026-11-25T10:00:00Z', missed_at: '2026-11-25T12:00:00Z' } as Visit

beforeEach(async () => {
  await db.delete()
  await db.open()
  await db.checklists.bulkPut([checklist('list-1'), checklist('list-2'), checklist('bakery'), checklist('not-here', 3)])
  for (const [id, what] of [['list-1', list], ['list-2', list], ['bakery', bakery]] as const) await db.versions.put({ checklist_id: id, number: 1, content: what, content_sha256: '' })
  await db.stores.put(store)
  await db.regions.put({ id: 'sh', parent_id: null, code: 'SH', name: words('Shanghai') } as Region)
})

describe('a visit that nothing was planned for', () => {
  it('begins with its check-in on the disk, once for a store and checklist', async () => {
    const draft = await begin()
    expect(await db.drafts.get(draft.id)).toMatchObject({ visit_id: null, kind: 'unannounced', check_in: here, checklist_version: 1, context: { store_type: 'cvs' } })
    expect((await begin()).id).toBe(draft.id)
    expect((await begin('list-2')).id).not.toBe(draft.id)
    expect((await begin('list-1', 'other')).id).not.toBe(draft.id)
  })

  it('is refused without the checklist on this phone', async () => {
    await expect(startUnplanned(store, checklist('not-here', 3), 'routine', here, 'me')).rejects.toThrow('checklist-missing')
    expect(await db.drafts.count()).toBe(0)
  })

  it('goes by the id of its report: begun, waiting, and sent', async () => {
    const { id } = await begin()
    expect((await draftOfVisit(id, 'me'))?.id).toBe(id)
    expect(await draftOfVisit(id, 'other')).toBeUndefined()
    const begun = (await visitById(id, 'me'))!
    expect(begun).toMatchObject({ unplanned: true, kind: 'unannounced', state: 'in_progress', draft: { id }, store_id: 'store-1' })
    expect(timingOf(begun, Date.now())).toBe('open')
    expect(await visitById(id, 'other')).toBeUndefined()

    await saveAnswer(id, 'door', { result: 'pass' })
    const entry = await finishDraft(id)
    expect(JSON.parse(entry.body) as InspectionDocument).toMatchObject({ visit_id: null, kind: 'unannounced' })
    const waits = (await visitById(id, 'me'))!
    expect(waits).toMatchObject({ unplanned: true, draft: null, finished: { id }, state: 'submitted', kind: 'unannounced' })
    expect(markOf(waits, Date.now())).toBe('done')

    await db.sent.put({ ...entry, delivered: true, sent_at: new Date().toISOString(), epoch: 'e', photo_hashes: [] })
    await db.outbox.delete(id)
    expect(await visitById(id, 'me')).toMatchObject({ inspection_id: id, finished: null, unplanned: true })
  })

  it('stands in the list of the day with those that were planned, for its owner alone', async () => {
    await db.visits.put(visit)
    const { id } = await begin()
    expect((await visitsSince('me', '2026-11-01')).map((one) => one.id).toSorted()).toEqual([id, 'visit-1'].toSorted())
    expect((await visitsSince('other', '2026-11-01')).map((one) => one.id)).toEqual([])
  })

  it('is gone on with when the code of the store is scanned', async () => {
    const { id } = await begin()
    expect(await visitHere('store-1', 'me')).toBe(id)
  })

  it('leaves planned visits as they were: their reports say no kind', async () => {
    await db.visits.put(visit)
    const draft = await startVisit(visit, 'me')
    expect(await draftOfVisit(draft.id, 'me')).toBeUndefined()
    await saveAnswer(draft.id, 'door', { result: 'pass' })
    expect(JSON.parse((await finishDraft(draft.id)).body)).not.toHaveProperty('kind')
    expect((await visitById('visit-1', 'me'))?.finished?.id).toBe(draft.id)
  })
})

describe('what may be begun in a store', () => {
  it('is what is on this phone and asks something there, that of the last report first', async () => {
    expect((await beginPage('store-1', 'me'))!.choices.map((one) => [one.checklist.id, one.items])).toEqual([['list-1', 1], ['list-2', 1]])
    await db.inspections.put({ id: 'r', store_id: 'store-1', checklist_id: 'list-2', received_at: '2026-11-20T00:00:00Z' } as never)
    expect((await beginPage('store-1', 'me'))!.choices.map((one) => one.checklist.id)).toEqual(['list-2', 'list-1'])
    expect(await beginPage('elsewhere', 'me')).toBeNull()
  })

  it('names what this person has begun or is to do there', async () => {
    const now = new Date('2026-11-25T03:00:00Z')
    const later = { ...visit, id: 'tomorrow', opens_at: '2026-11-26T00:00:00Z', early_at: '2026-11-26T00:00:00Z', due_at: '2026-11-26T10:00:00Z', missed_at: '2026-11-26T12:00:00Z' }
    await db.visits.bulkPut([visit, later, { ...visit, id: 'of-another', assignee: { id: 'other', name: '' } }, { ...visit, id: 'over', state: 'submitted' }])
    const { id } = await begin()
    expect((await beginPage('store-1', 'me', now))!.going.map((one) => [one.id, one.window !== null])).toEqual([[id, false], ['visit-1', true]])
    expect((await beginPage('store-1', 'other', now))!.going.map((one) => one.id)).toEqual(['of-another'])
  })
})
