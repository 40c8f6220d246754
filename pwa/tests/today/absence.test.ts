import { beforeEach, describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { ApiProblem } from '@/api/problems'
import type { User } from '@/api/types'
import { deputiesFor, faultsFrom, faultsOf, useAbsenceForm, type AbsenceForm } from '@/screens/absence/absenceForm'

const TODAY = '2026-11-25'
const good: AbsenceForm = { id: 'a', user_id: 'me', deputy_id: 'you', first_day: TODAY, last_day: '2026-11-27', reason: '' }
const person = (id: string, role: User['role'], is_active = true): User => ({ id, username: id, name: id, role, locale: 'zh', is_active })

beforeEach(() => sessionStorage.clear())

describe('an absence', () => {
  it.each<[string, Partial<AbsenceForm>, object]>([
    ['as it should be', {}, {}],
    ['one day long', { last_day: TODAY }, {}],
    ['begun before today', { first_day: '2026-11-20' }, {}],
    ['without a deputy', { deputy_id: '' }, { deputy_id: 'required' }],
    ['without days', { first_day: '', last_day: '' }, { first_day: 'required', last_day: 'required' }],
    ['that ends before it begins', { first_day: '2026-11-28' }, { last_day: 'before_first' }],
    ['that is over', { first_day: '2026-11-20', last_day: '2026-11-24' }, { last_day: 'past' }],
    ['of a whole year', { last_day: '2027-11-25' }, {}],
    ['of more than a year', { last_day: '2027-11-26' }, { last_day: 'too_long' }],
  ])('%s', (_, more, expected) => expect(faultsOf({ ...good, ...more }, TODAY)).toEqual(expected))

  it('what the server says stands beside its field, in words we know', () => {
    const refused = (status: number, pointer: string, code: string) =>
      faultsFrom(new ApiProblem({ type: '/problems/validation', title: '', status, errors: [{ pointer, code, message: '' }] }))
    expect(refused(422, '/deputy_id', 'out_of_reach')).toEqual({ deputy_id: 'out_of_reach' })
    expect(refused(409, '/first_day', 'overlaps')).toEqual({ first_day: 'overlaps' })
    expect(refused(422, '/last_day', 'something new')).toEqual({ last_day: 'other' })
    expect(refused(422, '/elsewhere', 'x')).toBeNull()
    expect(faultsFrom(new TypeError('x'))).toBeNull()
  })

  it('deputies are active, of the same trade, and never oneself', () => {
    const people = [person('me', 'supervisor'), person('you', 'supervisor'), person('gone', 'supervisor', false), person('boss', 'regional_manager'), person('shop', 'store_manager'), person('clerk', 'store_staff')]
    const ids = (user: User | undefined) => deputiesFor(user, people).map((one) => one.id)
    expect(ids(people[0])).toEqual(['you', 'boss'])
    expect(ids(people[4])).toEqual(['clerk'])
    expect(ids(undefined)).toEqual([])
  })

  it('keeps what was typed until it is entered; the last day follows the first; a mended fault goes', async () => {
    const { form, faults } = useAbsenceForm(TODAY, 'me')
    Object.assign(faults, { deputy_id: 'required' })
    Object.assign(form, { deputy_id: 'you', first_day: '2026-12-01', reason: 'holiday' })
    await nextTick()
    expect(form.last_day).toBe('2026-12-01')
    expect(faults).toEqual({})
    await nextTick()
    const again = useAbsenceForm(TODAY, 'me')
    expect(again.form).toMatchObject({ deputy_id: 'you', reason: 'holiday', id: form.id })
    expect(useAbsenceForm(TODAY, 'other').form.deputy_id).toBe('')
    again.forget()
    expect(useAbsenceForm(TODAY, 'me').form).toMatchObject({ deputy_id: '', reason: '', first_day: TODAY })
    expect(again.form.id).not.toBe(form.id)
  })
})
