import { describe, expect, it } from 'vitest'
import { ApiProblem } from '@/api/problems'
import { blankForm, campaignMinutes, dayAfter, faultsOf, formOfPlan, termFaultsOf, termsOf, type PlanForm } from '@/screens/plans/editor/form'
import { minutesOf, unitFor } from '@/screens/plans/editor/lengths'
import { faultAt, refusals } from '@/screens/plans/editor/refusals'
import { plan, revision, terms } from './samples'

const TODAY = '2026-11-25'
const filled = (rest: Partial<PlanForm> = {}): PlanForm => ({ ...blankForm('p1', TODAY), checklist: 'c1', name: { zh: '', en: 'Round' }, ...rest })
const rule = (rest: Partial<PlanForm['rule']>): Partial<PlanForm> => ({ rule: { ...blankForm('', TODAY).rule, ...rest } })

it('begins tomorrow, weekly, by the supervisors', () => {
  expect(termsOf(blankForm('p1', TODAY))).toEqual(terms({ starts_on: '2026-11-26' }))
  expect(Object.keys(faultsOf(blankForm('p1', TODAY)))).toEqual(['/checklist_id', '/name'])
})

describe('what is wrong with a form', () => {
  it.each<[string, Partial<PlanForm>, Record<string, string>]>([
    ['nothing', {}, {}],
    ['no name', { name: { zh: ' ', en: '' } }, { '/name': 'requiredName' }],
    ['no person', { who: 'person' }, { '/terms/assignee/user_id': 'required' }],
    ['nobody in turn', { who: 'rotation' }, { '/terms/assignee/user_ids': 'requiredPeople' }],
    ['no first day', { starts_on: '' }, { '/terms/starts_on': 'requiredDate' }],
    ['no weekday', rule({ weekdays: [] }), { '/terms/rrule': 'requiredDays' }],
    ['no day of the month', rule({ preset: 'monthDay', monthDays: [] }), { '/terms/rrule': 'requiredDays' }],
    ['no own rule', rule({ preset: 'own', own: 'weekly' }), { '/terms/rrule': 'requiredRule' }],
    ['every no weeks', rule({ interval: 0 }), { '/terms/interval': 'number' }],
    ['ends before it begins', rule({ until: '2026-11-01' }), { '/terms/until': 'untilBefore' }],
    ['an end that does not count', rule({ preset: 'own', own: 'FREQ=DAILY', until: '2026-11-01' }), {}],
    ['no time', { times: ['09:00', ''] }, { '/terms/times': 'requiredTime' }],
    ['the same time twice', { times: ['09:00', '09:00'] }, { '/terms/times': 'twice' }],
    ['no length', { window: null }, { '/terms/window_minutes': 'number' }],
    ['too long', { window: 92 * 1440 + 1 }, { '/terms/window_minutes': 'number' }],
    ['late by nothing known', { late: null }, { '/terms/late_minutes': 'number' }],
    ['a lateness that does not count', { may_be_late: false, late: null }, {}],
    ['early by nothing known', { may_be_early: true, early: null }, { '/terms/early_minutes': 'number' }],
    ['no day to take effect', { effect: 'day', effect_day: '' }, { '/effective_from': 'requiredDate' }],
    ['a deadline before the start', { ...rule({ preset: 'once' }), deadline_day: '2026-11-25' }, { '/terms/window_minutes': 'deadlineBefore' }],
    ['no deadline', { ...rule({ preset: 'once' }), deadline_day: '' }, { '/terms/window_minutes': 'requiredDate' }],
  ])('%s', (_, rest, faults) => {
    expect(faultsOf(filled(rest))).toEqual(faults)
  })

  it('a preview needs no name', () => {
    expect(termFaultsOf(filled({ name: { zh: '', en: '' } }))).toEqual({})
  })
})

describe('the terms of a form', () => {
  it.each<[string, Partial<PlanForm>, object]>([
    ['a role', { who: 'role', role: 'regional_manager' }, { assignee: { rule: 'role', role: 'regional_manager' } }],
    ['a person', { who: 'person', person: 'u7' }, { assignee: { rule: 'person', user_id: 'u7' } }],
    ['in turn', { who: 'rotation', people: ['u2', 'u1'] }, { assignee: { rule: 'rotation', user_ids: ['u2', 'u1'] } }],
    ['times in their order', { times: ['15:00', '09:00'] }, { times: ['09:00', '15:00'] }],
    ['never late', { may_be_late: false }, { late_minutes: null }],
    ['early', { may_be_early: true, early: 90 }, { early_minutes: 90 }],
    ['a campaign until its deadline', { ...rule({ preset: 'once' }), starts_on: '2026-11-26', times: ['08:00', '20:00'], deadline_day: '2026-11-28', deadline_time: '18:00' }, { rrule: 'FREQ=DAILY;COUNT=1', times: ['08:00'], window_minutes: 58 * 60 }],
  ])('%s', (_, rest, found) => {
    expect(termsOf(filled(rest))).toMatchObject(found)
  })

  it('a plan comes back as it was', () => {
    const given = terms({ assignee: { rule: 'rotation', user_ids: ['u2'] }, times: ['07:00', '15:00'], late_minutes: null, early_minutes: 60, closed: { weekdays: ['SA'], dates: ['2027-01-01'] }, note: 'n' })
    expect(termsOf(formOfPlan(plan({ current: revision(1, { terms: given }) }), TODAY))).toEqual(given)
  })

  it('a campaign comes back with its deadline', () => {
    const given = terms({ rrule: 'FREQ=DAILY;COUNT=1', window_minutes: 58 * 60 })
    const form = formOfPlan(plan({ current: revision(1, { terms: given }) }), TODAY)
    expect([form.deadline_day, form.deadline_time, campaignMinutes(form)]).toEqual(['2026-12-02', '19:00', 58 * 60])
  })

  it('what is changed is what will count last', () => {
    const next = revision(2, { terms: terms({ note: 'new' }) })
    expect(formOfPlan(plan({ next }), TODAY).note).toBe('new')
    expect(formOfPlan(plan({ next: { ...next, stopped: true } }), TODAY).note).toBe('')
  })
})

it.each([
  ['2026-12-31', 1, '2027-01-01'],
  ['2028-02-28', 1, '2028-02-29'],
  ['2026-11-25', 8, '2026-12-03'],
])('%s and %i days', (day, days, after) => {
  expect(dayAfter(day, days)).toBe(after)
})

it.each([
  [null, 'hours'],
  [45, 'minutes'],
  [90, 'minutes'],
  [780, 'hours'],
  [1440, 'hours'],
  [4320, 'days'],
] as const)('%s minutes are shown in %s', (minutes, unit) => {
  expect(unitFor(minutes)).toBe(unit)
})

it.each([
  ['13', 'hours', 780],
  ['1.5', 'hours', 90],
  ['0.01', 'hours', null],
  ['3', 'days', 4320],
  ['', 'hours', null],
  ['-1', 'hours', null],
  ['x', 'minutes', null],
] as const)('"%s" %s are %s minutes', (text, unit, minutes) => {
  expect(minutesOf(text, unit)).toBe(minutes)
})

describe('what the server refuses', () => {
  const fault = (pointer: string) => ({ pointer, code: 'unknown', message: '' })
  const refusal = (status: number) => new ApiProblem({ type: '/problems/validation', title: '', status, errors: [fault('/terms/selection/region_ids/1')] })

  it('is found by its place', () => {
    const found = refusals(refusal(422))
    expect(faultAt(found, '/terms/selection/region_ids', true)?.code).toBe('unknown')
    expect(faultAt(found, '/terms/selection/region_ids')).toBeUndefined()
    expect(faultAt(found, '/terms/selection/region', true)).toBeUndefined()
  })

  it('names no places when it is something else', () => {
    expect(refusals(refusal(409))).toEqual({})
    expect(refusals(new Error('x'))).toEqual({})
  })
})
