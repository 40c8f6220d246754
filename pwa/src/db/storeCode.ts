/** The code on a store's wall: what was scanned, and how it gets into the next report from there. */
import type { CheckIn } from '@/api/types'
import { db, getMeta, safely, setMeta, type Draft } from './schema'

/** A code that was scanned so long before the visit began still belongs to it. */
const BEFORE_MS = 2 * 3_600_000
const CODE = /^[A-Za-z0-9_-]{36}$/
const keyOf = (storeId: string, userId: string): string => `store-code:${userId}:${storeId}`

export interface Scanned {
  code: string
  at: string
}

/** The store that a code speaks of, as far as a phone can read it; only the server knows whether it is true. */
export function storeIn(code: string): string | null {
  if (!CODE.test(code)) return null
  const bytes = atob(code.replaceAll('-', '+').replaceAll('_', '/'))
  const hex = Array.from(bytes.slice(0, 16), (sign) => sign.charCodeAt(0).toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** The code in what a camera read: the address of this app, or the bare code. Null for anything else. */
export function codeIn(read: string): string | null {
  const code = /\/s\/([A-Za-z0-9_-]{36})$/.exec(read.trim())?.[1] ?? read.trim()
  return storeIn(code) === null ? null : code
}

/** Remembers that this person scanned a store's code just now. */
export const rememberCode = (code: string, storeId: string, userId: string): Promise<void> =>
  safely(() => setMeta(keyOf(storeId, userId), { code, at: new Date().toISOString() } satisfies Scanned))

/** The code this person scanned in a store for a visit that began then, or begins now. */
export async function scannedFor(storeId: string, userId: string, startedAt: string = new Date().toISOString()): Promise<Scanned | null> {
  const scanned = await getMeta<Scanned>(keyOf(storeId, userId))
  return scanned && Date.parse(scanned.at) >= Date.parse(startedAt) - BEFORE_MS ? scanned : null
}

/** The check-in of a draft with the code that was scanned in its store, at the beginning or later. */
export async function withStoreCode(draft: Draft): Promise<CheckIn | null> {
  if (!draft.check_in) return null
  const scanned = await scannedFor(draft.store_id, draft.user_id, draft.started_at)
  return scanned ? { ...draft.check_in, store_token: scanned.code } : draft.check_in
}

/** A visit to this store that this person may go on with or begin now: what was begun first, then by due time. */
export async function visitHere(storeId: string, userId: string, now: string = new Date().toISOString()): Promise<string | null> {
  const visits = await db.visits.where('store_id').equals(storeId).sortBy('due_at')
  const begun = await db.drafts.where('user_id').equals(userId).filter((draft) => draft.store_id === storeId).first()
  if (begun?.visit_id) return begun.visit_id
  const open = visits.filter((visit) => visit.assignee?.id === userId && ['scheduled', 'in_progress'].includes(visit.state))
  return (open.find((visit) => (visit.early_at ?? visit.opens_at) <= now) ?? open[0])?.id ?? null
}
