/** The form of a task by hand: what it begins with, what is missing, and what it means. Pure. */
import type { NewTaskGiven } from '@/db/newTaskDraft'
import type { Flag } from '@/domain/checklist'
import { momentOf } from '@/domain/clock'

export interface NewTaskForm {
  store: string
  title: string
  note: string
  flag: Flag
  needs_photo: boolean
  /** By the flag, or on a day and time of one's own. */
  due: 'usual' | 'own'
  day: string
  time: string
  /** '' leaves it to the roster and the roles of the store. */
  assignee: string
}

export const blankTask = (store = ''): NewTaskForm => ({ store, title: '', note: '', flag: 'general', needs_photo: true, due: 'usual', day: '', time: '18:00', assignee: '' })

export const FLAGS: readonly Flag[] = ['general', 'key', 'redline']
/** In hours, as the server reckons when no time is given. */
export const USUAL_HOURS: Record<Flag, number> = { general: 168, key: 72, redline: 24 }

/** Codes of `newtask.fault.*` by field. */
export type TaskFaults = Partial<Record<'store' | 'title' | 'due', string>>
const TITLE_MOST = 300

/** What is missing or cannot be. */
export function faultsIn(form: NewTaskForm, zone: string, now: Date): TaskFaults {
  const found: TaskFaults = {}
  if (!form.store) found.store = 'store'
  if (!form.title.trim()) found.title = 'title'
  else if (form.title.trim().length > TITLE_MOST) found.title = 'long'
  if (form.due === 'own') {
    const due = momentOf(form.day, form.time, zone)
    if (!due) found.due = 'due'
    else if (due <= now) found.due = 'past'
  }
  return found
}

/** What the server is told; only for a form without faults. */
export function givenIn(form: NewTaskForm, zone: string, locale: string): NewTaskGiven {
  const title = form.title.trim()
  return {
    store_id: form.store,
    title: locale === 'zh' ? { zh: title, en: '' } : { zh: '', en: title },
    note: form.note.trim(),
    flag: form.flag,
    needs_photo: form.needs_photo,
    due_at: form.due === 'own' ? (momentOf(form.day, form.time, zone)?.toISOString() ?? null) : null,
    assignee_id: form.assignee || null,
  }
}
