/** Tasks that somebody opens by hand: kept while they are written, sent as a deed, and shown before they arrive. */
import type { Task, User } from '@/api/types'
import type { Flag, Photo } from '@/domain/checklist'
import { dueAt, severity } from '@/domain/deadlines'
import { deedName } from '@/domain/deedPaths'
import { marksOf } from '@/domain/marks'
import { queueDeed } from './deeds'
import { fixKey, fixOf, type Fix } from './fixes'
import { newId } from './ids'
import { db, safely, type OutboxEntry } from './schema'

/** What the server is told; `title` in one language stands for both. */
export interface NewTaskBody {
  store_id: string
  title: { zh: string; en: string }
  note: string
  flag: Flag
  needs_photo: boolean
  due_at: string | null
  assignee_id: string | null
  photos: Photo[]
  device_at: string
}

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

/** Whether the server has not got this new task yet. */
export const isNewTask = (entry: OutboxEntry): boolean => entry.kind === 'deed' && !entry.delivered && deedName(entry.path) === 'task'

/** The task as it will be, as far as this phone can tell. */
export function newTaskIn(entry: OutboxEntry): Task {
  const body = JSON.parse(entry.body) as NewTaskBody
  const made = body.device_at
  const due = body.due_at ?? new Date(dueAt(body.flag, null, Date.parse(made))).toISOString()
  const marks = marksOf(body.photos)
  const me = { id: entry.user_id, name: '' }
  return {
    id: entry.id,
    inspection_id: null,
    item_key: null,
    checklist_id: null,
    checklist_version: null,
    store_id: body.store_id,
    store_name: entry.store_name,
    title: entry.label,
    guide: null,
    flag: body.flag,
    severity: severity(body.flag, 0),
    status: 'open',
    needs_photo: body.needs_photo,
    assignee: body.assignee_id ? { id: body.assignee_id, name: '' } : null,
    reviewer: null,
    finding: { result: 'fail', value: null, note: body.note, photos: body.photos.map((photo) => photo.sha256), marks },
    fix: null,
    fixed_by_id: null,
    created_at: made,
    due_at: due,
    original_due_at: due,
    submitted_at: null,
    closed_at: null,
    reject_count: 0,
    reopen_count: 0,
    version: 1,
    history: [{ id: entry.id, action: 'open', from: null, to: 'open', actor: me, at: made, device_at: made, note: '', photos: [] }],
  } as Task
}
