/**
 * Where the photos of an item go. Cards do not know: a visit keeps them in the draft on the phone,
 * a preview only pretends, and without a handler no photo can be taken.
 */
import type { InjectionKey } from 'vue'
import { addPhoto, removePhoto, type PhotoSlot } from '@/db/drafts'
import type { Photo } from '@/domain/checklist'
import { newId } from '@/db/ids'
import { processPhoto, room } from '@/photos'

export type { PhotoSlot }

export interface PhotoHandler {
  /** Keeps a picture; when it returns, the answer lists it. Throws PhotoUnreadable, NoRoom, or what the disk said. */
  take(itemKey: string, slot: PhotoSlot, file: Blob, source: Photo['source']): Promise<void>
  /** Takes one out and gives the way to bring it back. */
  remove(itemKey: string, slot: PhotoSlot, photo: Photo): Promise<() => Promise<void>>
}

export const PHOTO_HANDLER: InjectionKey<PhotoHandler> = Symbol('photos of an item')

/** The phone is almost full. */
export class NoRoom extends Error {
  override readonly name = 'NoRoom'
}

/** Keeps photos in a draft: the bytes and the place in the answer together. */
export function draftPhotos(draftId: () => string): PhotoHandler {
  return {
    async take(itemKey, slot, file, source) {
      if ((await room()).tight) throw new NoRoom()
      await addPhoto(draftId(), itemKey, slot, await processPhoto(file, source))
    },
    remove: (itemKey, slot, photo) => removePhoto(draftId(), itemKey, slot, photo.id),
  }
}

/** Keeps nothing: a mark stands where the photo would be. `change` gets the new list of an item's photos. */
export function pretendedPhotos(change: (itemKey: string, slot: PhotoSlot, edit: (photos: Photo[]) => Photo[]) => void): PhotoHandler {
  return {
    async take(itemKey, slot, file, source) {
      const photo: Photo = {
        id: newId(),
        sha256: '',
        bytes: file.size,
        width: 0,
        height: 0,
        taken_at: new Date().toISOString(),
        source,
        latitude: null,
        longitude: null,
        accuracy: null,
      }
      change(itemKey, slot, (photos) => [...photos, photo])
    },
    async remove(itemKey, slot, photo) {
      change(itemKey, slot, (photos) => photos.filter((one) => one.id !== photo.id))
      return async () => change(itemKey, slot, (photos) => [...photos, photo])
    },
  }
}
