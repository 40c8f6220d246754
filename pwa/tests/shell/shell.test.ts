import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { setBadge } from '@/app/shell/badges'
import NavBar from '@/app/shell/NavBar.vue'
import StatusLine from '@/app/shell/StatusLine.vue'
import UpdatePrompt from '@/app/shell/UpdatePrompt.vue'
import { useTheme } from '@/app/shell/useTheme'
import { useUpdate } from '@/app/shell/useUpdate'
import { useSync } from '@/app/stores/sync'
import { show } from '../components/mounting'
import { signedInAs } from './state'

const page = { template: '<p />' }
const routes = [
  { path: '/today', component: page, meta: { tab: 'today' as const } },
  { path: '/tasks', component: page, meta: { tab: 'tasks' as const } },
  { path: '/tasks/:id', component: page, meta: { tab: 'tasks' as const } },
  { path: '/me', component: page, meta: { tab: 'me' as const } },
  { path: '/:path(.*)*', name: 'not-found', component: page },
]

describe('the state line', () => {
  async function line(state: Partial<ReturnType<typeof useSync>>, expired = false): Promise<string> {
    const { wrapper } = await show(StatusLine, { routes })
    const session = signedInAs('supervisor')
    if (expired) session.status = 'expired'
    Object.assign(useSync(), state)
    await nextTick()
    const text = wrapper.text()
    wrapper.unmount()
    return text
  }

  it('says nothing when all is well', async () => {
    expect(await line({ online: true })).toBe('')
  })

  it('calls being offline a normal state', async () => {
    expect(await line({ online: false })).toContain('Keep working')
    expect(await line({ online: false, waiting: 2 })).toContain('2 items will be sent later')
  })

  it('counts what waits', async () => {
    expect(await line({ online: true, waiting: 1 })).toBe('1 item waiting to be sent')
  })

  it('puts what needs the person first', async () => {
    expect(await line({ online: false, attention: 1, waiting: 3 })).toContain('1 item needs you')
  })

  it('is a banner, not a wall, when the sign-in has expired', async () => {
    expect(await line({ online: true }, true)).toContain('Your work is safe here')
  })
})

describe('the tabs', () => {
  it('link only what exists, mark where one is and say what waits', async () => {
    setBadge('tasks', 4)
    const { wrapper } = await show(NavBar, { props: { role: 'supervisor', wide: false }, routes, at: '/tasks/9' })
    const links = wrapper.findAll('a')
    expect(links.map((link) => link.attributes('href'))).toEqual(['/today', '/tasks', '/me'])
    expect(links[1]!.attributes('aria-current')).toBe('page')
    expect(links[1]!.find('.r-hidden').text()).toBe('Tasks, 4 to do')
    expect(links[0]!.attributes('aria-current')).toBeUndefined()
    wrapper.unmount()
  })
})

describe('the update prompt', () => {
  const { waiting } = useUpdate()
  afterEach(() => {
    waiting.value = false
  })

  it('offers a new version, and is quiet after "later"', async () => {
    const { wrapper } = await show(UpdatePrompt, { routes, at: '/today' })
    expect(wrapper.text()).toBe('')
    waiting.value = true
    await nextTick()
    expect(wrapper.text()).toContain('A new version is ready')
    await wrapper.get('button').trigger('click')
    expect(wrapper.text()).toBe('')
    wrapper.unmount()
  })

  it.each(['/visits/1/check', '/visits/1/finish', '/visits/1/sign', '/self/1'])('never interrupts a visit at %s', async (at) => {
    waiting.value = true
    const { wrapper } = await show(UpdatePrompt, { routes, at })
    expect(wrapper.text()).toBe('')
    wrapper.unmount()
  })
})

it('the look is kept on the phone, and "system" leaves no trace', () => {
  const { setTheme } = useTheme()
  setTheme('dark')
  expect(document.documentElement.dataset.theme).toBe('dark')
  expect(localStorage.getItem('rounds.theme')).toBe('dark')
  setTheme('system')
  expect(document.documentElement.dataset.theme).toBeUndefined()
  expect(localStorage.getItem('rounds.theme')).toBeNull()
})
