/** A checklist's draft between this device and the server: opened, kept, sent, and chosen when two have written. */
import { checklist as askChecklist, checklistVersion, putPhoto } from '@/api/endpoints'
import { request } from '@/api/http'
import { NetworkError, NotOurs } from '@/api/problems'
import type { ChecklistDetail } from '@/api/types'
import { db, safely, type ChecklistDoc, type ChecklistDraft } from '@/db/schema'
import type { ProcessedPhoto } from '@/photos'
import { textSha256 } from '@/photos/hash'
import { filled, SCORING } from './blanks'
import { keyMaker, keysOf } from './keys'

export interface Opened {
  draft: ChecklistDraft
  /** What the server has, when it is not what this device has; then a person must choose. */
  theirs: ChecklistDetail | null
  /** The server was not reached. */
  offline: boolean
}

const isUnreachable = (error: unknown): boolean => error instanceof NetworkError || error instanceof NotOurs
const idOf = (draft: Pick<ChecklistDraft, 'checklist_id' | 'user_id'>): [string, string] => [draft.checklist_id, draft.user_id]

/** What is edited, from what the server sent: its draft, else its newest version, else an empty one. */
export async function docOf(detail: ChecklistDetail): Promise<ChecklistDoc> {
  const number = detail.published_version
  const content = detail.draft ?? (number === null ? { scoring: SCORING, sections: [] } : (await checklistVersion(detail.id, number)).content)
  return { name: detail.name, kind: detail.kind, content: filled(content, keyMaker(new Set(keysOf(content)))) }
}

/** The same for the same content, whatever the order of its fields; the server has an order of its own. */
const hashOf = (doc: ChecklistDoc): Promise<string> =>
  textSha256(JSON.stringify(doc, (_, value: unknown) => (isRecord(value) ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))) : value)))
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether what the server has came from here: sent, but its answer was lost; or the same was written. */
export async function isOwn(draft: ChecklistDraft, theirs: ChecklistDoc): Promise<boolean> {
  const hash = await hashOf(theirs)
  return hash === draft.last_sent || hash === (await hashOf(draft.doc))
}

/** Opens the draft of a checklist. What is unsent on this device goes before what the server has. Throws when there is neither. */
export async function openDraft(id: string, userId: string): Promise<Opened> {
  const kept = await safely(() => db.checklist_drafts.get([id, userId]))
  let detail: ChecklistDetail
  try {
    detail = await askChecklist(id)
  } catch (error) {
    if (!kept || !isUnreachable(error)) throw error
    return { draft: kept, theirs: null, offline: true }
  }
  if (kept?.dirty) {
    const isStale = kept.revision !== detail.draft_revision && !(await isOwn(kept, await docOf(detail)))
    return { draft: isStale ? kept : { ...kept, revision: detail.draft_revision }, theirs: isStale ? detail : null, offline: false }
  }
  const draft: ChecklistDraft = {
    checklist_id: id,
    user_id: userId,
    code: detail.code,
    doc: await docOf(detail),
    revision: detail.draft_revision,
    dirty: false,
    published_version: detail.published_version,
    published_keys: kept?.published_keys ?? [],
    faults: detail.faults ?? [],
    unsent_photos: kept?.unsent_photos ?? [],
    last_sent: null,
    set_aside: kept?.set_aside ?? null,
    updated_at: new Date().toISOString(),
  }
  await keepDraft(draft)
  return { draft, theirs: null, offline: false }
}

export async function keepDraft(draft: ChecklistDraft): Promise<void> {
  await safely(() => db.checklist_drafts.put({ ...draft, updated_at: new Date().toISOString() }))
}

export async function forgetDraft(draft: ChecklistDraft): Promise<void> {
  await safely(() => db.checklist_drafts.delete(idOf(draft)))
}

/** Every key that a published version had. Asks only for the versions that were not looked at before. */
export async function publishedKeys(detail: Pick<ChecklistDetail, 'id' | 'versions'>, known: ReadonlySet<string>, upTo: number): Promise<string[]> {
  const keys = new Set(known)
  for (const { number } of detail.versions) {
    if (number <= upTo) continue
    for (const key of keysOf((await checklistVersion(detail.id, number)).content)) keys.add(key)
  }
  return [...keys]
}

/** Sends the pictures that the server has not got, then the draft. */
export async function sendDraft(draft: ChecklistDraft, doc: ChecklistDoc): Promise<ChecklistDetail> {
  for (const sha256 of [...draft.unsent_photos]) {
    const photo = await db.photos.get(sha256)
    if (photo) await putPhoto(sha256, photo.bytes, photo.type)
    draft.unsent_photos = draft.unsent_photos.filter((one) => one !== sha256)
  }
  draft.last_sent = await hashOf(doc)
  await keepDraft(draft)
  return request<ChecklistDetail>(`/checklists/${draft.checklist_id}/draft`, {
    method: 'PUT',
    json: { content: doc.content, name: doc.name, kind: doc.kind, revision: draft.revision },
  })
}

/** Puts a picture on the disk of this device, from where it is shown and sent. */
export async function keepPicture(photo: ProcessedPhoto, userId: string): Promise<string> {
  const { sha256, bytes, type, width, height } = photo
  await safely(() => db.photos.put({ sha256, bytes, type, width, height, user_id: userId, created_at: new Date().toISOString(), sent_at: null }))
  return sha256
}
