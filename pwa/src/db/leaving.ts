/** What is done on leaving a store: the position once more, and the store's word on the result. */
import type { CheckOut, InspectionDocument, SignOff } from '@/api/types'
import type { Photo } from '@/domain/checklist'
import { signOffHolds } from '@/domain/leaving'
import type { ProcessedPhoto } from '@/photos'
import { describe, keepPhoto } from './keptPhotos'
import { db, safely, type Draft } from './schema'

/** Keeps what the store said; with a signature, its bytes in the same transaction. */
export async function keepSignOff(draftId: string, given: Omit<SignOff, 'at' | 'photo'>, hand: ProcessedPhoto | null): Promise<void> {
  await safely(() =>
    db.transaction('rw', db.drafts, db.photos, async () => {
      const draft = await db.drafts.get(draftId)
      if (!draft) throw new Error('draft-missing')
      if (hand) await keepPhoto(hand, draft.user_id)
      const now = new Date().toISOString()
      await db.drafts.put({ ...draft, updated_at: now, sign_off: { ...given, at: now, photo: hand && describe(hand, null) } })
    }),
  )
}

/** Takes the store's word back, and gives the way to bring it again. */
export async function dropSignOff(draftId: string): Promise<() => Promise<void>> {
  const before = (await db.drafts.get(draftId))?.sign_off ?? null
  const put = (sign_off: SignOff | null): Promise<void> => change(draftId, { sign_off })
  await put(null)
  return () => put(before)
}

export const keepCheckOut = (draftId: string, check_out: CheckOut): Promise<void> => change(draftId, { check_out })

async function change(draftId: string, fields: Partial<Draft>): Promise<void> {
  await safely(() => db.transaction('rw', db.drafts, () => db.drafts.update(draftId, { ...fields, updated_at: new Date().toISOString() })))
}

/** What the store said, unless answers were changed behind its back since. */
export const standingSignOff = (draft: Draft): SignOff | null =>
  draft.sign_off && signOffHolds(draft.sign_off, Object.values(draft.answers)) ? draft.sign_off : null

/** The signature among a document's photos. */
export const signatureOf = (document: InspectionDocument): Photo[] => (document.sign_off?.photo ? [document.sign_off.photo] : [])

export interface LeaveFacts {
  /** What was found of photos that nobody accepted as they are. */
  faults: Map<string, readonly string[]>
  /** Photos whose bytes are no longer on this phone. */
  lost: Set<string>
  openTasks: { id: string; title: { zh: string; en: string }; flag: string; owned: boolean }[]
  unsent: number
  /** People who are known to belong to the store, for choosing a name. */
  names: string[]
}

/** What this phone knows that matters before leaving. */
export async function leaveFacts(draft: Draft): Promise<LeaveFacts> {
  const hashes = Object.values(draft.answers).flatMap((answer) => [...answer.photos, ...answer.fix_photos]).map((photo) => photo.sha256)
  const held = await db.photos.bulkGet(hashes)
  const faults = new Map(held.flatMap((photo) => (photo?.quality?.faults.length && !photo.quality_accepted ? [[photo.sha256, [...photo.quality.faults] as string[]] as const] : [])))
  const tasks = await db.tasks.where('store_id').equals(draft.store_id).toArray()
  const open = tasks.filter((task) => task.status === 'open' || task.status === 'in_progress')
  const visits = await db.visits.where('store_id').equals(draft.store_id).toArray()
  const people = [...tasks.flatMap((task) => [task.assignee, task.fix?.by]), ...visits.filter((visit) => visit.kind === 'self').map((visit) => visit.assignee)]
  return {
    faults,
    lost: new Set(hashes.filter((_, at) => !held[at])),
    openTasks: open.map((task) => ({ id: task.id, title: task.title, flag: task.flag, owned: task.assignee !== null })),
    unsent: await db.outbox.where('user_id').equals(draft.user_id).count(),
    names: [...new Set(people.filter((one) => one && one.id !== draft.user_id).map((one) => one!.name))].sort(),
  }
}
