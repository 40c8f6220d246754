/** A task that somebody writes by hand: kept while it is written, then handed to the outbox. */
import type { Task, User } from '@/api/types'
import { queueDeed } from './deeds'
import { fixKey, fixOf, type Fix } from './fixes'
import { newId } from './ids'
import type { NewTaskBody } from './newTasks'
import { db, safely, type OutboxEntry } from './schema'

export type NewTaskGiven = Omit<NewTaskBody, 'device_at' | 'photos'>

/** Under this name the photos of a new task are prepared, as those of a fix are. */
export const NEW_TASK = 'new-task'

type Kept<T> = Fix & { form?: T }

/** What was typed before, as the form keeps it. */
export async function keptForm<T>(userId: string): Promise<T | undefined> {
  return ((await fixOf(NEW_TASK, userId)) as Kept<T>).form
}

/** Keeps what is typed beside the photos. */
export const keepForm = (userId: string, form: object): Promise<unknown> =>
  safely(() => db.transaction('rw', db.meta, async () => db.meta.put({ key: fixKey(NEW_TASK, userId), value: { ...(await fixOf(NEW_TASK, userId)), form: JSON.parse(JSON.stringify(form)) } })))

/** Begins anew: nothing is kept. */
export const dropForm = (userId: string): Promise<void> => safely(() => db.meta.delete(fixKey(NEW_TASK, userId)))

/** Hands the task to the outbox with the photos that were taken for it. Null on a second tap. */
export async function openTask(given: NewTaskGiven, storeName: Task['store_name'], user: User): Promise<OutboxEntry | null> {
  const { photos } = await fixOf(NEW_TASK, user.id)
  const id = newId()
  const body: NewTaskBody = { ...given, photos, device_at: new Date().toISOString() }
  const label = { zh: given.title.zh || given.title.en, en: given.title.en || given.title.zh }
  return queueDeed({ id, path: '/tasks/{id}', body, label, store_name: storeName, task_id: id, user, prepared: fixKey(NEW_TASK, user.id) })
}
