/**
 * What to look at before leaving the store, because it cannot be mended from afar: photos on which nothing can be
 * seen, faults without a picture, redline items that nobody is to mend, and what has not been sent yet. None of it
 * stops anybody; only gaps in the answers do, and those are told apart.
 */
import type { SignOff } from '@/api/types'
import type { Answer, Item, OwnerRole } from './checklist'

export type WorryKind = 'resign' | 'lost' | 'blurred' | 'dark' | 'bright' | 'unproved' | 'unowned' | 'owner' | 'unsent'

export interface Worry {
  kind: WorryKind
  /** The item that it is about. */
  item?: string
  /** The task that it is about. */
  task?: string
  /** How many: photos of that kind at the item, or things unsent. */
  n?: number
  /** Who will be asked to mend it; null: the store, its manager first. */
  owner?: OwnerRole | null
}

export interface LeaveView {
  items: readonly Item[]
  answers: readonly Answer[]
  /** Keys of what failed. */
  findings: readonly string[]
  faults: ReadonlyMap<string, readonly string[]>
  lost: ReadonlySet<string>
  openTasks: readonly { id: string; flag: string; owned: boolean }[]
  unsent: number
  signOff: SignOff | null
}

const SEEN = ['blurred', 'dark', 'bright'] as const

/** A signature stands for the answers that were shown with it: it falls when one of them is changed later. */
export const signOffHolds = (signOff: SignOff, answers: readonly Pick<Answer, 'changed_at'>[]): boolean =>
  answers.every((answer) => answer.changed_at <= signOff.at)

/** In the order in which one would go about it: here and now first, what can wait last. */
export function worries(view: LeaveView): Worry[] {
  const found: Worry[] = []
  if (view.signOff && !signOffHolds(view.signOff, view.answers)) found.push({ kind: 'resign' })
  const answered = new Map(view.answers.map((answer) => [answer.item_key, answer]))
  for (const item of view.items) {
    const photos = [...(answered.get(item.key)?.photos ?? []), ...(answered.get(item.key)?.fix_photos ?? [])]
    const count = (test: (sha256: string) => boolean): number => photos.filter((photo) => test(photo.sha256)).length
    const lost = count((hash) => view.lost.has(hash))
    if (lost) found.push({ kind: 'lost', item: item.key, n: lost })
    for (const kind of SEEN) {
      // The worst is said first; one word for each photo is enough.
      const n = count((hash) => view.faults.get(hash)?.[0] === kind)
      if (n) found.push({ kind, item: item.key, n })
    }
    if (view.findings.includes(item.key) && !photos.length && item.photo.max > 0) found.push({ kind: 'unproved', item: item.key })
  }
  const red = view.items.filter((item) => item.flag === 'redline' && view.findings.includes(item.key) && !answered.get(item.key)?.fixed_on_spot)
  found.push(...red.map((item): Worry => ({ kind: 'owner', item: item.key, owner: item.owner_role ?? null })))
  found.push(...view.openTasks.filter((task) => task.flag === 'redline' && !task.owned).map((task): Worry => ({ kind: 'unowned', task: task.id })))
  if (view.unsent) found.push({ kind: 'unsent', n: view.unsent })
  return found
}
