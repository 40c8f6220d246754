/** Photos of a visit in progress. Each deed is one local transaction: bytes and place in the answer together. */
import type { Photo } from '@/domain/checklist'
import { withMarked, withoutPhoto } from '@/domain/marks'
import type { ProcessedPhoto } from '@/photos'
import { changeDraft, emptyAnswer } from './drafts'
import { describe, describeMarked, keepPhoto, type Position } from './keptPhotos'
import { db, safely, type Draft } from './schema'

export type PhotoSlot = 'photos' | 'fix_photos'

/** Keeps the bytes and changes the list of an answer's photos in the same transaction. */
async function keepAndList(id: string, itemKey: string, slot: PhotoSlot, taken: ProcessedPhoto, edit: (photos: Photo[]) => Photo[]): Promise<void> {
  await safely(() =>
    db.transaction('rw', db.drafts, db.photos, async () => {
      const draft = await db.drafts.get(id)
      if (!draft) throw new Error('draft-missing')
      await keepPhoto(taken, draft.user_id)
      list(draft, itemKey, slot, edit)
      draft.updated_at = new Date().toISOString()
      await db.drafts.put(draft)
    }),
  )
}

function list(draft: Draft, itemKey: string, slot: PhotoSlot, edit: (photos: Photo[]) => Photo[]): void {
  const answer = draft.answers[itemKey] ?? emptyAnswer(itemKey)
  draft.answers[itemKey] = { ...answer, [slot]: edit(answer[slot]), changed_at: new Date().toISOString() }
}

/** Adds a photo to an item: its bytes and its place in the answer together. */
export async function addPhoto(id: string, itemKey: string, slot: PhotoSlot, taken: ProcessedPhoto, position: Position | null = null): Promise<Photo> {
  const photo = describe(taken, position)
  await keepAndList(id, itemKey, slot, taken, (photos) => [...photos, photo])
  return photo
}

/** Lists a drawing in the place of the photo it was made on, which rides along behind it. */
export async function markPhoto(id: string, itemKey: string, slot: PhotoSlot, drawnOn: Photo, taken: ProcessedPhoto): Promise<Photo> {
  const photo = describeMarked(taken, drawnOn)
  await keepAndList(id, itemKey, slot, taken, (photos) => withMarked(photos, drawnOn.id, photo))
  return photo
}

/** Takes a photo out of an answer, with the original that rode along, and gives the way back. The bytes stay for that. */
export async function removePhoto(id: string, itemKey: string, slot: PhotoSlot, photoId: string): Promise<() => Promise<void>> {
  let taken: Photo[] = []
  let place = 0
  await changeDraft(id, (draft) => {
    const before = draft.answers[itemKey]?.[slot] ?? []
    const left = withoutPhoto(before, photoId)
    taken = before.filter((photo) => !left.includes(photo))
    place = Math.max(0, before.findIndex((photo) => photo.id === photoId))
    if (taken.length) list(draft, itemKey, slot, () => left)
  })
  return () =>
    changeDraft(id, (draft) => {
      if (taken.length && draft.answers[itemKey]) list(draft, itemKey, slot, (photos) => photos.toSpliced(place, 0, ...taken))
    })
}
