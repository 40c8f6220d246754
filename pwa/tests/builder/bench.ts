/** The whole builder over a server at the edge of the network that keeps one draft, as the real one does. */
import 'fake-indexeddb/auto'
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { expect, vi } from 'vitest'
import type { ChecklistDetail, Fault } from '@/api/types'
import { db } from '@/db/schema'
import type { Content } from '@/domain/checklist'
import Builder from '@/screens/builder/Builder.vue'
import { QUIET_MS } from '@/screens/builder/saver'
import { show } from '../components/mounting'
import { signedInAs } from '../shell/state'
import { json, problem, serve, type Call } from '../sync/server'

export interface House {
  detail: ChecklistDetail
  /** What the server finds wrong with what it is given. */
  judge: (content: Content) => Fault[]
  online: boolean
}

export function houseWith(draft: Content, more: Partial<ChecklistDetail> = {}): House {
  const detail: ChecklistDetail = {
    id: 'c1', code: 'T-1', name: { zh: '测试', en: 'Trial' }, kind: 'visit', published_version: null, draft_revision: 1, has_draft: true, retired_at: null, draft, faults: [], versions: [], ...more,
  }
  return { detail, judge: () => [], online: true }
}

function answer(house: House, call: Call): Response | undefined {
  if (!house.online) return undefined
  if (call.path === '/checklists/c1' && call.method === 'GET') return json(house.detail)
  if (call.path === '/checklists/c1/draft' && call.method === 'PUT') {
    const given = JSON.parse(String(call.body)) as { content: Content; revision: number; name: ChecklistDetail['name'] }
    if (given.revision !== house.detail.draft_revision) return problem(409, 'stale-version')
    house.detail = { ...house.detail, draft: given.content, name: given.name, draft_revision: given.revision + 1, faults: house.judge(given.content) }
    return json(house.detail)
  }
  return problem(404, 'not-found')
}

export interface Bench {
  wrapper: VueWrapper
  calls: Call[]
  /** The words of the outline's rows of items, in their order. */
  items: () => string[]
  handle: (key: string) => ReturnType<VueWrapper['get']>
  spoken: () => string
  /** Long enough for what was changed to be on the server. */
  settle: () => Promise<void>
}

class NoObserver {
  observe(): void {}
  disconnect(): void {}
}

/** Opens the builder of the house's checklist, on a laptop or on a phone. */
export async function openBench(house: House, { wide = true, at = '/checklists/c1/edit' } = {}): Promise<Bench> {
  await db.checklist_drafts.clear()
  return reopenBench(house, { wide, at })
}

/** The same, with whatever is on the disk. */
export async function reopenBench(house: House, { wide = true, at = '/checklists/c1/edit' } = {}): Promise<Bench> {
  const calls = serve((call) => answer(house, call))
  vi.stubGlobal('ResizeObserver', NoObserver)
  vi.stubGlobal('matchMedia', (query: string) => ({ matches: wide && query.includes('1024'), addEventListener() {}, removeEventListener() {} }))
  const page = { template: '<p>page</p>' }
  const holder = { components: { Builder }, setup: () => void signedInAs('hq_admin'), template: '<RouterView />' }
  const { wrapper } = await show(holder as never, { at, routes: [{ path: '/checklists/:id/edit', component: Builder }, { path: '/:path(.*)*', component: page }] })
  await vi.waitFor(() => wrapper.get('.outline'), { timeout: 8_000 })
  return {
    wrapper,
    calls,
    items: () => wrapper.findAll('[data-row^="item:"] .text').map((one) => one.text().replace(/^\d+/, '').trim()),
    handle: (key) => wrapper.get(`#handle-item-${key}`),
    spoken: () => wrapper.get('p[aria-live="polite"]').text(),
    async settle() {
      await new Promise((resolve) => setTimeout(resolve, QUIET_MS + 50))
      const waiting = ['Saved on this device', 'Saving…']
      await vi.waitFor(() => expect(waiting).not.toContain(wrapper.get('.subtitle').text()), { timeout: 8_000 })
      await flushPromises()
    },
  }
}
