import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import { useSync } from '@/app/stores/sync'
import ConfirmHost from '@/components/ConfirmHost.vue'
import Me from '@/screens/me/Me.vue'
import { useSession } from '@/app/stores/session'
import { show } from '../components/mounting'
import { signedInAs } from './state'

const page = { template: '<p />' }
const routes = [
  { path: '/me', component: page },
  { path: '/outbox', component: page },
  { path: '/sign-in', component: page },
  { path: '/:path(.*)*', name: 'not-found', component: page },
]
const both = defineComponent({ components: { Me, ConfirmHost }, data: () => ({ ready: false }), template: '<Me v-if="ready" /><ConfirmHost />' })
const DEVICES = [
  { id: 's1', device_name: 'Office laptop', transport: 'cookie', created_at: '2026-11-01T00:00:00Z', last_used_at: '2026-11-24T00:00:00Z', current: true },
  { id: 's2', device_name: 'Old phone', transport: 'cookie', created_at: '2026-10-01T00:00:00Z', last_used_at: '2026-10-02T00:00:00Z', current: false },
]

let asked: string[]

beforeEach(() => {
  asked = []
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    asked.push(`${init?.method ?? 'GET'} ${url}`)
    if (init?.method === 'DELETE') return new Response(null, { status: 204 })
    return new Response(JSON.stringify({ items: DEVICES, next: null }), { headers: { 'Content-Type': 'application/json' } })
  })
})

afterEach(() => {
  vi.unstubAllGlobals()
  document.body.innerHTML = ''
})

async function open() {
  const shown = await show(both, { routes, at: '/me' })
  signedInAs('supervisor')
  useSync().online = true
  await shown.wrapper.setData({ ready: true })
  return shown
}

function press(words: string, within: ParentNode = document): void {
  const found = [...within.querySelectorAll('button')].filter((button) => button.textContent?.trim() === words).at(-1)
  if (!found) throw new Error(`no button "${words}"`)
  found.click()
}

function dialog(): Promise<HTMLElement> {
  return vi.waitFor(() => {
    const found = document.querySelector<HTMLElement>('[role=dialog]')
    if (!found) throw new Error('no dialog yet')
    return found
  }, 8_000)
}

describe('me', () => {
  it('shows who one is and the devices; another device can be signed out', async () => {
    const { wrapper } = await open()
    await vi.waitFor(() => expect(wrapper.text()).toContain('Old phone'), 8_000)
    expect(wrapper.text()).toContain('Supervisor')
    expect(wrapper.text()).toContain('This device')
    await wrapper.get('button[aria-label="Sign out “Old phone”"]').trigger('click')
    press('Sign out', await dialog())
    await vi.waitFor(() => expect(wrapper.text()).not.toContain('Old phone'), 8_000)
    expect(asked).toContain('DELETE /api/v1/auth/sessions/s2')
    wrapper.unmount()
  })

  it('refuses to sign out while work is unsent, and leads to the outbox', async () => {
    const { wrapper, router } = await open()
    vi.spyOn(useSession(), 'signOut').mockResolvedValue({ blocked: 2 })
    press('Sign out', wrapper.element.parentElement!)
    press('Sign out', await dialog())
    await vi.waitFor(() => expect(document.body.textContent).toContain('2 items are unfinished or unsent'), 8_000)
    press('Open the outbox')
    await vi.waitFor(() => expect(router.currentRoute.value.path).toBe('/outbox'), 8_000)
    wrapper.unmount()
  })

  it('does not ask for devices without a network', async () => {
    const shown = await show(both, { routes, at: '/me' })
    signedInAs('supervisor')
    useSync().online = false
    await shown.wrapper.setData({ ready: true })
    expect(shown.wrapper.text()).toContain('can be seen when you are online')
    expect(asked).toEqual([])
    shown.wrapper.unmount()
  })
})
