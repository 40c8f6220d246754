import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Preview } from '@/api/planTypes'
import { asked as question } from '@/composables/useConfirm'
import { toasts } from '@/composables/useToast'
import { db } from '@/db/schema'
import { REST_MS } from '@/screens/plans/editor/usePreview'
import PlanEditor from '@/screens/plans/PlanEditor.vue'
import { plan, revision, store, terms } from './samples'
import { answers, asked, open, press, refusal, says, settle, text, told, until, useServer } from './server'

useServer()

const checklist = { id: 'c1', code: 'CVS', name: { zh: '', en: 'Store visit' }, kind: 'visit', published_version: 1, draft_revision: 1, has_draft: false, retired_at: null }
const preview = (rest: Partial<Preview> = {}): Preview => ({
  stores: { total: 50, by_region: [{ region: { id: 'r1', name: { zh: '', en: 'East' } }, count: 50 }], without_assignee: 3, closed_today: 0 },
  span: { first: '2026-11-26', last: '2026-12-31' },
  visits_ahead: 250,
  sample: [{ store: store('A'), timezone: 'Asia/Shanghai', assignee: { id: 'u2', name: 'S' }, occurrences: [{ local: '2026-11-30T09:00+08:00', opens_at: '2026-11-30T01:00:00Z', due_at: '2026-11-30T14:00:00Z', clock_change: 'skipped', note: '02:30 → 03:00', assignee: null }] }],
  next: null,
  skipped: [{ date: '2027-01-01', why: 'closed_date', stores: 50 }],
  clock_changes: [],
  load: [{ assignee: { id: 'u2', name: 'S' }, weeks: [{ week: '2026-W49', visits: 47 }] }, { assignee: null, weeks: [{ week: '2026-W49', visits: 3 }] }],
  load_of: 2,
  collisions: { total: 1, items: [{ store: store('A'), date: '2026-11-30', plans: [{ id: 'p9', name: { zh: '', en: 'Other plan' } }] }] },
  change: null,
  ...rest,
})

async function choose(name: string, value: string): Promise<void> {
  const field = document.querySelector<HTMLSelectElement | HTMLInputElement>(`[name=${name}]`)!
  field.value = value
  field.dispatchEvent(new Event(field.tagName === 'SELECT' ? 'change' : 'input'))
  await settle()
}

const onPhone = (): unknown => vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }))

beforeEach(async () => {
  answers['GET /checklists'] = { items: [checklist, { ...checklist, id: 'c2', published_version: null }], next: null }
  answers['GET /users'] = { items: [{ id: 'u2', username: 's', name: 'S', role: 'supervisor', locale: 'en', is_active: true }], next: null }
  answers['POST /plans/preview'] = preview()
  await db.regions.add({ id: 'r1', parent_id: null, code: 'EAST', name: { zh: '', en: 'East' } })
  await db.stores.bulkAdd([store('A'), store('B', { supervisor_id: null })])
})

describe('a new plan', () => {
  it('counts what is known here at once, and what the server says after a rest', async () => {
    const { wrapper } = await open(PlanEditor, '/plans/new', '/plans/new')
    expect(text()).toContain('2 stores in all, 1 of them without a supervisor')
    expect(document.querySelectorAll('[name=checklist] option')).toHaveLength(2)
    expect(told('POST /plans/preview')).toEqual([])
    await choose('checklist', 'c1')
    await choose('preset', 'daily')
    await asked('POST /plans/preview')
    await says('50 stores in East')
    expect(told('POST /plans/preview')).toHaveLength(1)
    expect(told('POST /plans/preview')[0]).toMatchObject({ checklist_id: 'c1', terms: { rrule: 'FREQ=DAILY', times: ['09:00'], window_minutes: 780 } })
    expect(text()).toContain('50 stores in East, 3 of them without a supervisor')
    wrapper.unmount()
  })

  it('shows on a phone, as the next step, what it would do; and is made', async () => {
    onPhone()
    answers['POST /plans'] = () => plan({ visits_ahead: 250 })
    const { wrapper, router } = await open(PlanEditor, '/plans/new', '/plans/new')
    await choose('checklist', 'c1')
    await settle(REST_MS + 60)
    wrapper.find('form').trigger('submit')
    await says('250 visits in the next 35 days')
    expect(router.currentRoute.value.query).toEqual({ step: 'preview' })
    for (const words of ['250 visits in the next 35 days', 'Mon 30 Nov 09:00–22:00', 'Clocks go forward: first time that exists 02:30 → 03:00', 'plan rests', 'Nobody to go', 'Other plan']) expect(text()).toContain(words)
    press('Make the plan')
    await asked('POST /plans')
    await until(() => router.currentRoute.value.path === '/plans/p1', 'the page of the plan')
    expect(told('POST /plans')[0]).toMatchObject({ name: { zh: '', en: 'Store visit' }, checklist_id: 'c1', terms: { rrule: 'FREQ=WEEKLY;BYDAY=MO' } })
    expect(toasts.map((toast) => toast.text)).toEqual(['The plan is active: 250 visits made'])
    expect(router.currentRoute.value.fullPath).toBe('/plans/p1')
    expect(sessionStorage.length).toBe(0)
    wrapper.unmount()
  })

  it('marks what is missing only once one goes on', async () => {
    onPhone()
    const { wrapper, router } = await open(PlanEditor, '/plans/new', '/plans/new')
    expect(document.querySelectorAll('.r-field [role=alert]')).toHaveLength(0)
    wrapper.find('form').trigger('submit')
    await settle()
    expect([...document.querySelectorAll('.r-field [role=alert]')].map((one) => one.textContent)).toEqual(['Please choose', 'Please give a name'])
    expect(document.activeElement?.getAttribute('name')).toBe('checklist')
    expect(router.currentRoute.value.query).toEqual({})
    wrapper.unmount()
  })

  it('puts what the server finds wrong beside its field', async () => {
    answers['POST /plans/preview'] = () => refusal(422, 'validation', [{ pointer: '/terms/rrule', code: 'bad_rule', message: 'BYDAY=XX is no weekday.' }])
    const { wrapper } = await open(PlanEditor, '/plans/new', '/plans/new')
    await choose('checklist', 'c1')
    await choose('preset', 'own')
    await choose('own', 'FREQ=WEEKLY;BYDAY=XX')
    await says('This rule cannot be read')
    const own = document.querySelector('[name=own]')!
    expect(own.getAttribute('aria-invalid')).toBe('true')
    expect(own.closest('.r-field')?.textContent).toContain('This rule cannot be read: BYDAY=XX is no weekday.')
    answers['POST /plans/preview'] = preview()
    await choose('own', 'FREQ=WEEKLY;BYDAY=MO,WE;BYSETPOS=1')
    await until(() => !own.hasAttribute('aria-invalid'), 'the end of the fault')
    expect(own.getAttribute('aria-invalid')).toBeNull()
    wrapper.unmount()
  })

  it('asks before it is made for no store at all', async () => {
    answers['POST /plans'] = (body: unknown) => ((body as { allow_empty?: boolean }).allow_empty ? plan({ visits_ahead: 0 }) : refusal(409, 'empty-selection'))
    const { wrapper } = await open(PlanEditor, '/plans/new', '/plans/new')
    await choose('checklist', 'c1')
    await settle(REST_MS + 60)
    press('Make the plan')
    await until(() => question.value, 'a question')
    expect(question.value?.question.title).toBe('No store fits right now')
    question.value?.answer('')
    await asked('POST /plans', 2)
    expect(told('POST /plans').map((body) => (body as { allow_empty?: boolean }).allow_empty)).toEqual([undefined, true])
    wrapper.unmount()
  })

  it('comes back as it was left', async () => {
    const first = await open(PlanEditor, '/plans/new', '/plans/new')
    await choose('checklist', 'c1')
    await choose('name_en', 'Night round')
    first.wrapper.unmount()
    const { wrapper } = await open(PlanEditor, '/plans/new', '/plans/new')
    expect(document.querySelector<HTMLInputElement>('[name=name_en]')!.value).toBe('Night round')
    expect(text()).toContain('What you had not saved is back')
    press('Start over')
    await settle()
    expect(document.querySelector<HTMLInputElement>('[name=name_en]')!.value).toBe('')
    wrapper.unmount()
  })
})

describe('a plan that is changed', () => {
  beforeEach(() => {
    answers['GET /plans/p1'] = plan({ current: revision(1, { terms: terms() }) })
    answers['POST /plans/preview'] = preview({ change: { effective_from: '2026-11-26', kept: 24, changed: 0, moved: 6, called_off: 2, added: 1 } })
    answers['PATCH /plans/p1'] = (body: unknown) => ({ ...plan({ visits_ahead: 31 }), body })
  })

  it('says what happens to visits that are made, and from which day', async () => {
    const { wrapper } = await open(PlanEditor, '/plans/p1/edit', '/plans/:id/edit')
    await choose('preset', 'daily')
    await says('24 visits kept')
    expect(told('POST /plans/preview').at(-1)).toMatchObject({ plan_id: 'p1', effective_from: 'next' })
    for (const words of ['24 visits kept', '6 moved', '2 called off', '1 added', 'Visits that were begun, handed in or missed are never touched.']) expect(text()).toContain(words)
    ;[...document.querySelectorAll<HTMLInputElement>('[type=radio]')].find((one) => one.value === 'today')?.click()
    await settle(REST_MS + 60)
    press('Save the change')
    expect(await asked('PATCH /plans/p1')).toEqual([expect.objectContaining({ version: 3, effective_from: 'today', checklist_id: 'c1', terms: expect.objectContaining({ rrule: 'FREQ=DAILY' }) })])
    await until(() => toasts.length, 'a notice')
    expect(toasts[0]?.text).toBe('Change saved: 31 visits ahead')
    wrapper.unmount()
  })

  it('makes no new revision for another name', async () => {
    const { wrapper } = await open(PlanEditor, '/plans/p1/edit', '/plans/:id/edit')
    await choose('name_en', 'Renamed')
    await settle(REST_MS + 60)
    press('Save the change')
    expect(await asked('PATCH /plans/p1')).toEqual([{ version: 3, name: { zh: '计划', en: 'Renamed' } }])
    wrapper.unmount()
  })

  it('keeps what was typed when somebody else was quicker, and is saved on top of theirs', async () => {
    answers['PATCH /plans/p1'] = () => refusal(409, 'stale-version')
    const { wrapper } = await open(PlanEditor, '/plans/p1/edit', '/plans/:id/edit')
    await choose('name_en', 'Renamed')
    await settle(REST_MS + 60)
    answers['GET /plans/p1'] = plan({ version: 4, name: { zh: '', en: 'Their name' } })
    press('Save the change')
    await until(() => toasts.length, 'a notice')
    expect(toasts[0]?.text).toContain('Somebody has just changed this plan')
    expect(document.querySelector<HTMLInputElement>('[name=name_en]')!.value).toBe('Renamed')
    answers['PATCH /plans/p1'] = plan()
    press('Save the change')
    expect((await asked('PATCH /plans/p1', 2)).at(-1)).toMatchObject({ version: 4, name: { en: 'Renamed' } })
    wrapper.unmount()
  })
})
