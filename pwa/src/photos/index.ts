/** Photos for the screens: take one in, show one, and say whether there is room for more. */
import { db, safely } from '@/db/schema'
import { shrink, type Picture, type Shrunk } from './process'
import type { Quality } from './quality'

export type { Picture, Quality }
export { photoUrl } from './address'
export { room } from './room'

export interface ProcessedPhoto extends Shrunk {
  taken_at: string
  source: 'camera' | 'gallery'
  /** The hash of the original, when this is a copy that was drawn on. */
  marks_of?: string | null
}

/** The file is no picture that this phone can read. */
export class PhotoUnreadable extends Error {
  override readonly name = 'PhotoUnreadable'
}

type Answer = { id: number; done?: Shrunk; failed?: string }
let worker: Worker | null = null
let asked = 0

/** Shrinks, judges and hashes a photo in a worker; a drawing is not judged. Throws PhotoUnreadable. */
export async function processPhoto(picture: Picture, source: 'camera' | 'gallery', judged = true): Promise<ProcessedPhoto> {
  const takenAt = new Date().toISOString()
  try {
    const done = canUseWorker() ? await inWorker(picture, judged) : await shrink(picture, judged)
    return { ...done, taken_at: takenAt, source }
  } catch (error) {
    throw new PhotoUnreadable(error instanceof Error ? error.message : 'unreadable')
  }
}

const canUseWorker = (): boolean => typeof Worker !== 'undefined' && typeof OffscreenCanvas !== 'undefined'

function inWorker(picture: Picture, judged: boolean): Promise<Shrunk> {
  worker ??= new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  const running = worker
  const id = ++asked
  return new Promise((resolve, reject) => {
    const end = () => {
      running.removeEventListener('message', hear)
      running.removeEventListener('error', fail)
    }
    const hear = (event: MessageEvent<Answer>) => {
      if (event.data.id !== id) return
      end()
      if (event.data.done) resolve(event.data.done)
      else reject(new Error(event.data.failed))
    }
    const fail = () => {
      end()
      worker = null
      reject(new Error('worker-failed'))
    }
    running.addEventListener('message', hear)
    running.addEventListener('error', fail)
    running.postMessage({ id, picture, judged }, picture instanceof Blob ? [] : [picture])
  })
}

/** What was found of a photo that was taken here; null when it is not here, or nobody looked. */
export async function qualityOf(sha256: string): Promise<(Quality & { accepted: boolean }) | null> {
  const local = await db.photos.get(sha256)
  return local?.quality ? { ...local.quality, accepted: local.quality_accepted ?? false } : null
}

/** Somebody looked at the photo and keeps it as it is. */
export const acceptQuality = (sha256: string): Promise<unknown> => safely(() => db.photos.update(sha256, { quality_accepted: true }))
