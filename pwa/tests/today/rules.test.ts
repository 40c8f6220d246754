import { describe, expect, it } from 'vitest'
import { momentOf, dayAt } from '@/domain/clock'
import { addDays, addMonths, isDay, lastOf, monthOf, weekdayOf, weekOf } from '@/domain/days'
import { metresBetween, pointOf, toGcj02, toWgs84 } from '@/domain/geo'
import { hoursOn, openAround, opensFrom, type Shop } from '@/domain/openingHours'
import { readinessOf, versionName, type Held } from '@/domain/readiness'
import { markOf, timingOf } from '@/domain/visitTiming'

describe('days', () => {
  it('weeks begin on Monday', () => {
    expect(weekOf('2026-11-25')).toEqual(['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28', '2026-11-29'])
    expect([weekdayOf('2026-11-23'), weekdayOf('2026-11-29')]).toEqual([0, 6])
  })

  it.each([
    ['2026-11-25', '2026-10-26', '2026-12-06', 6],
    ['2027-02-14', '2027-02-01', '2027-02-28', 4],
    ['2026-12-31', '2026-11-30', '2027-01-03', 5],
  ])('the month of %s goes from %s to %s', (day, from, to, weeks) => {
    const month = monthOf(day)
    expect([month[0]![0], month.at(-1)!.at(-1), month.length]).toEqual([from, to, weeks])
  })

  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2024-03-31', -1, '2024-02-29'],
  ])('%s and %i months is %s', (day, n, expected) => expect(addMonths(day, n)).toBe(expected))

  it('goes over the ends of months and years', () => {
    expect([addDays('2026-12-31', 1), addDays('2026-03-01', -1), lastOf('2028-02-03')]).toEqual(['2027-01-01', '2026-02-28', '2028-02-29'])
  })

  it.each([['2026-11-25', true], ['2026-02-30', false], ['2026-1-1', false], ['x', false], [undefined, false]])('%s is a day: %s', (text, expected) => expect(isDay(text)).toBe(expected))
})

describe('distances', () => {
  const renmin = { latitude: 31.227, longitude: 121.488 }

  it('are those of the server', () => {
    expect(metresBetween(renmin, { latitude: 31.2234, longitude: 121.4453 })).toBeCloseTo(4079.8984, 3)
    expect(metresBetween(renmin, renmin)).toBe(0)
  })

  it('points of Chinese maps are shifted back before anything is measured', () => {
    const shown = toGcj02(renmin)
    expect([shown.latitude, shown.longitude].map((one) => one.toFixed(9))).toEqual(['31.225015416', '121.492473982'])
    expect(metresBetween(renmin, shown)).toBeGreaterThan(300)
    expect(metresBetween(renmin, toWgs84(shown))).toBeLessThan(0.05)
    expect(metresBetween(renmin, pointOf({ ...shown, coord_sys: 'GCJ-02' })!)).toBeLessThan(0.05)
    expect(pointOf({ ...renmin, coord_sys: 'WGS-84' })).toEqual(renmin)
  })

  it('outside China nothing is shifted, and without a point there is none', () => {
    const paris = { latitude: 48.8566, longitude: 2.3522 }
    expect(toWgs84(paris)).toEqual(paris)
    expect(pointOf({ latitude: null, longitude: 2, coord_sys: 'WGS-84' })).toBeNull()
    expect(pointOf(undefined)).toBeNull()
  })
})

describe('opening hours', () => {
  const shop: Shop = {
    timezone: 'Asia/Shanghai',
    opening_hours: { mo: [['09:00', '22:00']], tu: [['10:00', '14:00'], ['16:00', '20:00']], fr: [['18:00', '02:00']], su: [['00:00', '24:00']] },
    closed_dates: ['2026-11-30'],
  }
  const here = (day: string, time: string): number => momentOf(day, time, 'Asia/Shanghai')!.getTime()

  it.each([
    ['on a Monday', '2026-11-23', '12:00', '12:00'],
    ['before it opens', '2026-11-23', '07:30', '09:00'],
    ['in the noon break', '2026-11-24', '14:00', '16:00'],
    ['late on a day without end', '2026-11-22', '23:59', '23:59'],
    ['over midnight, in the night that began the day before', '2026-11-28', '01:30', '01:30'],
    ['all day long', '2026-11-29', '00:00', '00:00'],
  ])('%s', (_, day, time, opens) => {
    expect(opensFrom(openAround(shop, here(day, time)), here(day, time))).toBe(here(day, opens))
  })

  it.each([
    ['on a weekday without hours', '2026-11-25', '12:00'],
    ['on a closed date', '2026-11-30', '12:00'],
  ])('not open %s', (_, day, time) => {
    const spans = openAround({ ...shop, opening_hours: { mo: shop.opening_hours!.mo } }, here(day, time))
    expect(opensFrom(spans, here(day, time))).toBeNull()
  })

  it('a closed date has no hours, and what is not known is null', () => {
    expect(hoursOn(shop, '2026-11-30')).toEqual([])
    expect(hoursOn({ ...shop, opening_hours: null }, '2026-11-23')).toBeNull()
    expect(opensFrom(null, 5)).toBe(5)
  })

  it('the day is that of the store', () => {
    expect(dayAt('2026-11-24T17:00:00Z', 'Asia/Shanghai')).toBe('2026-11-25')
    expect(dayAt('2026-11-24T17:00:00Z', 'America/New_York')).toBe('2026-11-24')
    expect(momentOf('2026-11-25', '09:00', 'Asia/Shanghai')?.toISOString()).toBe('2026-11-25T01:00:00.000Z')
  })
})

describe('a visit and the clock', () => {
  const visit = { state: 'scheduled', early_at: '2026-11-25T07:00:00Z', opens_at: '2026-11-25T09:00:00Z', due_at: '2026-11-25T20:00:00Z', missed_at: '2026-11-26T20:00:00Z' }
  it.each([
    ['2026-11-25T06:59:59Z', 'tooEarly', 'todo'],
    ['2026-11-25T07:00:00Z', 'early', 'todo'],
    ['2026-11-25T09:00:00Z', 'open', 'todo'],
    ['2026-11-25T20:00:00Z', 'open', 'todo'],
    ['2026-11-25T20:00:01Z', 'late', 'overdue'],
    ['2026-11-26T20:00:00Z', 'missed', 'missed'],
  ])('at %s it is %s', (now, timing, mark) => {
    expect(timingOf(visit, Date.parse(now))).toBe(timing)
    expect(timingOf({ ...visit, state: 'in_progress' }, Date.parse(now))).toBe(timing)
    expect(markOf(visit, Date.parse(now))).toBe(mark)
  })

  it.each([
    ['submitted', 'over', 'done'],
    ['excused', 'over', 'off'],
    ['cancelled', 'over', 'off'],
    ['missed', 'missed', 'missed'],
  ])('%s is %s', (state, timing, mark) => {
    const now = Date.parse('2026-11-25T10:00:00Z')
    expect(timingOf({ ...visit, state }, now)).toBe(timing)
    expect(markOf({ ...visit, state }, now)).toBe(mark)
    expect(markOf({ ...visit, state, finished: {} }, now)).toBe('done')
  })

  it('a row of an older app knows no early time', () => {
    expect(timingOf({ ...visit, early_at: undefined as unknown as string }, Date.parse('2026-11-25T08:00:00Z'))).toBe('tooEarly')
  })
})

describe('ready for a day without a network', () => {
  const wanted = [{ checklist_id: 'a', version: 2, store_id: 's1' }, { checklist_id: 'a', version: 2, store_id: 's2' }, { checklist_id: 'b', version: 1, store_id: 's1' }]
  const held: Held = {
    versions: new Map([[versionName('a', 2), ['p1', 'p2']], [versionName('b', 1), ['p2', 'p3']], [versionName('c', 1), ['p9']]]),
    stores: new Set(['s1', 's2']),
    pictures: new Set(['p1', 'p2', 'p3']),
    mirrored: true,
  }
  const without = (address: string): ReadonlySet<string> => new Set([...held.pictures].filter((one) => one !== address))

  it('when all is here; each thing counts once', () => {
    expect(readinessOf(wanted, held)).toEqual({ ready: true, checklists: { done: 2, total: 2 }, pictures: { done: 3, total: 3 }, stores: { done: 2, total: 2 }, reports: true, whole: { done: 8, total: 8 } })
  })

  it.each([
    ['a checklist', { versions: new Map([[versionName('a', 2), ['p1']]]) }, 'checklists'],
    ['an older version only', { versions: new Map([[versionName('a', 1), []], [versionName('b', 1), []]]) }, 'checklists'],
    ['a picture', { pictures: without('p3') }, 'pictures'],
    ['a store', { stores: new Set(['s1']) }, 'stores'],
  ] as const)('not without %s', (_, less, part) => {
    const found = readinessOf(wanted, { ...held, ...less })
    expect(found.ready).toBe(false)
    expect(found[part].done).toBe(found[part].total - 1)
  })

  it('not before the reports have come once, nor with a checklist that nobody published', () => {
    expect(readinessOf(wanted, { ...held, mirrored: false }).reports).toBe(false)
    expect(readinessOf([{ checklist_id: 'z', version: null, store_id: 's1' }], held).ready).toBe(false)
  })

  it('an empty day is ready', () => {
    expect(readinessOf([], { versions: new Map(), stores: new Set(), pictures: new Set(), mirrored: false }).ready).toBe(true)
  })
})
