/** Why something still waits, as a code that has words in `outbox.why`. Pure. */
import type { OutboxEntry } from '@/db/schema'

export interface Moment {
  now: number
  online: boolean
  signedIn: boolean
  syncing: boolean
  /** Photos may be sent over the network there is now. */
  photosMayGo: boolean
}

export type Reason = 'signIn' | 'earlier' | 'wifi' | 'wifiPreviews' | 'offline' | 'problem' | 'sending' | 'noAnswer' | 'next' | 'photosSending' | 'photosNext'

type Known = Pick<OutboxEntry, 'id' | 'task_id' | 'delivered' | 'photos' | 'problem' | 'next_at' | 'attempts' | 'previewed'>

/** `all` are the entries of the same person, for steps wait for the steps before them. */
export function reasonOf(entry: Known, all: readonly Known[], at: Moment): Reason {
  if (!at.signedIn) return 'signIn'
  if (entry.delivered && entry.photos.length && !at.photosMayGo) return entry.photos.every((hash) => entry.previewed?.includes(hash)) ? 'wifiPreviews' : 'wifi'
  if (!entry.delivered && entry.task_id && all.some((other) => other.task_id === entry.task_id && !other.delivered && other.id < entry.id)) return 'earlier'
  if (!at.online) return 'offline'
  if (entry.problem) return 'problem'
  if (entry.attempts > 0 && entry.next_at > at.now) return 'noAnswer'
  if (entry.delivered) return at.syncing ? 'photosSending' : 'photosNext'
  return at.syncing ? 'sending' : 'next'
}

/** How many bytes its waiting photos have, by what its text says of each. */
export function bytesWaiting(entry: Pick<OutboxEntry, 'body' | 'photos'>): number {
  const listed = entry.body.matchAll(/"sha256":"([0-9a-f]{64})","bytes":(\d+)/g)
  const sizes = new Map(Array.from(listed, ([, hash, bytes]) => [hash, Number(bytes)] as const))
  return entry.photos.reduce((sum, hash) => sum + (sizes.get(hash) ?? 0), 0)
}
