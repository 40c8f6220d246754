import 'fake-indexeddb/auto'
import { flushPromises } from '@vue/test-utils'
import { defineComponent } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { MessageSettings } from '@/api/messageTypes'
import MessageBell from '@/app/shell/MessageBell.vue'
import { useSync } from '@/app/stores/sync'
import RToast from '@/components/RToast.vue'
import { toasts } from '@/composables/useToast'
import { db } from '@/db/schema'
import Inbox from '@/screens/messages/Inbox.vue'
import Settings from '@/screens/messages/Settings.vue'
import { show } from '../components/mounting'
import { signedInAs } from '../shell/state'
import { json, problem, serve, type Call } from '../sync/server'
import { message } from './sample'

vi.setConfig({ testTimeout: 60_000 })
const until = <T>(look: () => T): Promise<T> => vi.waitFor(look, { timeout: 20_000 })
const page = { template: '<p />' }
const routes = [{ path: '/messages', component: page }, { path: '/:path(.*)*', component: page }]
const whole = defineComponent({ components: { Inbox, Settings, MessageBell, RToast }, data: () => ({ what: '' }), template: '<MessageBell /><component :is="what" v-if="what" /><RToast />' })
const pace = { push: 'now', email: 'digest' } as const
const settings: MessageSettings = {
  email: null,
  groups: { work: pace, deadlines: pace, review: pace, answers: pace, talk: pace },
  quiet: null,
  digest_at: '08:00',
  timezone: 'Asia/Shanghai',
  company_quiet: { from: '22:00', to: '08:00' },
  mail_offered: true,
  browsers: 0,
}
let calls: Call[]
let refuse = false

beforeEach(async () => {
  await db.delete()
  await db.open()
  toasts.splice(0)
  refuse = false
  calls = serve((call) => {
    if (call.method === 'PUT') return refuse ? problem(422, 'validation') : json({ ...settings, ...JSON.parse(String(call.body)) })
    return call.path.endsWith('/settings') ? json(settings) : json({})
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  document.body.innerHTML = ''
})

async function open(what: 'Inbox' | 'Settings') {
  const shown = await show(whole, { routes, at: '/messages' })
  signedInAs('store_manager')
  vi.spyOn(useSync(), 'syncNow').mockResolvedValue(undefined as never)
  useSync().online = true
  await shown.wrapper.setData({ what })
  return shown
}

describe('the inbox', () => {
  it('says what will be here', async () => {
    const { wrapper } = await open('Inbox')
    await until(() => expect(wrapper.text()).toContain('No messages yet'))
  })

  it('shows what came, reads what is tapped, and the bell follows', async () => {
    await db.messages.bulkPut([message('a'), message('bb', { urgent: true, flag: 'redline', body: { zh: '行', en: 'First\nSecond' } })])
    const { wrapper, router } = await open('Inbox')
    const bell = () => wrapper.get('a.bell').attributes('aria-label')
    await until(() => expect(bell()).toBe('Messages (2)'))
    await until(() => expect(wrapper.findAll('a.message').length).toBe(2))
    const first = wrapper.findAll('a.message')[0]!
    expect(first.text()).toContain('Title bb')
    expect(first.text()).toContain('Redline')
    await first.trigger('click')
    await until(() => expect(router.currentRoute.value.path).toBe('/tasks/bb'))
    await until(() => expect(bell()).toBe('Messages (1)'))
  })

  it('marks all as read, and back', async () => {
    await db.messages.bulkPut([message('a'), message('bb')])
    const { wrapper } = await open('Inbox')
    await until(() => expect(wrapper.text()).toContain('Mark all read'))
    await wrapper.findAll('button').find((one) => one.text() === 'Mark all read')!.trigger('click')
    await until(() => expect(wrapper.text()).toContain('2 messages marked as read'))
    await until(() => expect(wrapper.get('a.bell').attributes('aria-label')).toBe('Messages'))
    await wrapper.findAll('button').find((one) => one.text() === 'Undo')!.trigger('click')
    await until(() => expect(wrapper.get('a.bell').attributes('aria-label')).toBe('Messages (2)'))
  })

  it('keeps in the address that only the unread are shown', async () => {
    await db.messages.bulkPut([message('a'), message('bb', { read_at: '2026-11-25T01:00:00.000Z' })])
    const { wrapper, router } = await open('Inbox')
    await router.push('/messages?only=unread')
    await until(() => expect(wrapper.findAll('a.message').map((row) => row.text()).join()).toContain('Title a'))
    await until(() => expect(wrapper.findAll('a.message').length).toBe(1))
  })
})

describe('the settings', () => {
  const sent = (): Record<string, unknown>[] => calls.filter((call) => call.method === 'PUT').map((call) => JSON.parse(String(call.body)))

  it('keep each change at once', async () => {
    const { wrapper } = await open('Settings')
    await until(() => expect(wrapper.text()).toContain('How you are told'))
    const first = wrapper.findAll('select')[0]!
    await first.setValue('off')
    await until(() => expect(sent().length).toBe(1))
    expect(sent()[0]).toMatchObject({ groups: { work: { push: 'off', email: 'digest' } }, quiet: null, digest_at: '08:00' })
    const times = () => wrapper.findAll<HTMLInputElement>('input[type=time]')
    expect(times().length).toBe(1)
    await wrapper.findAll<HTMLInputElement>('input[type=radio]')[1]!.setValue(true)
    await until(() => expect(times().length).toBe(3))
    await until(() => expect(sent().length).toBe(2))
    expect(sent()[1]).toMatchObject({ quiet: { from: '22:00', to: '08:00' }, groups: { work: { push: 'off' } } })
    await until(() => expect(wrapper.text()).toContain('Saved'))
  })

  it('take an address only when it looks like one', async () => {
    const { wrapper } = await open('Settings')
    await until(() => expect(wrapper.find('input[type=email]').exists()).toBe(true))
    const field = wrapper.get<HTMLInputElement>('input[type=email]')
    await field.setValue('nobody')
    await field.trigger('blur')
    expect(wrapper.text()).toContain('Please check the address')
    expect(sent()).toEqual([])
    await field.setValue('chen@example.com')
    await field.trigger('blur')
    await until(() => expect(sent()).toMatchObject([{ email: 'chen@example.com' }]))
  })

  it('go back to what they were when the server refuses', async () => {
    refuse = true
    const { wrapper } = await open('Settings')
    await until(() => expect(wrapper.findAll('select').length).toBeGreaterThan(0))
    const first = wrapper.findAll<HTMLSelectElement>('select')[0]!
    await first.setValue('off')
    await flushPromises()
    await until(() => expect(toasts.length).toBe(1))
    await until(() => expect(wrapper.findAll<HTMLSelectElement>('select')[0]!.element.value).toBe('now'))
  })

  it('say that this browser has no push', async () => {
    const { wrapper } = await open('Settings')
    await until(() => expect(wrapper.text()).toContain('This browser has no push'))
  })
})
