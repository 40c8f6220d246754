/** Photos on this phone: their bytes, and how answers and steps list them. */
import type { Photo } from '@/domain/checklist'
import type { ProcessedPhoto } from '@/photos'
import { newId } from './ids'
import { db } from './schema'

export type Position = Pick<Photo, 'latitude' | 'longitude' | 'accuracy'>

/** How a photo is listed in an answer or a step. */
export function describe(taken: ProcessedPhoto, position: Position | null): Photo {
  return {
    id: newId(),
    sha256: taken.sha256,
    bytes: taken.bytes.byteLength,
    width: taken.width,
    height: taken.height,
    taken_at: taken.taken_at,
    source: taken.source,
    latitude: position?.latitude ?? null,
    longitude: position?.longitude ?? null,
    accuracy: position?.accuracy ?? null,
    ...(taken.marks_of ? { marks_of: taken.marks_of } : {}),
  }
}

/** How a drawing on a listed photo is listed: it shows the same moment and place. */
export const describeMarked = (taken: ProcessedPhoto, drawnOn: Photo): Photo =>
  describe({ ...taken, taken_at: drawnOn.taken_at, source: drawnOn.source, marks_of: drawnOn.marks_of ?? drawnOn.sha256 }, drawnOn)

/** Keeps the bytes of a photo; called inside a transaction that has `photos`. */
export async function keepPhoto(taken: ProcessedPhoto, userId: string): Promise<void> {
  await db.photos.put({
    sha256: taken.sha256,
    bytes: taken.bytes,
    type: taken.type,
    width: taken.width,
    height: taken.height,
    user_id: userId,
    created_at: taken.taken_at,
    sent_at: null,
    quality: taken.quality ?? null,
  })
}
