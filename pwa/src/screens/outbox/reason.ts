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

export type Reason = 'signIn' | 'earlier' | 'wifi' | 'offline' | 'problem' | 'sending' | 'noAnswer' | 'next' | 'photosSending' | 'photosNext'

type Known = Pick<OutboxEntry, 'id' | 'task_id' | 'delivered' | 'photos' | 'problem' | 'next_at' | 'attempts'>

/** `all` are the entries of the same person, for steps wait for the steps before them. */
export function reasonOf(entry: Known, all: readonly Known[], at: Moment): Reason {
  if (!at.signedIn) return 'signIn'
  if (entry.delivered && entry.photos.length && !at.photosMayGo) return 'wifi'
  if (!entry.delivered && entry.task_id && all.some((other) => other.task_id === entry.task_id && !other.delivered && other.id < entry.id)) return 'earlier'
  if (!at.online) return 'offline'
  if (entry.problem) return 'problem'
  if (entry.attempts > 0 && entry.next_at > at.now) return 'noAnswer'
  if (entry.delivered) return at.syncing ? 'photosSending' : 'photosNext'
  return at.syncing ? 'sending' : 'next'
}
