/** Tasks that somebody opened by hand, as they are seen before they arrive. */
import type { Task } from '@/api/types'
import type { Flag, Photo } from '@/domain/checklist'
import { dueAt, severity } from '@/domain/deadlines'
import { deedName } from '@/domain/deedPaths'
import { marksOf } from '@/domain/marks'
import type { OutboxEntry } from './schema'

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
