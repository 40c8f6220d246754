import 'fake-indexeddb/auto'
import { flushPromises } from '@vue/test-utils'
import { markRaw } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Task } from '@/api/types'
import { useSync } from '@/app/stores/sync'
import { commentsOf, writing } from '@/db/comments'
import { addFixPhoto, fixOf } from '@/db/fixes'
import { db, forgetMirror } from '@/db/schema'
import TaskComments from '@/screens/tasks/TaskComments.vue'
import { show } from '../components/mounting'
import { signedInAs } from '../shell/state'
import { photo, task as sample, TASK, words } from '../sync/phone'
import { json, serve } from '../sync/server'

vi.setConfig({ testTimeout: 60_000 })
const until = <T>(look: () => T): Promise<T> => vi.waitFor(look, { timeout: 20_000 })
const people = [{ id: 'p1', name: 'Li Wei', role: 'supervisor' }, { id: 'p2', name: 'Chen', role: 'regional_manager' }]
const said = { id: 'c1', author: { id: 'p1', name: 'Li Wei' }, at: '2026-11-25T01:00:00.000Z', device_at: null, text: 'Which one, @U?', photos: [], mentions: [{ id: 'u1', name: 'U' }] }
const task = { ...sample, id: TASK, store_name: words, title: words, comments: [said] } as unknown as Task
let online = true

beforeEach(async () => {
  await db.delete()
  await db.open()
  await db.tasks.put(task)
  online = true
  serve((call) => (online && call.path.endsWith('/people') ? json({ items: people, next: null }) : undefined))
})
afterEach(() => {
  vi.unstubAllGlobals()
  document.body.innerHTML = ''
})

async function open() {
  const { wrapper } = await show({ components: { TaskComments }, data: () => ({ ready: false }), setup: () => ({ task: markRaw(task) }), template: '<TaskComments v-if="ready" :task="task" />' })
  signedInAs('store_manager')
  // What is sent, and when, is not looked at here.
  vi.spyOn(useSync(), 'syncNow').mockResolvedValue(undefined as never)
  await wrapper.setData({ ready: true })
  await until(() => expect(wrapper.findAll('[data-said]').length).toBeGreaterThan(0))
  const area = wrapper.get<HTMLTextAreaElement>('textarea')
  const type = async (text: string): Promise<void> => {
    await area.trigger('focusin')
    await flushPromises()
    area.element.value = text
    area.element.setSelectionRange(text.length, text.length)
    await area.trigger('input')
    await flushPromises()
  }
  return { wrapper, area, type, press: (key: string, more = {}) => area.trigger('keydown', { key, ...more }).then(flushPromises) }
}

describe('comments', () => {
  it('are shown with who, when and whom they name', async () => {
    const { wrapper } = await open()
    const one = wrapper.get('[data-said="c1"]')
    expect(one.text()).toContain('Li Wei')
    expect(one.get('.named').text()).toBe('@U')
  })

  it('are written with names chosen by the keyboard, and wait on this phone', async () => {
    const { wrapper, area, type, press } = await open()
    await type('look @')
    await until(() => expect(wrapper.findAll('[role=option]')).toHaveLength(2))
    await press('ArrowDown')
    expect(wrapper.get('[aria-selected=true]').text()).toContain('Chen')
    expect(area.attributes('aria-activedescendant')).toBe(wrapper.get('[aria-selected=true]').attributes('id'))
    await press('Enter')
    expect(area.element.value).toBe('look @Chen ')
    expect(wrapper.find('[role=listbox]').exists()).toBe(false)
    await wrapper.get('form').trigger('submit')
    await until(() => expect(wrapper.findAll('[data-said]')).toHaveLength(2))
    const [entry] = await db.outbox.toArray()
    expect(entry).toMatchObject({ kind: 'deed', path: `/tasks/${TASK}/comments/${entry!.id}`, task_id: TASK, user_id: 'u1' })
    expect(JSON.parse(entry!.body)).toMatchObject({ text: 'look @Chen', mentions: ['p2'], photos: [] })
    expect(wrapper.get(`[data-said="${entry!.id}"]`).text()).toContain('waiting to be sent')
    expect(wrapper.get(`[data-said="${entry!.id}"] .named`).text()).toBe('@Chen')
    await until(() => expect(area.element.value).toBe(''))
    expect(await fixOf(writing(TASK), 'u1')).toEqual({ photos: [], note: '' })
  })

  it('are written with names chosen by a finger, without a network too', async () => {
    const first = await open()
    await first.type('@')
    await until(() => expect(first.wrapper.findAll('[role=option]')).toHaveLength(2))
    first.wrapper.unmount()
    online = false
    const { wrapper, area, type } = await open()
    await wrapper.get('[aria-label="Name a colleague"]').trigger('click')
    await until(() => expect(wrapper.findAll('[role=option]')).toHaveLength(2))
    await wrapper.findAll('[role=option]')[0]!.trigger('click')
    await flushPromises()
    expect(area.element.value.trim()).toBe('@Li Wei')
    await type(`${area.element.value}thanks`)
    await wrapper.get('form').trigger('submit')
    await until(async () => expect(await db.outbox.count()).toBe(1))
  })

  it('close the list by Escape and leave the key to nobody else, and send by Ctrl and Enter', async () => {
    const { wrapper, type, press } = await open()
    await type('@C')
    await until(() => expect(wrapper.find('[role=listbox]').exists()).toBe(true))
    await press('Escape')
    expect(wrapper.find('[role=listbox]').exists()).toBe(false)
    await press('Enter', { ctrlKey: true })
    await vi.waitFor(async () => expect(await db.outbox.count()).toBe(1), { timeout: 20_000 })
  })

  it('that are being written are kept, photos too, and become one comment', async () => {
    const kept = await addFixPhoto(writing(TASK), 'u1', await photo('look'))
    const first = await open()
    await first.type('half a sen')
    await vi.waitFor(async () => expect((await fixOf(writing(TASK), 'u1')).note).toBe('half a sen'), { timeout: 20_000 })
    first.wrapper.unmount()
    const { wrapper, area } = await open()
    await until(() => expect(area.element.value).toBe('half a sen'))
    await Promise.all([wrapper.get('form').trigger('submit'), wrapper.get('form').trigger('submit')])
    await vi.waitFor(async () => expect(await db.outbox.count()).toBe(1), { timeout: 20_000 })
    await flushPromises()
    expect(await db.outbox.count()).toBe(1)
    expect((await db.outbox.toArray())[0]).toMatchObject({ photos: [kept.sha256], photos_total: 1 })
  })

  it('that were refused say so and lead to the outbox; what was received is not shown twice', async () => {
    await db.outbox.add({ id: 'c1', kind: 'deed', path: `/tasks/${TASK}/comments/${TASK}`, task_id: TASK, user_id: 'u1', body: '{}' } as never)
    expect(await commentsOf(TASK)).toHaveLength(1)
    await db.outbox.clear()
    await db.outbox.add({ id: 'c2', kind: 'deed', path: `/tasks/${TASK}/comments/${TASK}`, task_id: TASK, user_id: 'u1', state: 'attention', created_at: '2026-11-25T02:00:00.000Z', body: '{"text":"x","photos":[],"mentions":[]}' } as never)
    const { wrapper } = await open()
    await until(() => expect(wrapper.find('[data-said="c2"] a[href="/outbox"]').exists()).toBe(true))
  })
})

it('whom one may name is forgotten with everything else when somebody else signs in', async () => {
  await db.meta.put({ key: 'people:store-1', value: people })
  await forgetMirror()
  expect(await db.meta.get('people:store-1')).toBeUndefined()
})
