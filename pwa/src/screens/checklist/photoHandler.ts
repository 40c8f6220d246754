/**
 * Where the photos of an item go. Cards do not know: a visit keeps them in the draft on the phone, a fix with its
 * task, a preview only pretends, and without a handler no photo can be taken.
 */
import type { InjectionKey } from 'vue'
import { addPhoto, markPhoto, removePhoto, type PhotoSlot } from '@/db/draftPhotos'
import type { Photo } from '@/domain/checklist'
import { newId } from '@/db/ids'
import { isFull } from '@/db/schema'
import { processPhoto, room, type Picture, type ProcessedPhoto, type Quality } from '@/photos'

export type { PhotoSlot }

/** A photo as it is listed now, and what was found of it. */
export interface KeptPhoto {
  photo: Photo
  quality: Quality | null
}

export interface PhotoHandler {
  /** False where photos are only pretended: no camera is opened for those. */
  keeps: boolean
  /** Keeps a picture; when it returns, the answer lists it. Throws PhotoUnreadable, NoRoom, or what the disk said. */
  take(itemKey: string, slot: PhotoSlot, picture: Picture, source: Photo['source']): Promise<KeptPhoto>
  /** Keeps a drawing made by hand, such as a signature. Throws as `take` does. */
  sign(itemKey: string, drawing: Picture): Promise<void>
  /** Lists a copy that was drawn on in the place of a photo; the original rides along. Throws as `take` does. */
  mark(itemKey: string, slot: PhotoSlot, drawnOn: Photo, picture: Picture): Promise<KeptPhoto>
  /** Takes one out and gives the way to bring it back. */
  remove(itemKey: string, slot: PhotoSlot, photo: Photo): Promise<() => Promise<void>>
}

export const PHOTO_HANDLER: InjectionKey<PhotoHandler> = Symbol('photos of an item')

/** The phone is almost full. */
export class NoRoom extends Error {
  override readonly name = 'NoRoom'
}

const SAID: Record<string, string> = { PhotoUnreadable: 'checklist.unreadable', NoRoom: 'checklist.noRoom' }

/** The i18n key of what went wrong with a photo, when it has words of its own. */
export const photoWords = (thrown: unknown): string | undefined =>
  isFull(thrown) ? SAID.NoRoom : thrown instanceof Error ? SAID[thrown.name] : undefined

/** Shrinks, judges and hashes a picture, if there is room for it. Throws PhotoUnreadable, NoRoom. */
export async function prepared(picture: Picture, source: Photo['source'], judged = true): Promise<ProcessedPhoto> {
  if ((await room()).tight) throw new NoRoom()
  return processPhoto(picture, source, judged)
}

/** Keeps photos in a draft: the bytes and the place in the answer together. */
export function draftPhotos(draftId: () => string): PhotoHandler {
  return {
    keeps: true,
    async take(itemKey, slot, picture, source) {
      const taken = await prepared(picture, source)
      return { photo: await addPhoto(draftId(), itemKey, slot, taken), quality: taken.quality ?? null }
    },
    async sign(itemKey, drawing) {
      await addPhoto(draftId(), itemKey, 'photos', await prepared(drawing, 'camera', false))
    },
    async mark(itemKey, slot, drawnOn, picture) {
      return { photo: await markPhoto(draftId(), itemKey, slot, drawnOn, await prepared(picture, drawnOn.source, false)), quality: null }
    },
    remove: (itemKey, slot, photo) => removePhoto(draftId(), itemKey, slot, photo.id),
  }
}

/** Keeps nothing: a mark stands where the photo would be. `change` gets the new list of an item's photos. */
export function pretendedPhotos(change: (itemKey: string, slot: PhotoSlot, edit: (photos: Photo[]) => Photo[]) => void): PhotoHandler {
  async function pretend(itemKey: string, slot: PhotoSlot, picture: Picture, source: Photo['source']): Promise<KeptPhoto> {
    const photo: Photo = {
      id: newId(),
      sha256: '',
      bytes: picture instanceof Blob ? picture.size : 0,
      width: 0,
      height: 0,
      taken_at: new Date().toISOString(),
      source,
      latitude: null,
      longitude: null,
      accuracy: null,
    }
    change(itemKey, slot, (photos) => [...photos, photo])
    return { photo, quality: null }
  }
  return {
    keeps: false,
    take: pretend,
    async sign(itemKey, drawing) {
      await pretend(itemKey, 'photos', drawing, 'camera')
    },
    mark: async (_itemKey, _slot, photo) => ({ photo, quality: null }),
    async remove(itemKey, slot, photo) {
      change(itemKey, slot, (photos) => photos.filter((one) => one.id !== photo.id))
      return async () => change(itemKey, slot, (photos) => [...photos, photo])
    },
  }
}
