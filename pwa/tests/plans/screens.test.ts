import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { asked as question } from '@/composables/useConfirm'
import { toasts } from '@/composables/useToast'
import { db } from '@/db/schema'
import Absences from '@/screens/plans/absences/Absences.vue'
import Desk from '@/screens/plans/desk/Desk.vue'
import NeedsYou from '@/screens/overview/NeedsYou.vue'
import PlanList from '@/screens/plans/PlanList.vue'
import PlanPage from '@/screens/plans/PlanPage.vue'
import { plan, revision, store, terms, visit } from './samples'
import { answers, asked, open, press, refusal, says, settle, sheet, text, told, until, useServer } from './server'

useServer()

async function type(name: string, value: string): Promise<void> {
  const field = [...document.querySelectorAll<HTMLSelectElement | HTMLInputElement>(`[name=${name}]`)].at(-1)!
  field.value = value
  field.dispatchEvent(new Event(field.tagName === 'SELECT' ? 'change' : 'input'))
  await settle()
}

function submit(id: string): Promise<void> {
  document.getElementById(id)!.dispatchEvent(new Event('submit'))
  return settle(60)
}

describe('the list of plans', () => {
  it('says in words what each asks for, by state, kept in the address', async () => {
    answers['GET /plans'] = { items: [plan(), plan({ id: 'p2', name: { zh: '', en: 'Winter campaign' }, current: revision(1, { terms: terms({ rrule: 'FREQ=DAILY;COUNT=1' }) }) }), plan({ id: 'p3', name: { zh: '', en: 'Old' }, state: 'ended' })], next: null }
    const { wrapper, router } = await open(PlanList, '/plans', '/plans')
    for (const words of ['Weekly round', 'Mondays, from 09:00 for 13 hours', 'List · 6 stores · 30 visits ahead', 'Winter campaign', 'Campaign']) expect(text()).toContain(words)
    expect(text()).not.toContain('Old')
    press('Ended1')
    await settle()
    expect(text()).toContain('Old')
    expect(router.currentRoute.value.fullPath).toBe('/plans?state=ended')
    wrapper.unmount()
  })

  it('says what plans are for when there is none, and offers the first', async () => {
    const { wrapper } = await open(PlanList, '/plans', '/plans')
    expect(text()).toContain('A plan says which stores are visited')
    expect(document.querySelector('.r-empty a')?.getAttribute('href')).toBe('/plans/new')
    wrapper.unmount()
  })
})

describe('a plan', () => {
  it('is paused with a reason, and the undo resumes it from the same day', async () => {
    answers['GET /plans/p1'] = plan()
    answers['POST /plans/p1/transitions'] = (body: unknown) => ((body as { action: string }).action === 'pause' ? plan({ state: 'paused', version: 4, visits_ahead: 0 }) : plan({ version: 5 }))
    const { wrapper } = await open(PlanPage, '/plans/p1', '/plans/:id')
    press('More actions')
    await sheet()
    ;[...document.querySelectorAll<HTMLElement>('[role=dialog] button')].find((one) => one.textContent?.includes('Pause the plan'))!.click()
    await settle()
    await submit('plan-deed')
    expect(text()).toContain('Please give a reason')
    await type('reason', 'Rebuilding')
    await submit('plan-deed')
    expect(await asked('POST /plans/p1/transitions')).toEqual([{ action: 'pause', version: 3, reason: 'Rebuilding', effective_from: 'next' }])
    await says('Paused')
    expect(toasts[0]?.text).toBe('The plan is paused; 30 visits taken back')
    await toasts[0]!.action!.run()
    expect(told('POST /plans/p1/transitions').at(-1)).toMatchObject({ action: 'resume', version: 4, effective_from: 'next' })
    wrapper.unmount()
  })

  it('shows how far its visits are made, and looks again until they are', async () => {
    answers['GET /plans/p1'] = plan({ settled: { stores: 500, of: 3000 } })
    const { wrapper } = await open(PlanPage, '/plans/p1', '/plans/:id')
    expect(text()).toContain('500 of 3000 stores')
    answers['GET /plans/p1'] = plan()
    await until(() => !text().includes('500 of 3000 stores'), 'the end of the progress')
    expect(told('GET /plans/p1').length).toBeGreaterThan(1)
    wrapper.unmount()
  })

  it('beyond one\'s regions can only be looked at', async () => {
    answers['GET /plans/p1'] = plan({ may_change: false })
    const { wrapper } = await open(PlanPage, '/plans/p1', '/plans/:id')
    expect(text()).toContain('you can only look at it')
    expect(document.querySelector('[href="/plans/p1/edit"]')).toBeNull()
    wrapper.unmount()
  })

  it('has exceptions; taking one away can be undone', async () => {
    const override = { store: store('A'), excluded: false, times: ['10:00'], assignee: null, window_minutes: 120 }
    answers['GET /plans/p1'] = plan({ overrides: [override] })
    answers['DELETE /plans/p1/stores/A'] = plan()
    answers['PUT /plans/p1/stores/A'] = plan({ overrides: [override] })
    const { wrapper } = await open(PlanPage, '/plans/p1?tab=overrides', '/plans/:id')
    expect(text()).toContain('Another time 10:00 · Another length 2 hours')
    press('As the plan again Store A')
    await says('All stores are as the plan says')
    await toasts[0]!.action!.run()
    expect(told('PUT /plans/p1/stores/A')).toEqual([{ excluded: false, times: ['10:00'], assignee: null, window_minutes: 120 }])
    wrapper.unmount()
  })

  it('that asks once opens at its board', async () => {
    answers['GET /plans/p1'] = plan({ current: revision(1, { terms: terms({ rrule: 'FREQ=DAILY;COUNT=1' }) }) })
    const done = { id: 'v1', state: 'submitted', due_at: '2026-12-01T00:00:00Z', assignee: { id: 'u2', name: 'S' }, inspection_id: 'i1', score: 91.5, band: 'A', findings: 2 }
    answers['GET /plans/p1/board'] = { items: [{ store: store('A'), visits: [done] }, { store: store('B'), visits: [{ ...done, id: 'v2', state: 'missed', inspection_id: null, score: null }] }], next: null }
    const { wrapper } = await open(PlanPage, '/plans/p1', '/plans/:id')
    await says('1 of 2 stores done')
    for (const words of ['Store A', '91.5', '2 findings', 'Missed']) expect(text()).toContain(words)
    expect(document.querySelector('[href="/inspections/i1"]')).not.toBeNull()
    press('Missed1')
    await settle()
    expect(text()).not.toContain('Store A')
    wrapper.unmount()
  })
})

describe('the desk', () => {
  const many = (ids: string[]) => ({ items: ids.map((id) => ({ id, done: true, visit: visit(id), problem: null })) })

  it('excuses many at once, with one reason', async () => {
    answers['GET /visits'] = (given: unknown) => ({ items: String(given).includes('unsettled') ? [visit('A'), visit('B')] : [], next: null })
    answers['POST /visits/transitions'] = many(['B', 'A'])
    const { wrapper } = await open(Desk, '/desk', '/desk')
    expect(text()).toContain('not handed in by')
    document.querySelector<HTMLInputElement>('.all input')!.click()
    await settle()
    press('Excuse')
    await sheet()
    await submit('settle')
    expect(text()).toContain('Please give a reason')
    press('Weather')
    await settle()
    answers['GET /visits'] = { items: [], next: null }
    await submit('settle')
    expect(await asked('POST /visits/transitions')).toEqual([{ action: 'excuse', reason: 'Weather', ids: [{ id: 'B', version: 2 }, { id: 'A', version: 2 }] }])
    await until(() => toasts.length, 'a notice')
    expect(toasts[0]?.text).toBe('2 visits excused')
    await says('No missed visits to settle')
    wrapper.unmount()
  })

  it('keeps the sheet and says beside the field why nothing was done', async () => {
    answers['GET /visits'] = (given: unknown) => ({ items: String(given).includes('unassigned') ? [visit('A', { state: 'scheduled', assignee: null, plan_id: 'p1', plan_name: { zh: '', en: 'Weekly round' } })] : [], next: null })
    answers['GET /users'] = { items: [{ id: 'u2', username: 's', name: 'S', role: 'supervisor', locale: 'en', is_active: true }], next: null }
    const problem = { type: '/problems/validation', title: '', status: 422, detail: '', errors: [{ pointer: '/assignee_id', code: 'out_of_reach', message: '' }] }
    answers['POST /visits/transitions'] = { items: [{ id: 'A', done: false, visit: null, problem }] }
    const { wrapper } = await open(Desk, '/desk?tab=unassigned', '/desk')
    expect(text()).toContain('The rule of “Weekly round” finds nobody to go')
    press('Reassign')
    await sheet()
    await type('person', 'u2')
    await type('reason', 'Help')
    await submit('settle')
    await says('This person does not have this store')
    wrapper.unmount()
  })

  it('says how many were not settled, and why', async () => {
    answers['GET /visits'] = (given: unknown) => ({ items: String(given).includes('unsettled') ? [visit('A'), visit('B')] : [], next: null })
    const problem = { type: '/problems/wrong-state', title: '', status: 409, detail: '', errors: [] }
    answers['POST /visits/transitions'] = { items: [...many(['B']).items, { id: 'A', done: false, visit: null, problem }] }
    const { wrapper } = await open(Desk, '/desk', '/desk')
    document.querySelector<HTMLInputElement>('.all input')!.click()
    await settle()
    press('Excuse')
    await sheet()
    await type('reason', 'Shut')
    await submit('settle')
    await until(() => toasts.length, 'a notice')
    expect(toasts[0]?.text).toBe('1 settled, 1 not: This has moved on')
    wrapper.unmount()
  })

  it('is where the overview leads those who may settle', async () => {
    await db.visits.bulkAdd([visit('A'), visit('B', { settled_at: '2026-11-22T00:00:00Z' } as object), visit('C', { state: 'scheduled', assignee: null })])
    const { wrapper } = await open(NeedsYou, '/overview', '/overview')
    await says('Missed visits')
    expect([...document.querySelectorAll('a')].map((link) => [link.getAttribute('href'), link.textContent])).toEqual([['/desk', 'Missed visits1'], ['/desk?tab=unassigned', 'Visits with nobody to go1']])
    wrapper.unmount()
  })
})

describe('absences', () => {
  const people = [
    { id: 'u2', username: 's', name: 'S', role: 'supervisor', locale: 'en', is_active: true },
    { id: 'u3', username: 's3', name: 'T', role: 'supervisor', locale: 'en', is_active: true },
    { id: 'u4', username: 'm', name: 'M', role: 'store_manager', locale: 'en', is_active: true },
  ]
  const away = { id: 'a1', user: { id: 'u2', name: 'S' }, deputy: { id: 'u3', name: 'T' }, first_day: '2099-01-01', last_day: '2099-01-05', reason: 'Leave', created_by: { id: 'u1', name: 'U' }, created_at: '', cancelled_at: null }

  it('are noted, and say how many visits changed hands', async () => {
    answers['GET /users'] = { items: people, next: null }
    answers['POST /absences'] = { ...away, moved: 7 }
    const { wrapper } = await open(Absences, '/absences', '/absences')
    expect(text()).toContain('Nobody is away')
    press('Add')
    await sheet()
    await submit('absence')
    expect(document.querySelectorAll('[role=alert]')).toHaveLength(2)
    await type('user', 'u2')
    expect([...document.querySelectorAll('[name=deputy] option')].map((one) => one.textContent)).toEqual(['Choose a person', 'T · Supervisor'])
    await type('deputy', 'u3')
    await type('first', '2099-01-01')
    expect(document.querySelector<HTMLInputElement>('[name=last]')!.value).toBe('2099-01-01')
    await type('last', '2099-01-05')
    await submit('absence')
    expect(await asked('POST /absences')).toEqual([expect.objectContaining({ user_id: 'u2', deputy_id: 'u3', first_day: '2099-01-01', last_day: '2099-01-05' })])
    await until(() => toasts.length, 'a notice')
    expect(toasts[0]?.text).toBe('Noted; 7 visits go to T')
    wrapper.unmount()
  })

  it('say beside the field why they are refused', async () => {
    answers['GET /users'] = { items: people, next: null }
    answers['POST /absences'] = () => refusal(409, 'already-exists', [{ pointer: '/first_day', code: 'overlaps', message: '' }])
    const { wrapper } = await open(Absences, '/absences', '/absences')
    press('Add')
    await sheet()
    await type('user', 'u2')
    await type('deputy', 'u3')
    await submit('absence')
    await says('This person is away in these days already')
    wrapper.unmount()
  })

  it('are cancelled after a question', async () => {
    answers['GET /users'] = { items: people, next: null }
    answers['GET /absences'] = { items: [away], next: null }
    answers['DELETE /absences/a1'] = { ...away, cancelled_at: 'x', moved: 1 }
    const { wrapper } = await open(Absences, '/absences', '/absences')
    expect(text()).toContain('1 Jan 2099 – 5 Jan 2099 · T stands in')
    press('Cancel the absence of S')
    await until(() => question.value, 'a question')
    expect(question.value?.question.title).toBe('Cancel the absence of S')
    question.value?.answer('')
    await settle()
    expect(await asked('DELETE /absences/a1')).toHaveLength(1)
    await until(() => toasts.length, 'a notice')
    expect(toasts[0]?.text).toBe('Cancelled; 1 visit given back')
    wrapper.unmount()
  })
})
