/** Steps that are taken back before they went, and steps that the server did not want: how they end. */
import type { Task, User } from '@/api/types'
import { fixKey } from './fixes'
import { db, safely, type OutboxEntry } from './schema'
import { actOnTask, type StepBody } from './tasks'

/** Takes a step back that waits for that; false when it has gone already. */
export function undoStep(id: string, now: number = Date.now()): Promise<boolean> {
  return safely(() =>
    db.transaction('rw', db.outbox, async () => {
      const entry = await db.outbox.get(id)
      if (!entry || entry.delivered || (entry.held_until ?? 0) <= now) return false
      await db.outbox.delete(id)
      return true
    }),
  )
}

/** Nothing needs to be waited for any more: what could be taken back goes now. */
export const releaseSteps = (userId: string): Promise<unknown> =>
  safely(() => db.outbox.where('user_id').equals(userId).filter((entry) => (entry.held_until ?? 0) > 0).modify({ held_until: 0 }))

/** Somebody's steps on a task that the server refused, oldest first. */
export const refusedSteps = (taskId: string, userId: string): Promise<OutboxEntry[]> =>
  db.outbox
    .where('task_id')
    .equals(taskId)
    .filter((entry) => entry.kind === 'task_step' && entry.state === 'attention' && entry.user_id === userId && !entry.delivered)
    .sortBy('id')

export const stepBody = (entry: OutboxEntry): StepBody => JSON.parse(entry.body) as StepBody

/** The server's own copy that came with a refusal, when it is newer than the one here. */
export async function takeCurrent(entry: OutboxEntry): Promise<void> {
  const current = entry.problem?.current as Task | undefined
  if (!current || current.id !== entry.task_id) return
  await safely(() =>
    db.transaction('rw', db.tasks, async () => {
      const known = await db.tasks.get(current.id)
      if (!known || known.version < current.version) await db.tasks.put(current)
    }),
  )
}

/** Gives a refused step up. The photos and words of a fix go back to where they were prepared. */
export async function dropStep(entry: OutboxEntry): Promise<void> {
  const body = stepBody(entry)
  await safely(() =>
    db.transaction('rw', db.outbox, db.meta, async () => {
      const key = fixKey(entry.task_id ?? '', entry.user_id)
      if (body.action === 'submit' && !(await db.meta.get(key))) await db.meta.put({ key, value: { photos: body.photos, note: body.note } })
      await db.outbox.delete(entry.id)
    }),
  )
}

/** Does a refused step once more, on the task as it is now. Throws StepRefused when it cannot be done any more. */
export async function redoStep(entry: OutboxEntry, user: User): Promise<void> {
  const { action, note, photos, assignee_id } = stepBody(entry)
  await takeCurrent(entry)
  await actOnTask(entry.task_id ?? '', { action, note, photos, assignee_id }, user)
  await safely(() => db.outbox.delete(entry.id))
}
