import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { User } from '@/api/types'
import { addFixPhoto } from '@/db/fixes'
import { dropForm, keepForm, keptForm, NEW_TASK, openTask } from '@/db/newTaskDraft'
import { newTaskIn } from '@/db/newTasks'
import { db } from '@/db/schema'
import { allTasks, taskById } from '@/db/tasks'
import { blankTask, faultsIn, givenIn, type NewTaskForm } from '@/screens/newtask/newTaskForm'

const ZONE = 'Asia/Shanghai'
const NOW = new Date('2026-11-25T02:00:00Z')
const me = { id: 'me', name: 'Li', role: 'store_staff' } as User
const STORE = { zh: '人民路店', en: 'Renmin Road' }
const filled = (changes: Partial<NewTaskForm> = {}): NewTaskForm => ({ ...blankTask('s1'), title: ' Lamp broken ', ...changes })

describe('the form', () => {
  it.each([
    ['nothing filled in', blankTask(), { store: 'store', title: 'title' }],
    ['a title of spaces', filled({ title: '  ' }), { title: 'title' }],
    ['a title that is too long', filled({ title: 'x'.repeat(301) }), { title: 'long' }],
    ['a time of its own without a day', filled({ due: 'own' }), { due: 'due' }],
    ['a time that has passed by the clock of the store', filled({ due: 'own', day: '2026-11-25', time: '10:00' }), { due: 'past' }],
    ['a minute later', filled({ due: 'own', day: '2026-11-25', time: '10:01' }), {}],
    ['what is needed', filled(), {}],
  ])('%s', (_, form, faults) => expect(faultsIn(form, ZONE, NOW)).toEqual(faults))

  it('means a title in the language it was written in, and a moment by the clock of the store', () => {
    const given = givenIn(filled({ due: 'own', day: '2026-11-26', time: '18:00', note: ' over the till ' }), ZONE, 'en')
    expect(given).toMatchObject({ title: { zh: '', en: 'Lamp broken' }, note: 'over the till', due_at: '2026-11-26T10:00:00.000Z', assignee_id: null })
    expect(givenIn(filled(), ZONE, 'zh')).toMatchObject({ title: { zh: 'Lamp broken', en: '' }, due_at: null })
  })
})

describe('on its way', () => {
  beforeEach(async () => {
    await Promise.all([db.meta.clear(), db.outbox.clear(), db.tasks.clear(), db.photos.clear()])
  })

  const photo = (sha256: string) => addFixPhoto(NEW_TASK, me.id, { sha256, bytes: new ArrayBuffer(8), type: 'image/jpeg', width: 4, height: 4, taken_at: NOW.toISOString(), source: 'camera', quality: null } as never)

  it('what is typed stays beside the photos, and both are gone with the deed', async () => {
    await photo('a'.repeat(64))
    await keepForm(me.id, filled())
    expect(await keptForm(me.id)).toEqual(filled())
    const entry = await openTask(givenIn(filled(), ZONE, 'en'), STORE, me)
    expect(entry).toMatchObject({ kind: 'deed', path: `/tasks/${entry!.id}`, task_id: entry!.id, photos: ['a'.repeat(64)] })
    expect(JSON.parse(entry!.body)).toMatchObject({ store_id: 's1', photos: [{ sha256: 'a'.repeat(64) }] })
    expect(await keptForm(me.id)).toBeUndefined()
  })

  it('a second tap makes no second task', async () => {
    await keepForm(me.id, filled())
    await openTask(givenIn(filled(), ZONE, 'en'), STORE, me)
    expect(await openTask(givenIn(filled(), ZONE, 'en'), STORE, me)).toBeNull()
    expect(await db.outbox.count()).toBe(1)
  })

  it('is seen at once as waiting, and once only when the server has it', async () => {
    await keepForm(me.id, filled({ flag: 'key' }))
    const entry = (await openTask(givenIn(filled({ flag: 'key' }), ZONE, 'en'), STORE, me))!
    const [seen] = await allTasks()
    expect(seen).toMatchObject({ id: entry.id, status: 'open', pending: 1, flag: 'key', severity: 2, title: { zh: 'Lamp broken', en: 'Lamp broken' } })
    expect(Date.parse(seen!.due_at) - Date.parse(seen!.created_at)).toBe(72 * 3_600_000)
    expect(await taskById(entry.id)).toMatchObject({ pending: 1 })
    await db.tasks.put(newTaskIn(entry))
    expect(await allTasks()).toHaveLength(1)
    await db.outbox.update(entry.id, { delivered: true })
    expect(await allTasks()).toMatchObject([{ pending: 0 }])
  })

  it('starting over forgets it', async () => {
    await keepForm(me.id, filled())
    await dropForm(me.id)
    expect(await keptForm(me.id)).toBeUndefined()
  })
})
