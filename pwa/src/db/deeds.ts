/**
 * Further deeds on their way to the server: comments, new tasks, appeals. Each is one PUT of a text that never
 * changes, to an address that ends with the deed's own id; its photos follow it.
 */
import type { Bilingual, DeedReceipt, Task, TaskComment } from '@/api/types'
import { deedName, isDeedPath } from '@/domain/deedPaths'
import { hashesIn, textSha256 } from '@/photos/hash'
import { newId } from './ids'
import { db, safely, type OutboxEntry } from './schema'

export interface NewDeed {
  /** UUIDv7; made here when there is none yet. */
  id?: string
  /** Below /api/v1; `{id}` stands for the deed's own id. */
  path: string
  /** Sent as JSON. Photos listed in it must have their bytes on this phone. */
  body: object
  /** What it is about, for people. */
  label: Bilingual
  store_name: Bilingual
  /** Deeds and steps on one task go in their order. */
  task_id?: string
  user: { id: string }
  /** The key in `meta` of what was being prepared and now becomes the deed; both happen or neither. */
  prepared?: string
}

/** Puts a deed into the outbox, in one transaction with what it was prepared as. Null when that was gone: a second tap. */
export async function queueDeed(given: NewDeed): Promise<OutboxEntry | null> {
  const id = given.id ?? newId()
  const path = given.path.replaceAll('{id}', id)
  if (!isDeedPath(path, id)) throw new Error(`not the address of a deed: ${path}`)
  const body = JSON.stringify(given.body)
  const photos = hashesIn(body)
  const entry: OutboxEntry = {
    id,
    user_id: given.user.id,
    kind: 'deed',
    path,
    state: 'waiting',
    label: given.label,
    store_name: given.store_name,
    visit_id: null,
    task_id: given.task_id ?? null,
    action: null,
    body,
    sha256: await textSha256(body),
    photos,
    photos_total: photos.length,
    receipt: null,
    delivered: false,
    created_at: new Date().toISOString(),
    attempts: 0,
    next_at: 0,
    problem: null,
  }
  return safely(() =>
    db.transaction('rw', db.outbox, db.meta, async () => {
      if (given.prepared !== undefined) {
        if (!(await db.meta.get(given.prepared))) return null
        await db.meta.delete(given.prepared)
      }
      await db.outbox.add(entry)
      return entry
    }),
  )
}

/** Whether the answer is the receipt for this very deed. */
export function isReceiptFor(entry: OutboxEntry, answer: Partial<DeedReceipt> | null | undefined): answer is DeedReceipt {
  return answer?.id === entry.id && answer.content_sha256 === entry.sha256 && typeof answer.received_at === 'string'
}

/** Shows at once what a deed made, without waiting for the feed. Called inside a transaction that has `tasks`. */
export async function mirror(entry: OutboxEntry, answer: DeedReceipt): Promise<void> {
  const name = deedName(entry.path)
  if (name === 'task' && 'history' in answer) await db.tasks.put(taskIn(answer as DeedReceipt & Task))
  if (name !== 'comment') return
  const task = await db.tasks.get(entry.task_id ?? '')
  if (!task || task.comments?.some((one) => one.id === answer.id)) return
  await db.tasks.update(task.id, { comments: [...(task.comments ?? []), commentIn(answer as DeedReceipt & TaskComment)] })
}

function taskIn({ content_sha256: _hash, received_at: _at, ...task }: DeedReceipt & Task): Task {
  return task as Task
}

function commentIn({ content_sha256: _hash, received_at: _at, ...comment }: DeedReceipt & TaskComment): TaskComment {
  return comment as TaskComment
}
