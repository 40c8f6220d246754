/** What is said about a task: what the server has, what waits on this phone, and what is being written. */
import { taskPeople } from '@/api/endpoints'
import type { Mentionable, Task, TaskComment, User } from '@/api/types'
import type { Photo } from '@/domain/checklist'
import { deedName } from '@/domain/deedPaths'
import { marksOf } from '@/domain/marks'
import { namedIn } from '@/domain/mentions'
import { queueDeed } from './deeds'
import { fixKey, fixOf } from './fixes'
import { db, getMeta, PEOPLE, safely, setMeta, type OutboxEntry } from './schema'

export interface CommentView extends TaskComment {
  /** Null when the server has it. */
  waits: OutboxEntry['state'] | null
}

interface CommentBody {
  text: string
  photos: Photo[]
  mentions: string[]
  device_at: string
}

/** Under this name a comment is prepared, as a fix is under its task's id. */
export const writing = (taskId: string): string => `${taskId}:comment`

/** All comments on a task, oldest first; those of this phone at once. */
export async function commentsOf(taskId: string): Promise<CommentView[]> {
  const task = await db.tasks.get(taskId)
  const received = (task?.comments ?? []).map((one) => ({ ...one, waits: null }))
  const known = new Set(received.map((one) => one.id))
  const entries = await db.outbox.where('task_id').equals(taskId).filter((entry) => deedName(entry.path) === 'comment').sortBy('id')
  const people = new Map(((await getMeta<Mentionable[]>(`${PEOPLE}${task?.store_id}`)) ?? []).map((one) => [one.id, one.name]))
  return [...received, ...entries.filter((entry) => !known.has(entry.id)).map((entry) => waitingOne(entry, people))]
}

function waitingOne(entry: OutboxEntry, names: ReadonlyMap<string, string>): CommentView {
  const body = JSON.parse(entry.body) as CommentBody
  return {
    id: entry.id,
    author: { id: entry.user_id, name: '' },
    at: entry.created_at,
    device_at: body.device_at,
    text: body.text,
    photos: body.photos.map((photo) => photo.sha256),
    marks: marksOf(body.photos),
    mentions: body.mentions.map((id) => ({ id, name: names.get(id) ?? '' })),
    waits: entry.state,
  }
}

/** Hands what was written to the outbox. False when there was nothing. */
export async function sendComment(task: Pick<Task, 'id' | 'title' | 'store_name'>, text: string, people: readonly Mentionable[], user: User): Promise<boolean> {
  const key = fixKey(writing(task.id), user.id)
  const { photos } = await fixOf(writing(task.id), user.id)
  const words = text.trim()
  if (!words && !photos.length) return false
  const body: CommentBody = { text: words, photos, mentions: namedIn(words, people), device_at: new Date().toISOString() }
  await safely(() => db.meta.put({ key, value: { photos, note: words } }))
  return (await queueDeed({ path: `/tasks/${task.id}/comments/{id}`, body, label: task.title, store_name: task.store_name, task_id: task.id, user, prepared: key })) !== null
}

/** Nothing is being written any more. */
export const dropWriting = (taskId: string, userId: string): Promise<void> => safely(() => db.meta.delete(fixKey(writing(taskId), userId)))

/** Who may be named, from the server; without a network as it was asked last in this store, else who took part. */
export async function whoMayBeNamed(task: Task, me: string): Promise<Mentionable[]> {
  const key = `${PEOPLE}${task.store_id}`
  try {
    const { items } = await taskPeople(task.id)
    await setMeta(key, items)
    return items
  } catch {
    return (await getMeta<Mentionable[]>(key)) ?? whoTookPart(task).filter((person) => person.id !== me)
  }
}

function whoTookPart(task: Task): Mentionable[] {
  const seen = [task.assignee, task.reviewer, ...task.history.map((step) => step.actor), ...(task.comments ?? []).map((one) => one.author)]
  return [...new Map(seen.flatMap((one) => (one?.name ? [[one.id, { ...one, role: null }] as const] : []))).values()]
}
