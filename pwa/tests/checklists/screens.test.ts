import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, type Component } from 'vue'
import { useSession } from '@/app/stores/session'
import { useSync } from '@/app/stores/sync'
import type { Checklist, Errand, LibraryEntry, Rehearsal } from '@/api/types'
import { toasts } from '@/composables/useToast'
import ChecklistDetail from '@/screens/checklists/ChecklistDetail.vue'
import ChecklistLibrary from '@/screens/checklists/ChecklistLibrary.vue'
import ChecklistList from '@/screens/checklists/ChecklistList.vue'
import ImportFaults from '@/screens/checklists/ImportFaults.vue'
import ScoringRules from '@/screens/checklists/ScoringRules.vue'
import { show } from '../components/mounting'
import { signedInAs } from '../shell/state'
import { item } from './speaking'

type Answer = unknown | ((body: unknown) => unknown)
let asked: string[]
let answers: Record<string, Answer>

const page = { template: '<p>elsewhere</p>' }
const settle = (ms = 30): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const list = (code: string, rest: Partial<Checklist> = {}): Checklist => ({ id: code, code, name: { zh: code, en: `Name of ${code}` }, kind: 'visit', published_version: 1, draft_revision: 2, has_draft: false, retired_at: null, ...rest })
const content = { scoring: { mode: 'additive', pass_line: 80, bands: [['A', 90], ['D', 0]], redline_policy: 'cap', redline_cap: 59, key_cap: 'A', key_unrated: 2, bonus_cap: 5 }, sections: [{ key: 's', name: { zh: '', en: 'Floor' }, weight: null, floor: null, items: [item('k', '', 'Swept')] }] }
const detail = { ...list('A-01', { has_draft: true }), draft: content, faults: [], versions: [{ number: 1, published_at: '2026-11-01T00:00:00Z', published_by: null }] }
const refusal = (status: number): Response => new Response(JSON.stringify({ type: '/problems/already-exists', title: 'Taken', status }), { status, headers: { 'Content-Type': 'application/problem+json' } })

const NOTHING_NEW = { items: [], next: 'c', more: false, snapshot: false, reset: false, server_time: '2026-11-25T00:00:00Z', server_epoch: 'e1' }

beforeEach(() => {
  asked = []
  answers = {}
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    const call = `${init?.method ?? 'GET'} ${url.replace('/api/v1', '')}`
    asked.push(call)
    const answer = call.includes('/sync/changes') ? NOTHING_NEW : answers[call]
    const made = typeof answer === 'function' ? answer(init?.body) : answer
    if (made instanceof Response) return made
    return new Response(JSON.stringify(made ?? {}), { headers: { 'Content-Type': 'application/json' } })
  })
})

afterEach(async () => {
  await settle()
  vi.unstubAllGlobals()
  toasts.splice(0)
  document.body.innerHTML = ''
})

async function open(screen: Component, at: string, manages = true) {
  const frame = defineComponent({ components: { screen }, data: () => ({ ready: false }), template: '<screen v-if="ready" />' })
  const shown = await show(frame, { at, routes: [{ path: '/checklists/:id', component: page }, { path: '/:path(.*)*', component: page }] })
  const session = signedInAs(manages ? 'hq_admin' : 'supervisor')
  session.me = { ...useSession().me!, permissions: manages ? ['checklists.read', 'checklists.write'] : ['checklists.read'] }
  useSync().online = true
  await shown.wrapper.setData({ ready: true })
  await settle()
  return shown
}

function press(words: string): void {
  const found = [...document.querySelectorAll<HTMLElement>('button, [role=tab]')].find((one) => [one.textContent?.trim(), one.getAttribute('aria-label')].includes(words))
  if (!found) throw new Error(`no button "${words}" in ${document.body.textContent}`)
  found.click()
}
const text = (): string => document.body.textContent ?? ''

describe('the list', () => {
  beforeEach(() => {
    const items = [list('A-01', { has_draft: true }), list('B-01'), list('C-01', { published_version: null, has_draft: true }), list('D-01', { retired_at: '2026-11-01T00:00:00Z' })]
    answers['GET /checklists?limit=200'] = { items, next: null }
  })

  it('keeps its state and the words that are searched in the address', async () => {
    const { wrapper, router } = await open(ChecklistList, '/checklists')
    expect(['A-01', 'B-01', 'C-01', 'D-01'].filter((code) => text().includes(`Name of ${code}`))).toEqual(['A-01', 'B-01'])
    press('Drafts2')
    await settle()
    expect(router.currentRoute.value.fullPath).toBe('/checklists?show=drafts')
    expect(['A-01', 'B-01', 'C-01', 'D-01'].filter((code) => text().includes(`Name of ${code}`))).toEqual(['A-01', 'C-01'])
    await wrapper.find('input[type=search]').setValue('c-01')
    await settle()
    expect(router.currentRoute.value.query).toEqual({ show: 'drafts', q: 'c-01' })
    expect(text()).not.toContain('Name of A-01')
    wrapper.unmount()
  })

  it('opens at what the address asks for', async () => {
    const { wrapper } = await open(ChecklistList, '/checklists?show=retired')
    expect(['A-01', 'B-01', 'C-01', 'D-01'].filter((code) => text().includes(`Name of ${code}`))).toEqual(['D-01'])
    wrapper.unmount()
  })

  it('shows others what is published, and nothing to manage', async () => {
    const { wrapper } = await open(ChecklistList, '/checklists?show=drafts', false)
    expect(['A-01', 'B-01', 'C-01', 'D-01'].filter((code) => text().includes(`Name of ${code}`))).toEqual(['A-01', 'B-01'])
    expect(text()).not.toContain('Add')
    wrapper.unmount()
  })

  it('leads a new company to the library first', async () => {
    answers['GET /checklists?limit=200'] = { items: [], next: null }
    const { wrapper } = await open(ChecklistList, '/checklists')
    expect(text()).toContain('Start with a ready checklist')
    expect(document.querySelector('.r-empty a')?.getAttribute('href')).toBe('/checklists/library')
    wrapper.unmount()
  })
})

describe('the library', () => {
  const entry = (code: string, adopted_id: string | null = null): LibraryEntry => ({ code, name: { zh: code, en: `Ready ${code}` }, kind: 'visit', sections: 2, items: 9, points: 100, adopted_id })

  beforeEach(() => {
    answers['GET /library'] = { items: [entry('A'), entry('B'), entry('C', 'c1')], next: null }
    answers['POST /library/A/adopt'] = list('A')
    answers['POST /library/B/adopt'] = list('B')
  })

  it('adopts what was chosen, one after the other', async () => {
    const { wrapper } = await open(ChecklistLibrary, '/checklists/library')
    expect(document.querySelectorAll('input[type=checkbox]')).toHaveLength(2)
    document.querySelectorAll<HTMLInputElement>('input[type=checkbox]').forEach((box) => box.click())
    await settle()
    press('Adopt 2 checklists')
    await settle()
    expect(asked.filter((call) => call.startsWith('POST'))).toEqual(['POST /library/A/adopt', 'POST /library/B/adopt'])
    expect(toasts.map((toast) => toast.text)).toEqual(['2 checklists adopted'])
    expect(document.querySelectorAll('input[type=checkbox]')).toHaveLength(0)
    wrapper.unmount()
  })

  it('stops at the first that is refused, and says which', async () => {
    answers['POST /library/A/adopt'] = () => refusal(409)
    const { wrapper } = await open(ChecklistLibrary, '/checklists/library')
    document.querySelectorAll<HTMLInputElement>('input[type=checkbox]').forEach((box) => box.click())
    await settle()
    press('Adopt 2 checklists')
    await settle()
    expect(asked.filter((call) => call.startsWith('POST'))).toEqual(['POST /library/A/adopt'])
    expect(toasts[0]?.text).toContain('“Ready A” could not be adopted')
    wrapper.unmount()
  })
})

describe('a checklist', () => {
  beforeEach(() => {
    answers['GET /checklists/A-01'] = detail
    answers['GET /checklists/A-01/versions/1'] = { checklist_id: 'A-01', number: 1, content, content_sha256: '' }
  })

  it('is retired, and the undo is the opposite deed', async () => {
    answers['POST /checklists/A-01/retire'] = () => {
      answers['GET /checklists/A-01'] = { ...detail, retired_at: '2026-11-25T00:00:00Z', draft_revision: 3 }
      return list('A-01')
    }
    answers['POST /checklists/A-01/restore'] = (body: unknown) => ({ body })
    const { wrapper } = await open(ChecklistDetail, '/checklists/A-01')
    press('More actions')
    const find = (): HTMLElement | undefined => [...document.querySelectorAll<HTMLElement>('[role=dialog] button')].find((button) => button.textContent?.includes('Retire'))
    const retire = await vi.waitFor(() => find() ?? Promise.reject(new Error('no dialog yet')), 8_000)
    retire.click()
    await settle()
    expect(text()).toContain('This checklist is retired')
    await toasts[0]!.action!.run()
    expect(asked.filter((call) => call.startsWith('POST'))).toEqual(['POST /checklists/A-01/retire', 'POST /checklists/A-01/restore'])
    wrapper.unmount()
  })

  it('shows others its content alone', async () => {
    const { wrapper } = await open(ChecklistDetail, '/checklists/A-01', false)
    expect(text()).toContain('Swept')
    expect(document.querySelectorAll('[role=tab]')).toHaveLength(0)
    wrapper.unmount()
  })

  const side = { mean: 88, pass_rate: 75, bands: { A: 3, unrated: 1 }, not_scored: 0 }
  const result: Rehearsal = { inspections: 4, before: side, after: { ...side, mean: 86.5, bands: { A: 2, unrated: 2 } }, up: 0, down: 1, same: 3, pass_to_fail: 1, fail_to_pass: 0, bands: [{ from: 'A', to: 'unrated', count: 1 }], stores: [{ store_id: 's1', name: { zh: '', en: 'Renmin' }, inspections: 4, before: 88, after: 86.5, delta: -1.5 }], unmapped: [{ item_key: 'k', text: { zh: '', en: 'Swept' }, why: 'kind_changed', count: 4 }] }
  const errand = (rest: Partial<Errand>): Errand => ({ id: 'e1', kind: 'rehearsal', state: 'running', done: 2, total: 4, result: null, error: '', created_at: '', finished_at: null, ...rest })

  it('is rehearsed: how far, then what would change', async () => {
    answers['POST /checklists/A-01/rehearsals'] = (body: unknown) => {
      expect(JSON.parse(String(body))).toEqual({ revision: 2, last: 500 })
      return errand({ state: 'waiting', done: 0, total: 0 })
    }
    answers['GET /errands/e1'] = errand({})
    const { wrapper, router } = await open(ChecklistDetail, '/checklists/A-01?tab=rehearsal')
    press('Rehearse')
    await settle()
    expect(router.currentRoute.value.query).toEqual({ tab: 'rehearsal', errand: 'e1', revision: '2' })
    expect(document.querySelector('[role=progressbar]')?.getAttribute('aria-valuetext')).toBe('2 of 4')
    answers['GET /errands/e1'] = errand({ state: 'done', done: 4, result })
    await settle(1_100)
    for (const words of ['4 reports scored again', '−1.5', '1 turns from pass to fail', 'Band A → No band: 1', 'Renmin', 'Its kind changed']) expect(text()).toContain(words)
    expect(document.querySelector('table a')?.getAttribute('href')).toBe('/stores/s1')
    wrapper.unmount()
  })

  it.each([
    ['cancelled', {}, 'The rehearsal was stopped'],
    ['failed', { error: '/problems/forbidden' }, 'You are not allowed to do this'],
    ['done', { result: { ...result, inspections: 0, stores: [], unmapped: [], bands: [] } }, 'No reports to rehearse on'],
  ] as const)('says how a rehearsal ended that is %s', async (state, rest, words) => {
    answers['GET /errands/e1'] = errand({ state, ...rest } as Partial<Errand>)
    const { wrapper } = await open(ChecklistDetail, '/checklists/A-01?tab=rehearsal&errand=e1&revision=2')
    expect(text()).toContain(words)
    wrapper.unmount()
  })

  it('can have its rehearsal stopped', async () => {
    answers['GET /errands/e1'] = errand({})
    answers['POST /errands/e1/cancel'] = errand({ state: 'cancelled' })
    const { wrapper } = await open(ChecklistDetail, '/checklists/A-01?tab=rehearsal&errand=e1')
    press('Stop')
    await settle()
    expect(text()).toContain('The rehearsal was stopped')
    wrapper.unmount()
  })

  it('says when its draft was changed after the rehearsal', async () => {
    answers['GET /errands/e1'] = errand({ state: 'done', result })
    const { wrapper } = await open(ChecklistDetail, '/checklists/A-01?tab=rehearsal&errand=e1&revision=1')
    expect(text()).toContain('The draft was changed after this rehearsal')
    wrapper.unmount()
  })
})

it.each([
  [{}, '“Floor” below 70%: band A at best.'],
  [{ floor_effect: 'cap', floor_cap: 75 }, '“Floor” below 70%: the score is 75 at most.'],
])('a section under its floor: %o', async (rule, words) => {
  const given = { scoring: { ...content.scoring, ...rule }, sections: [{ ...content.sections[0], floor: 70 }] }
  const { wrapper } = await show(ScoringRules, { props: { content: given } })
  expect(wrapper.text()).toContain(words)
  wrapper.unmount()
})

it('the faults of a file can be copied as a table', async () => {
  const copied: string[] = []
  vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText: async (words: string) => copied.push(words) } })
  const { wrapper } = await show(ImportFaults, { props: { faults: [{ where: 'Items!F12', code: 'invalid', message: 'No such kind.' }, { where: 'Items!G3', code: 'not_a_number', message: 'Not a number.' }] } })
  press('Copy the list')
  await settle()
  expect(copied).toEqual(['Items!F12\tNo such kind.\nItems!G3\tNot a number.'])
  wrapper.unmount()
})
