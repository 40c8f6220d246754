/** Photos for the screens: take one in, show one, and say whether there is room for more. */
import { db } from '@/db/schema'
import { shrink, type Shrunk } from './process'
import { keptReference, referenceAddress } from './references'

export interface ProcessedPhoto extends Shrunk {
  taken_at: string
  source: 'camera' | 'gallery'
}

/** The file is no picture that this phone can read. */
export class PhotoUnreadable extends Error {
  override readonly name = 'PhotoUnreadable'
}

type Answer = { id: number; done?: Shrunk; failed?: string }
let worker: Worker | null = null
let asked = 0

/** Shrinks and hashes a photo in a worker. Throws PhotoUnreadable. */
export async function processPhoto(file: Blob, source: 'camera' | 'gallery'): Promise<ProcessedPhoto> {
  const takenAt = new Date().toISOString()
  try {
    const done = canUseWorker() ? await inWorker(file) : await shrink(file)
    return { ...done, taken_at: takenAt, source }
  } catch (error) {
    throw new PhotoUnreadable(error instanceof Error ? error.message : 'unreadable')
  }
}

const canUseWorker = (): boolean => typeof Worker !== 'undefined' && typeof OffscreenCanvas !== 'undefined'

function inWorker(file: Blob): Promise<Shrunk> {
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
    running.postMessage({ id, file })
  })
}

/** Where a photo can be shown from: the copy on this phone, else the server. The caller revokes `blob:` addresses. */
export async function photoUrl(sha256: string, size: 'thumb' | 'display' | 'original' = 'display'): Promise<string> {
  const local = await db.photos.get(sha256)
  if (local) return URL.createObjectURL(new Blob([local.bytes], { type: local.type }))
  const kept = await keptReference(sha256, size).catch(() => null)
  return kept ? URL.createObjectURL(kept) : referenceAddress(sha256, size)
}

/** Asks the browser not to tidy our data away; it may say no. */
export async function askToKeep(): Promise<boolean> {
  return (await navigator.storage?.persist?.()) ?? false
}

const LEAST_FREE = 60 * 1024 * 1024

/** Used and free bytes, and whether the next photos may not fit. */
export async function room(): Promise<{ used: number; free: number | null; tight: boolean }> {
  const found = await navigator.storage?.estimate?.()
  const used = found?.usage ?? 0
  const free = found?.quota === undefined ? null : found.quota - used
  return { used, free, tight: free !== null && free < LEAST_FREE }
}
