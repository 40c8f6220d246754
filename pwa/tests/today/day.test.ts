import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { InspectionSummary, PriorityLine, Store, Visit } from '@/api/types'
import { keepOrder, keptDay, pickVisit, unpickVisit } from '@/db/day'
import { keepPriorities, keptPriorities } from '@/db/priorities'
import { db, forgetMirror, type Draft } from '@/db/schema'
import { dayFacts, groupsOf, shownDay, stopOf } from '@/screens/today/dayData'
import { endOf, hoursWord } from '@/screens/today/hoursWords'
import { countsOf, visitsByDay } from '@/screens/today/marks'
import { reasonsShort } from '@/screens/today/reasonWords'
import { words } from '../filling/items'

const ME = 'me'
const TODAY = '2026-11-25'
/** Ten in the morning in Shanghai, and in whatever zone the machine is in it is the same day there. */
const NOW = Date.parse('2026-11-25T02:00:00Z')
const store = (id: string, more: Partial<Store> = {}): Store =>
  ({ id, code: id, name: words(id), timezone: 'Asia/Shanghai', latitude: 31, longitude: 121, coord_sys: 'WGS-84', opening_hours: null, closed_dates: [], ...more }) as Store

function visit(id: string, opens: string, due: string, more: Partial<Visit> = {}): Visit {
  const at = (text: string): string => new Date(`${text}:00+08:00`).toISOString()
  return {
    id, store_id: 's1', store_name: words('S1'), checklist_id: 'c', checklist_name: words('C'), checklist_version: 1,
    assignee: { id: ME, name: 'Me' }, kind: 'routine', opens_at: at(opens), early_at: at(opens), due_at: at(due),
    missed_at: new Date(Date.parse(at(due)) + 86_400_000).toISOString(), state: 'scheduled', inspection_id: null, note: '', version: 1,
    created_at: at(opens), plan_id: null, plan_name: null, owner: null, started_at: null, finished_at: null, rescheduled_from: null,
    rescheduled_to: null, source_inspection_id: null, settled_at: null, reason: '', late: false, overdue: false, upcoming: false, ...more,
  }
}

const priority = (store_id: string, urgency: PriorityLine['urgency'], points = 10): PriorityLine =>
  ({ store_id, store_code: store_id, store_name: words(store_id), points, urgency, last_visit: null, parts: [{ part: 'never', points, fact: 0 }] })

beforeEach(async () => {
  await db.delete()
  await db.open()
  await db.stores.bulkPut([store('s1'), store('s2')])
})

const grouped = async (): Promise<Record<string, string>> => {
  const groups = groupsOf(await dayFacts(ME, TODAY), NOW)
  return Object.fromEntries(Object.entries(groups as unknown as Record<string, Visit[]>).flatMap(([name, visits]) => visits.map((one) => [one.id, name])))
}

describe('where a visit stands today', () => {
  it.each([
    ['due today', visit('v', '2026-11-25T09:00', '2026-11-25T22:00'), 'route'],
    ['opens later today', visit('v', '2026-11-25T14:00', '2026-11-25T22:00'), 'route'],
    ['due at midnight is due today', visit('v', '2026-11-25T09:00', '2026-11-26T00:00'), 'route'],
    ['overdue and still allowed', visit('v', '2026-11-24T09:00', '2026-11-24T22:00'), 'route'],
    ['open, due later', visit('v', '2026-11-23T09:00', '2026-11-29T22:00'), 'canWait'],
    ['opens tomorrow', visit('v', '2026-11-26T09:00', '2026-11-26T22:00'), 'later'],
    ['opens tomorrow, may be begun today', visit('v', '2026-11-26T00:30', '2026-11-26T22:00', { early_at: '2026-11-25T01:00:00Z' }), 'canWait'],
    ['missed by the clock', visit('v', '2026-11-23T09:00', '2026-11-23T22:00'), 'missed'],
    ['missed, said the server', visit('v', '2026-11-23T09:00', '2026-11-23T22:00', { state: 'missed' }), 'missed'],
    ['missed and settled', visit('v', '2026-11-23T09:00', '2026-11-23T22:00', { state: 'missed', settled_at: '2026-11-24T01:00:00Z' }), undefined],
    ['missed long ago', visit('v', '2026-11-10T09:00', '2026-11-10T22:00', { state: 'missed' }), undefined],
    ['handed in today', visit('v', '2026-11-25T09:00', '2026-11-25T22:00', { state: 'submitted', finished_at: '2026-11-25T01:30:00Z' }), 'done'],
    ['handed in yesterday', visit('v', '2026-11-24T09:00', '2026-11-24T22:00', { state: 'submitted', finished_at: '2026-11-24T03:00:00Z' }), undefined],
    ['cancelled', visit('v', '2026-11-25T09:00', '2026-11-25T22:00', { state: 'cancelled' }), undefined],
    ['somebody else’s', visit('v', '2026-11-25T09:00', '2026-11-25T22:00', { assignee: { id: 'you', name: 'You' } }), undefined],
  ])('%s', async (_, given, expected) => {
    await db.visits.put(given)
    expect((await grouped()).v).toBe(expected)
  })

  it('what is urgent comes along though it could wait; what is soon does not', async () => {
    await db.visits.bulkPut([visit('hot', '2026-11-23T09:00', '2026-11-29T22:00'), visit('soon', '2026-11-23T09:00', '2026-11-29T22:00', { store_id: 's2' })])
    await keepPriorities(ME, [priority('s1', 'urgent', 70), priority('s2', 'soon', 40)])
    expect(await grouped()).toEqual({ hot: 'route', soon: 'canWait' })
  })

  it('what was taken on is on the way until it is let go, and on no other day', async () => {
    await db.visits.put(visit('v', '2026-11-23T09:00', '2026-11-29T22:00'))
    await pickVisit(ME, TODAY, 'v')
    expect(await grouped()).toEqual({ v: 'route' })
    expect((await keptDay(ME, '2026-11-26')).picked).toEqual([])
    await unpickVisit(ME, TODAY, 'v')
    expect(await grouped()).toEqual({ v: 'canWait' })
  })

  it('what was begun here is on the way, whatever the server says of it', async () => {
    await db.visits.put(visit('v', '2026-11-20T09:00', '2026-11-20T22:00', { state: 'cancelled' }))
    await db.drafts.put({ id: 'd', user_id: ME, visit_id: 'v', answers: {} } as unknown as Draft)
    expect(await grouped()).toEqual({ v: 'route' })
  })
})

describe('what is kept of a day', () => {
  it('the order is of this person and this day', async () => {
    await keepOrder(ME, TODAY, ['b', 'a'])
    expect((await keptDay(ME, TODAY)).order).toEqual(['b', 'a'])
    expect((await keptDay('you', TODAY)).order).toBeNull()
    expect((await keptDay(ME, '2026-11-26')).order).toBeNull()
    await keepOrder(ME, TODAY, null)
    expect((await keptDay(ME, TODAY)).order).toBeNull()
  })

  it('priorities are of this person, and go with the mirror', async () => {
    await keepPriorities(ME, [priority('s1', 'soon')], new Date(NOW))
    expect(await keptPriorities(ME)).toMatchObject({ at: '2026-11-25T02:00:00.000Z', lines: [{ store_id: 's1' }] })
    expect(await keptPriorities('you')).toBeNull()
    await forgetMirror()
    expect(await keptPriorities(ME)).toBeNull()
  })
})

describe('a visit as the route sees it', () => {
  it('has its point, its priority and the hours of the store', async () => {
    await db.stores.put(store('s1', { opening_hours: { we: [['09:00', '22:00']] } }))
    await db.visits.put(visit('v', '2026-11-25T14:00', '2026-11-25T22:00'))
    await keepPriorities(ME, [priority('s1', 'urgent', 70)])
    const facts = await dayFacts(ME, TODAY)
    expect(stopOf(facts.visits[0]!, facts, NOW)).toEqual({
      id: 'v', store: 's1', point: { latitude: 31, longitude: 121 }, begun: false, urgency: 'urgent', points: 70,
      due: Date.parse('2026-11-25T14:00:00Z'), from: Date.parse('2026-11-25T06:00:00Z'), open: [[Date.parse('2026-11-25T01:00:00Z'), Date.parse('2026-11-25T14:00:00Z')]],
    })
  })

  it('without a store on the phone has neither', async () => {
    await db.visits.put(visit('v', '2026-11-25T09:00', '2026-11-25T22:00', { store_id: 'gone' }))
    const facts = await dayFacts(ME, TODAY)
    expect(stopOf(facts.visits[0]!, facts, NOW)).toMatchObject({ point: null, open: null, urgency: 'routine', from: 0 })
  })
})

describe('the calendar', () => {
  it('shows what was handed in on its day, all else on the day it is due', async () => {
    await db.visits.bulkPut([
      visit('todo', '2026-11-23T09:00', '2026-11-29T22:00'),
      visit('done', '2026-11-23T09:00', '2026-11-29T22:00', { state: 'submitted', finished_at: '2026-11-24T03:00:00Z' }),
      visit('off', '2026-11-29T09:00', '2026-11-30T00:00', { state: 'excused' }),
    ])
    const facts = await dayFacts(ME, TODAY)
    expect(Object.fromEntries(facts.visits.map((one) => [one.id, shownDay(facts, one)]))).toEqual({ todo: '2026-11-29', done: '2026-11-24', off: '2026-11-29' })
    const byDay = visitsByDay(facts)
    expect(byDay.get('2026-11-29')?.map((one) => one.id)).toEqual(['todo', 'off'])
    expect(countsOf(byDay.get('2026-11-29')!, NOW)).toEqual([{ mark: 'todo', n: 1 }, { mark: 'off', n: 1 }])
    expect(countsOf(byDay.get('2026-11-29')!, Date.parse('2026-11-29T15:00:00Z'))).toEqual([{ mark: 'overdue', n: 1 }, { mark: 'off', n: 1 }])
  })

  it('counts the last report that was not voided as the last', async () => {
    const report = (id: string, at: string, status: string) => ({ id, store_id: 's1', submitted_at: at, status }) as InspectionSummary
    await db.inspections.bulkPut([report('a', '2026-11-01T00:00:00Z', 'approved'), report('b', '2026-11-20T00:00:00Z', 'voided'), report('c', '2026-11-10T00:00:00Z', 'in_review')])
    expect((await dayFacts(ME, TODAY)).last.get('s1')?.id).toBe('c')
  })
})

describe('words', () => {
  const shop = (hours: [string, string][]) => store('s', { opening_hours: { we: hours } })
  it.each([
    [[['09:00', '22:00']], 'hours', '09–22'],
    [[['09:30', '14:00'], ['16:00', '20:30']], 'hours', '09:30–14 16–20:30'],
    [[['00:00', '24:00']], 'whole', ''],
    [[], 'closed', ''],
  ] as [[string, string][], string, string][])('hours %j', (hours, kind, text) => expect(hoursWord(shop(hours), NOW)).toEqual({ kind, text }))

  it('unknown hours say nothing', () => {
    expect(hoursWord(store('s'), NOW)).toBeNull()
    expect(hoursWord(undefined, NOW)).toBeNull()
  })

  it('midnight is the end of its day', () => {
    expect(endOf('2026-11-25T16:00:00Z', 'Asia/Shanghai')).toEqual({ date: '2026-11-25', time: '24:00' })
    expect(endOf('2026-11-25T14:00:00Z', 'Asia/Shanghai')).toEqual({ date: '2026-11-25', time: '22:00' })
  })

  it('the plainest three reasons stand on the card, redlines first', () => {
    const line = { ...priority('s', 'urgent'), parts: [{ part: 'waiting', points: 40, fact: 38 }, { part: 'band', points: 20, fact: 'unrated' }, { part: 'redline', points: 15, fact: 1 }, { part: 'overdue', points: 3, fact: 2 }] } as PriorityLine
    const t = (key: string, named?: Record<string, unknown>): string => `${key}${named?.n ?? ''}`
    expect(reasonsShort(t, line)).toEqual(['today.reason.redline1', 'today.reason.waiting38', 'today.reason.overdue2'])
  })
})
