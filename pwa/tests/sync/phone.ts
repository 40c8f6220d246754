/** A phone with finished work of every kind in its outbox. */
import { addPhoto } from '@/db/draftPhotos'
import { finishDraft, saveAnswer, startVisit } from '@/db/drafts'
import { addFixPhoto } from '@/db/fixes'
import { newId } from '@/db/ids'
import { db } from '@/db/schema'
import { actOnTask } from '@/db/tasks'
import type { Task, User, Visit } from '@/api/types'
import type { ProcessedPhoto } from '@/photos'
import { digest } from './server'

export const ME = 'user-1'
export const words = { zh: '店', en: 'Shop' }
const visit = { store_id: 'store-1', store_name: words, checklist_id: 'list-1', checklist_name: words, checklist_version: 1 } as Visit
const keeper = { id: ME, role: 'store_manager' } as User
export const task = {
  id: 'task-1', store_id: 'store-1', store_name: words, title: words, flag: 'general', status: 'open', needs_photo: true,
  assignee: { id: ME, name: '' }, reviewer: null, fixed_by_id: null, closed_at: null, version: 1, history: [],
  finding: { result: 'fail', value: null, note: '', photos: [] }, fix: null,
} as unknown as Task

export async function fresh(): Promise<void> {
  await db.delete()
  await db.open()
  await db.checklists.put({ id: 'list-1', code: 'L', name: words, kind: 'visit', published_version: 1, draft_revision: 1, has_draft: false, retired_at: null })
  const item = { key: 'a', kind: 'pass_fail', points: 1, pass_line: 100, photo: { rule: 'none', min: 0, max: 5 } }
  await db.versions.put({ checklist_id: 'list-1', number: 1, content: { scoring: {} as never, sections: [{ key: 's', items: [item] }] as never }, content_sha256: '' })
  await db.tasks.put(task)
}

export async function photo(text: string): Promise<ProcessedPhoto> {
  const bytes = new TextEncoder().encode(text).buffer as ArrayBuffer
  return { sha256: await digest(bytes), bytes, type: 'image/jpeg', width: 4, height: 3, taken_at: new Date().toISOString(), source: 'camera' } as ProcessedPhoto
}

export async function begun(photos: readonly string[] = [], userId = ME): Promise<string> {
  const draft = await startVisit({ ...visit, id: newId() }, userId)
  await saveAnswer(draft.id, 'a', { result: 'pass' })
  for (const text of photos) await addPhoto(draft.id, 'a', 'photos', await photo(text))
  return draft.id
}

export async function finished(photos: readonly string[] = [], userId = ME): Promise<string> {
  const id = await begun(photos, userId)
  await finishDraft(id)
  return id
}

export const stepped = async (): Promise<string> => (await actOnTask('task-1', { action: 'start' }, keeper)).id

export async function fixed(text: string): Promise<string> {
  await db.tasks.update('task-1', { status: 'in_progress' })
  return (await actOnTask('task-1', { action: 'submit', note: 'done', photos: [await addFixPhoto('task-1', ME, await photo(text))] }, keeper)).id
}
