import 'fake-indexeddb/auto'
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { PriorityLine, Store, Visit } from '@/api/types'
import { keepPriorities } from '@/db/priorities'
import { db, setMeta } from '@/db/schema'
import { addDays, addMonths } from '@/domain/days'
import { todayHere } from '@/screens/today/dayData'
import Today from '@/screens/today/Today.vue'
import { show } from '../components/mounting'
import { words } from '../filling/items'
import { signedInAs } from '../shell/state'

// Real seconds pass here, on machines that have other things to do.
vi.setConfig({ testTimeout: 60_000 })

const until = <T>(look: () => T): Promise<T> => vi.waitFor(look, { timeout: 20_000 })
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
const today = todayHere(Date.now())
const midnight = (day: string): Date => new Date(`${day}T00:00:00`)
const DAY = 86_400_000

function visit(id: string, name: string, opens: Date, due: Date, more: Partial<Visit> = {}): Visit {
  return {
    id, store_id: `s-${id}`, store_name: words(name), checklist_id: 'c', checklist_name: words('List'), checklist_version: 1, assignee: { id: 'u1', name: 'U' }, kind: 'routine',
    opens_at: opens.toISOString(), early_at: opens.toISOString(), due_at: due.toISOString(), missed_at: new Date(due.getTime() + DAY).toISOString(), state: 'scheduled',
    owner: null, source_inspection_id: null, settled_at: null, ...more,
  } as Visit
}
const store = (id: string, longitude: number): Store => ({ id: `s-${id}`, code: id, name: words(id), timezone: zone, latitude: 31, longitude, coord_sys: 'WGS-84', opening_hours: null, closed_dates: [] }) as unknown as Store
const line = (id: string, urgency: PriorityLine['urgency'], points: number, parts: PriorityLine['parts']): PriorityLine => ({ store_id: `s-${id}`, store_code: id, store_name: words(id), points, urgency, last_visit: null, parts })

beforeEach(async () => {
  await db.delete()
  await db.open()
  vi.stubGlobal('fetch', async () => { throw new TypeError('Failed to fetch') })
  const [begin, end] = [midnight(today), new Date(midnight(addDays(today, 1)).getTime())]
  await db.stores.bulkPut([store('a', 121), store('b', 121.1), store('c', 121.2), store('w', 121.3)])
  await db.visits.bulkPut([
    visit('a', 'Alpha', begin, end),
    visit('b', 'Beta', begin, end, { owner: { id: 'x', name: 'Zhou' } }),
    visit('c', 'Gamma', new Date(begin.getTime() - DAY), new Date(begin.getTime() - 3_600_000)),
    visit('w', 'Whenever', begin, new Date(end.getTime() + 3 * DAY)),
  ])
  await keepPriorities('u1', [line('b', 'urgent', 78, [{ part: 'waiting', points: 40, fact: 38 }, { part: 'redline', points: 30, fact: 2 }]), line('a', 'routine', 5, [{ part: 'repeats', points: 5, fact: 1 }])])
  await setMeta('first_pull', true)
})
afterEach(() => {
  vi.unstubAllGlobals()
  document.body.innerHTML = ''
})

async function open(at = '/today') {
  const shown = await show({ components: { Today }, data: () => ({ ready: false }), template: '<Today v-if="ready" />' }, { at })
  signedInAs('supervisor').me!.permissions = ['visits.write']
  await shown.wrapper.setData({ ready: true })
  await until(() => expect(shown.wrapper.text()).toMatch(/Alpha|No visits|Mon/))
  return { ...shown, names: () => shown.wrapper.findAll('ol .name').map((one) => one.text()) }
}

async function press(wrapper: Awaited<ReturnType<typeof open>>['wrapper'], id: string, key: string, more: KeyboardEventInit = {}): Promise<void> {
  await wrapper.get(`#move-${id}`).trigger('keydown', { key, ...more })
  await flushPromises()
}

describe('the day', () => {
  it('has the overdue first, then the urgent, with reasons, deputies and what could wait', async () => {
    const { wrapper, names } = await open()
    expect(names()).toEqual(['Gamma', 'Beta', 'Alpha'])
    const cards = wrapper.findAll('ol > li').map((card) => card.text())
    expect(cards[0]).toContain('Overdue by')
    expect(cards[1]).toContain('For Zhou')
    expect(cards[1]).toContain('2 redlines open · 38 days unvisited')
    expect(wrapper.text()).toContain('Open today, can wait')
    expect(wrapper.text()).toContain('3 stores to visit')
    wrapper.unmount()
  })

  it('a reason opens into its points', async () => {
    const { wrapper } = await open()
    await wrapper.findAll('button.why')[0]!.trigger('click')
    const sheet = await until(() => {
      const found = document.querySelector('[role=dialog]')
      if (!found) throw new Error('no sheet yet')
      return found
    })
    expect(sheet.textContent).toContain('Why it is number 2')
    expect([...sheet.querySelectorAll('tr')].map((row) => row.textContent?.trim())).toEqual(['ReasonPoints', '38 days unvisited+40', '2 redlines open+30', 'Together · urgent78'])
    wrapper.unmount()
  })

  it('is put in another order by keys, which stays, and goes back to the proposal', async () => {
    const { wrapper, names } = await open()
    await press(wrapper, 'c', ' ')
    await press(wrapper, 'c', 'ArrowDown')
    await press(wrapper, 'c', 'ArrowDown')
    await press(wrapper, 'c', ' ')
    expect(names()).toEqual(['Beta', 'Alpha', 'Gamma'])
    expect(wrapper.find('p.r-hidden[role=status]').text()).toBe('Gamma dropped, stop 3 of 3')
    wrapper.unmount()
    const again = await open()
    expect(again.names()).toEqual(['Beta', 'Alpha', 'Gamma'])
    expect(again.wrapper.text()).toContain('your order')
    await again.wrapper.findAll('button').find((button) => button.text() === 'Back to the proposal')!.trigger('click')
    await until(() => expect(again.names()).toEqual(['Gamma', 'Beta', 'Alpha']))
    again.wrapper.unmount()
  })

  it('Escape puts back what was lifted, and the proposal stays the proposal', async () => {
    const { wrapper, names } = await open()
    await press(wrapper, 'b', 'Enter')
    await press(wrapper, 'b', 'ArrowUp')
    expect(names()).toEqual(['Beta', 'Gamma', 'Alpha'])
    await press(wrapper, 'b', 'Escape')
    await until(() => expect(names()).toEqual(['Gamma', 'Beta', 'Alpha']))
    expect(wrapper.text()).not.toContain('your order')
    wrapper.unmount()
  })

  it('what could wait is taken on for today, and let go again', async () => {
    const { wrapper, names } = await open()
    await wrapper.get('button[aria-label="Add Whenever to today"]').trigger('click')
    await until(() => expect(names()).toContain('Whenever'))
    await wrapper.get('button[aria-label="Take Whenever off today"]').trigger('click')
    await until(() => expect(names()).not.toContain('Whenever'))
    wrapper.unmount()
  })

  it('says what is missing for a day without a network', async () => {
    const { wrapper } = await open()
    await until(() => expect(wrapper.text()).toContain('Still missing: 1 checklist.'))
    await db.checklists.put({ id: 'c', code: 'C', name: words('List'), kind: 'visit', published_version: 1, draft_revision: 1, has_draft: false, retired_at: null })
    await db.versions.put({ checklist_id: 'c', number: 1, content_sha256: '', content: { sections: [] } as never })
    await until(() => expect(wrapper.text()).toContain("Today's checklists are on this phone"))
    wrapper.unmount()
  })
})

describe('the calendar', () => {
  it('goes from day to day by keys, and keeps the day in the address', async () => {
    const { wrapper, router } = await open(`/today?view=calendar`)
    const day = (date: string) => wrapper.get(`[data-day="${date}"]`)
    expect(day(today).attributes('aria-label')).toContain('To do 2')
    await day(today).trigger('keydown', { key: 'ArrowDown' })
    await until(() => expect(router.currentRoute.value.query.day).toBe(addDays(today, 7)))
    await flushPromises()
    expect(day(addDays(today, 7)).attributes('tabindex')).toBe('0')
    await day(addDays(today, 7)).trigger('keydown', { key: 'PageDown' })
    await until(() => expect(router.currentRoute.value.query.day).toBe(addMonths(addDays(today, 7), 1)))
    wrapper.unmount()
  })

  it('the week lists the same visits, on the days they are due', async () => {
    const { wrapper } = await open('/today?view=week')
    const titles = wrapper.findAll('.r-row-item .title').map((one) => one.text())
    expect(titles).toEqual(expect.arrayContaining(['Alpha', 'Beta']))
    wrapper.unmount()
  })

  it('a day that is none is today', async () => {
    const { wrapper } = await open('/today?view=calendar&day=2026-02-31')
    expect(wrapper.get('[aria-selected="true"] button').attributes('data-day')).toBe(today)
    wrapper.unmount()
  })
})
