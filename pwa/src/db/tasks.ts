/** Tasks as this phone sees them: what the server said, with what was done here and is still on its way. */
import type { Person, Task, TaskAction, User } from '@/api/types'
import type { Photo } from '@/domain/checklist'
import { countPhotos, marksOf } from '@/domain/marks'
import { decide, type ActorFacts, type Refusal, type TaskFacts } from '@/domain/taskLifecycle'
import { textSha256 } from '@/photos/hash'
import { fixKey } from './fixes'
import { newId } from './ids'
import { db, safely, type OutboxEntry } from './schema'

export interface TaskView extends Task {
  /** Steps done on this phone that the server has not confirmed. */
  pending: number
}

interface StepBody {
  action: TaskAction
  version: number
  note: string
  photos: Photo[]
  device_at: string
  assignee_id: string | null
}

export interface StepInput {
  action: TaskAction
  note?: string
  /** Photos whose bytes are kept on this phone already. */
  photos?: Photo[]
  assignee_id?: string | null
}

/** The step cannot be done; `code` says why, in the words of the life cycle. */
export class StepRefused extends Error {
  override readonly name = 'StepRefused'
  constructor(readonly code: Refusal) {
    super(code)
  }
}

export const factsOf = (task: Task): TaskFacts => ({
  status: task.status,
  flag: task.flag,
  assignee_id: task.assignee?.id ?? null,
  fixed_by_id: task.fixed_by_id,
  closed_at: task.closed_at,
  needs_photo: task.needs_photo,
})

/** Who somebody is to a task. What a phone mirrors lies within its owner's scope. */
export const actorOf = (user: User): ActorFacts => ({
  id: user.id,
  role: user.role,
  is_store_member: user.role === 'store_manager' || user.role === 'store_staff',
  in_scope: true,
})

/** A task with the waiting steps applied, so that a tap shows at once. */
export function withPending(task: Task, entries: readonly OutboxEntry[]): TaskView {
  const steps = entries.filter((e) => e.kind === 'task_step' && e.task_id === task.id && !e.delivered && e.state === 'waiting')
  const shown: TaskView = { ...task, history: [...task.history], pending: steps.length }
  for (const entry of steps.toSorted((a, b) => (a.id < b.id ? -1 : 1))) apply(shown, entry)
  return shown
}

const NEXT: Partial<Record<TaskAction, Task['status']>> = {
  start: 'in_progress',
  submit: 'submitted',
  approve: 'closed',
  send_back: 'in_progress',
  waive: 'waived',
  cancel: 'cancelled',
  reopen: 'in_progress',
}

function apply(task: TaskView, entry: OutboxEntry): void {
  const body = JSON.parse(entry.body) as StepBody
  const me: Person = { id: entry.user_id, name: '' }
  const to = NEXT[body.action] ?? task.status
  const photos = body.photos.map((photo) => photo.sha256)
  task.history.push({
    id: entry.id,
    action: body.action,
    from: task.status,
    to,
    actor: me,
    at: body.device_at,
    device_at: body.device_at,
    note: body.note,
    photos,
  })
  task.status = to
  task.version += 1
  if (body.action === 'submit') {
    task.fix = { by: me, at: body.device_at, note: body.note, photos, marks: marksOf(body.photos) }
    task.fixed_by_id = entry.user_id
  }
  if (body.action === 'approve') task.closed_at = body.device_at
  if (body.action === 'reopen') task.closed_at = null
}

async function viewed(id: string): Promise<TaskView | undefined> {
  const task = await db.tasks.get(id)
  return task && withPending(task, await db.outbox.where('task_id').equals(id).toArray())
}

/** One task as it is shown here. */
export const taskById = (id: string): Promise<TaskView | undefined> => viewed(id)

/** All mirrored tasks as they are shown here. */
export async function allTasks(): Promise<TaskView[]> {
  const [tasks, entries] = await Promise.all([db.tasks.toArray(), db.outbox.toArray()])
  return tasks.map((task) => withPending(task, entries))
}

/** Does a step: into the outbox with its photos, in one transaction. Throws StepRefused. */
export async function actOnTask(taskId: string, input: StepInput, user: User): Promise<OutboxEntry> {
  const task = await viewed(taskId)
  if (!task) throw new Error('task-missing')
  const now = new Date().toISOString()
  const listed = input.photos ?? []
  const note = (input.note ?? '').trim()
  const given = { note, photos: countPhotos(listed), assignee_id: input.assignee_id ?? null }
  const decision = decide(factsOf(task), input.action, actorOf(user), given, now)
  if ('refused' in decision) throw new StepRefused(decision.refused)
  const body: StepBody = {
    action: input.action,
    version: task.version,
    note,
    photos: listed,
    device_at: now,
    assignee_id: input.assignee_id ?? null,
  }
  const text = JSON.stringify(body)
  const photos = [...new Set(listed.map((photo) => photo.sha256))]
  const entry: OutboxEntry = {
    id: newId(),
    user_id: user.id,
    kind: 'task_step',
    state: 'waiting',
    label: task.title,
    store_name: task.store_name,
    visit_id: null,
    task_id: task.id,
    action: input.action,
    body: text,
    sha256: await textSha256(text),
    photos,
    photos_total: photos.length,
    receipt: null,
    delivered: false,
    created_at: now,
    attempts: 0,
    next_at: 0,
    problem: null,
  }
  await safely(() =>
    db.transaction('rw', db.outbox, db.meta, db.tasks, async () => {
      const waiting = await db.outbox.where('task_id').equals(taskId).filter((e) => !e.delivered).toArray()
      // A second tap on the same button must not do the same thing twice.
      if (waiting.some((e) => e.action === input.action && (JSON.parse(e.body) as StepBody).version === body.version)) return
      await db.outbox.add(entry)
      // What was being prepared has become the step.
      if (input.action === 'submit') await db.meta.delete(fixKey(taskId, user.id))
    }),
  )
  return entry
}
