/** Keeps the photos of a fix with its task until the fix is handed in. */
import { addFixPhoto, markFixPhoto, removeFixPhoto } from '@/db/fixes'
import { prepared, type PhotoHandler } from '../checklist/photoHandler'

export function fixPhotos(taskId: () => string, userId: () => string): PhotoHandler {
  return {
    keeps: true,
    async take(_itemKey, _slot, picture, source) {
      const taken = await prepared(picture, source)
      return { photo: await addFixPhoto(taskId(), userId(), taken), quality: taken.quality ?? null }
    },
    async sign(_itemKey, drawing) {
      await addFixPhoto(taskId(), userId(), await prepared(drawing, 'camera', false))
    },
    async mark(_itemKey, _slot, drawnOn, picture) {
      const taken = await prepared(picture, drawnOn.source, false)
      return { photo: await markFixPhoto(taskId(), userId(), drawnOn, taken), quality: null }
    },
    remove: (_itemKey, _slot, photo) => removeFixPhoto(taskId(), userId(), photo.id),
  }
}
