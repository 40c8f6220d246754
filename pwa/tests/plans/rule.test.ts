import { describe, expect, it } from 'vitest'
import { blankRule, formOf, partsOf, ruleOf, weekdayOf, type RuleForm } from '@/screens/plans/rule'

const form = (rest: Partial<RuleForm>): RuleForm => ({ ...blankRule(), ...rest })

const WAYS: [string, Partial<RuleForm>, string][] = [
  ['every day', { preset: 'daily' }, 'FREQ=DAILY'],
  ['every third day', { preset: 'daily', interval: 3 }, 'FREQ=DAILY;INTERVAL=3'],
  ['by weekdays, in their order', { preset: 'weekly', weekdays: ['TH', 'MO'] }, 'FREQ=WEEKLY;BYDAY=MO,TH'],
  ['every second week', { preset: 'weekly', interval: 2, weekdays: ['SU'] }, 'FREQ=WEEKLY;INTERVAL=2;BYDAY=SU'],
  ['by days of the month, the last one last', { preset: 'monthDay', monthDays: [-1, 15, 1] }, 'FREQ=MONTHLY;BYMONTHDAY=1,15,-1'],
  ['by the second Tuesday', { preset: 'monthWeekday', nth: 2, nthWeekday: 'TU' }, 'FREQ=MONTHLY;BYDAY=2TU'],
  ['by the last Friday of every other month', { preset: 'monthWeekday', interval: 2, nth: -1, nthWeekday: 'FR' }, 'FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR'],
  ['by quarters', { preset: 'quarterly', quarterMonth: 2, quarterDay: 10 }, 'FREQ=YEARLY;BYMONTH=2,5,8,11;BYMONTHDAY=10'],
  ['until a day', { preset: 'daily', until: '2026-12-31' }, 'FREQ=DAILY;UNTIL=20261231'],
  ['once', { preset: 'once' }, 'FREQ=DAILY;COUNT=1'],
  ['by an own rule', { preset: 'own', own: ' FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1 ' }, 'FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1'],
]

describe('a way to choose and its rule', () => {
  it.each(WAYS)('%s', (_, given, rrule) => {
    expect(ruleOf(form(given))).toBe(rrule)
    expect(ruleOf(formOf(rrule, '2026-11-30'))).toBe(rrule)
    expect(formOf(rrule, '2026-11-30').preset).toBe(given.preset)
  })
})

describe('rules that no way would have made stay as they are', () => {
  it.each([
    'FREQ=DAILY;COUNT=5',
    'FREQ=WEEKLY;COUNT=1',
    'FREQ=WEEKLY;BYDAY=MO;WKST=SU',
    'FREQ=MONTHLY;BYDAY=5MO',
    'FREQ=MONTHLY;BYDAY=MO',
    'FREQ=MONTHLY;BYMONTHDAY=-2',
    'FREQ=YEARLY;BYMONTH=1,4,7;BYMONTHDAY=1',
    'FREQ=YEARLY;BYMONTH=4,7,10,1;BYMONTHDAY=1',
    'FREQ=YEARLY;INTERVAL=2;BYMONTH=1,4,7,10;BYMONTHDAY=1',
    'FREQ=YEARLY',
    'FREQ=DAILY;UNTIL=20261231T000000Z',
    'FREQ=DAILY;INTERVAL=0',
    'nonsense',
    '',
  ])('%s', (rrule) => {
    expect(formOf(rrule, '2026-11-30')).toMatchObject({ preset: 'own', own: rrule })
  })
})

it.each([
  ['FREQ=WEEKLY', { preset: 'weekly', weekdays: ['MO'] }],
  ['FREQ=MONTHLY', { preset: 'monthDay', monthDays: [30] }],
  ['RRULE:freq=daily', { preset: 'daily' }],
])('what %s leaves out is read from the first day', (rrule, found) => {
  expect(formOf(rrule, '2026-11-30')).toMatchObject(found)
})

it.each([
  ['FREQ=DAILY;FREQ=DAILY', null],
  ['FREQ', null],
  ['BYDAY=MO', null],
  ['FREQ=DAILY=X', null],
  ['rrule:FREQ=DAILY;', { FREQ: 'DAILY' }],
])('the parts of %s', (text, parts) => {
  expect(partsOf(text)).toEqual(parts)
})

it.each([
  ['2026-11-29', 'SU'],
  ['2026-11-30', 'MO'],
  ['2028-02-29', 'TU'],
])('%s is a %s', (day, weekday) => {
  expect(weekdayOf(day)).toBe(weekday)
})
