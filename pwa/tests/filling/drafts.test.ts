import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { InspectionDocument, InspectionSummary, Region, Store, Visit } from '@/api/types'
import { codesUpwards, hourIn } from '@/db/context'
import { addPhoto } from '@/db/draftPhotos'
import { addRound, finishDraft, inForceFor, nameRound, removeRound, saveAnswer, startVisit } from '@/db/drafts'
import { failedBefore, repeatedTasks } from '@/db/earlier'
import { db } from '@/db/schema'
import { content, grades, item, section, words } from './items'

const freezers = section('freezers', [item('numeric', { key: 'temp', max: -15 })], { repeat: { min: 1, max: 2, name: words('Freezer') } })
const list = content(
  section('kitchen', [
    item('single', { key: 'fuel', choices: grades(['gas', 'Gas', 100], ['electric', 'Electric', 100]) }),
    item('pass_fail', { key: 'alarm', show_if: { item: 'fuel', value: ['gas'] } }),
    item('pass_fail', { key: 'bakery', applies: { store_types: ['bakery'], tags: [], regions: [], dayparts: [] } }),
  ]),
  freezers,
)
const store = { id: 'store-1', type: 'cvs', tags: ['24h'], region_id: 'sh', timezone: 'Asia/Shanghai' } as Store
const visit = { id: 'visit-1', store_id: 'store-1', store_name: words('Shop'), checklist_id: 'list-1', checklist_name: words('List'), checklist_version: 1 } as Visit
const started = () => startVisit(visit, 'me')
const now = async (id: string) => (await db.drafts.get(id))!
const keysInForce = async (id: string) => inForceFor(list, await now(id)).sections.flatMap((one) => one.items.map((each) => each.key))

beforeEach(async () => {
  await db.delete()
  await db.open()
  await db.checklists.put({ id: 'list-1', code: 'L', name: words('List'), kind: 'visit', published_version: 1, draft_revision: 1, has_draft: false, retired_at: null })
  await db.versions.put({ checklist_id: 'list-1', number: 1, content: list, content_sha256: '' })
  await db.stores.put(store)
  await db.regions.bulkPut([{ id: 'sh', parent_id: 'east', code: 'EAST-SH', name: words('Shanghai') }, { id: 'east', parent_id: null, code: 'EAST', name: words('East') }])
})

describe('a draft on what is in force', () => {
  it('keeps what was known of the store when it began', async () => {
    const draft = await started()
    expect(draft.context).toMatchObject({ store_type: 'cvs', tags: ['24h'], region_codes: ['EAST-SH', 'EAST'] })
    await db.stores.put({ ...store, type: 'bakery' })
    expect((await now(draft.id)).context?.store_type).toBe('cvs')
    expect(await keysInForce(draft.id)).toEqual(['fuel', 'temp#1'])
  })

  it('brings an answer back with its item, and sends only what is in force', async () => {
    const { id } = await started()
    await saveAnswer(id, 'fuel', { value: 'gas' })
    await saveAnswer(id, 'alarm', { result: 'fail' })
    const photo = { sha256: 'a'.repeat(64), bytes: new ArrayBuffer(3), type: 'image/jpeg', width: 1, height: 1, taken_at: '2026-11-25T01:00:00Z', source: 'camera' as const }
    await addPhoto(id, 'alarm', 'photos', photo)
    await saveAnswer(id, 'fuel', { value: 'electric' })
    expect(await keysInForce(id)).toEqual(['fuel', 'temp#1'])
    await saveAnswer(id, 'fuel', { value: 'gas' })
    expect(await keysInForce(id)).toEqual(['fuel', 'alarm', 'temp#1'])
    expect((await now(id)).answers.alarm).toMatchObject({ result: 'fail' })
    await saveAnswer(id, 'fuel', { value: 'electric' })
    await saveAnswer(id, 'temp#1', { value: -18 })
    const entry = await finishDraft(id)
    const sent = JSON.parse(entry.body) as InspectionDocument
    expect(sent.answers.map((one) => one.item_key)).toEqual(['fuel', 'temp#1'])
    expect(entry.photos).toEqual([])
    expect(sent.context?.store_type).toBe('cvs')
    expect(sent.rounds).toEqual({})
  })

  it('of an older app has no context and no rounds, and is finished all the same', async () => {
    const { context: _context, rounds: _rounds, ...old } = await started()
    await db.drafts.put(old)
    await saveAnswer(old.id, 'fuel', { value: 'gas' })
    const sent = JSON.parse((await finishDraft(old.id)).body) as InspectionDocument
    expect([sent.context, sent.rounds, sent.answers.length]).toEqual([null, {}, 1])
  })
})

describe('rounds', () => {
  it('are added up to the most, named, taken away with an undo, and kept to the fewest', async () => {
    const { id } = await started()
    await saveAnswer(id, 'temp#1', { value: -20 })
    expect(await addRound(id, freezers)).toBe(2)
    await nameRound(id, freezers, 2, ' Back room ')
    await saveAnswer(id, 'temp#2', { value: -10 })
    await expect(addRound(id, freezers)).rejects.toThrow('rounds-full')
    const undo = await removeRound(id, freezers, 1)
    expect((await now(id)).rounds).toEqual({ freezers: ['Back room'] })
    expect((await now(id)).answers).toMatchObject({ 'temp#1': { item_key: 'temp#1', value: -10 } })
    await expect(removeRound(id, freezers, 1)).rejects.toThrow('rounds-few')
    await undo()
    expect((await now(id)).rounds).toEqual({ freezers: ['', 'Back room'] })
    expect((await now(id)).answers).toMatchObject({ 'temp#1': { value: -20 }, 'temp#2': { value: -10 } })
  })
})

describe('what is known of the store', () => {
  const region = (id: string, parent_id: string | null): [string, Region] => [id, { id, parent_id, code: id.toUpperCase(), name: words(id) }]

  it('regions go up to the root, and a circle ends', () => {
    expect(codesUpwards('c', new Map([region('c', 'b'), region('b', 'a'), region('a', null)]))).toEqual(['C', 'B', 'A'])
    expect(codesUpwards('c', new Map([region('c', 'b'), region('b', 'c')]))).toEqual(['C', 'B'])
    expect(codesUpwards('x', new Map())).toEqual([])
  })

  it.each([
    ['Asia/Shanghai', '2026-11-25T16:30:00Z', 0],
    ['Asia/Shanghai', '2026-11-25T01:00:00Z', 9],
    ['Europe/London', '2026-07-01T22:30:00Z', 23],
  ])('a clock in %s shows at %s the hour %d', (zone, at, hour) => expect(hourIn(zone, new Date(at))).toBe(hour))
})

describe('what failed before', () => {
  const report = (id: string, submitted_at: string, failed_items: string[], given: Partial<InspectionSummary> = {}) =>
    ({ id, store_id: 's', checklist_id: 'c', status: 'approved', submitted_at, failed_items, ...given }) as InspectionSummary
  const visitNow = { id: 'new', store_id: 's', checklist_id: 'c', at: '2026-11-25T08:00:00+08:00' }

  it('is looked for in the last two reports of 90 days', () => {
    const reports = [report('1', '2026-11-01T01:00:00Z', ['third']), report('2', '2026-11-10T01:00:00Z', ['b']), report('3', '2026-11-20T01:00:00Z', ['a', 'b'])]
    expect(failedBefore(reports, visitNow)).toEqual(['a', 'b'])
    expect(failedBefore([report('1', '2026-08-20T01:00:00Z', ['old'])], visitNow)).toEqual([])
  })

  it.each([
    ['another store', { store_id: 'other' }], ['another checklist', { checklist_id: 'other' }], ['a voided report', { status: 'voided' as const }],
    ['the report itself', { id: 'new' }], ['a later one', { submitted_at: '2026-11-25T00:30:00Z' }],
  ])('not in %s', (_, given) => expect(failedBefore([report('1', '2026-11-20T01:00:00Z', ['a'], given)], visitNow)).toEqual([]))

  it('marks the tasks of what failed again', () => {
    const reports = [report('1', '2026-11-10T01:00:00Z', ['a']), report('2', '2026-11-20T01:00:00Z', ['a', 'b'])]
    const task = (id: string, inspection_id: string | null, item_key: string | null) => ({ id, inspection_id, item_key })
    const tasks = [task('first', '1', 'a'), task('again', '2', 'a'), task('new', '2', 'b'), task('by hand', null, null), task('not here', '9', 'a')]
    expect([...repeatedTasks(tasks, reports)]).toEqual(['again'])
  })
})
