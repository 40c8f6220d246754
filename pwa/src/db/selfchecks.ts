/** The checks that a store does itself: today's, as this phone knows them, and beginning one without a position. */
import type { CheckIn, Visit } from '@/api/types'
import { setCheckIn, startVisit, inForceFor } from './drafts'
import { contextAt } from './context'
import { inForce } from '@/domain/inForce'
import { db, type Draft } from './schema'
import { isOpen, type VisitView } from './visits'

export interface SelfCheck extends VisitView {
  items: number
  answered: number
  /** The checklist is not on this phone yet. */
  missing: boolean
}

export interface SelfChecks {
  now: SelfCheck[]
  done: SelfCheck[]
}

const stillOpen = (check: VisitView): boolean => check.finished === null && (isOpen(check) || check.draft !== null)

/** Today's self-checks of one's stores: whoever has a hand free may do them, one's own come first. */
export async function selfChecks(userId: string, storeId: string | null, endOfDay: string, startOfDay: string): Promise<SelfChecks> {
  const stores = new Set(storeId ? [storeId] : await db.stores.toCollection().primaryKeys())
  const visits = await db.visits.where('store_id').anyOf([...stores]).filter((visit) => visit.kind === 'self').sortBy('due_at')
  const drafts = await db.drafts.where('user_id').equals(userId).toArray()
  const entries = await db.outbox.where('user_id').equals(userId).toArray()
  const checks = visits.map((visit): VisitView => ({
    ...visit,
    draft: drafts.find((draft) => draft.visit_id === visit.id) ?? null,
    finished: entries.find((entry) => entry.kind === 'inspection' && entry.visit_id === visit.id) ?? null,
  }))
  const open = checks.filter((check) => stillOpen(check) && check.opens_at < endOfDay)
  const done = checks.filter((check) => check.finished !== null || (check.state === 'submitted' && (check.finished_at ?? check.due_at) >= startOfDay))
  const mineFirst = open.toSorted((a, b) => Number(b.assignee?.id === userId) - Number(a.assignee?.id === userId))
  return { now: await Promise.all(mineFirst.map(counted)), done: await Promise.all(done.map(counted)) }
}

async function counted(check: VisitView): Promise<SelfCheck> {
  const number = check.draft?.checklist_version ?? (await db.checklists.get(check.checklist_id))?.published_version ?? 0
  const version = await db.versions.get([check.checklist_id, number])
  if (!version) return { ...check, items: 0, answered: 0, missing: true }
  const { draft } = check
  const content = draft ? inForceFor(version.content, draft) : inForce(version.content, await contextAt(await db.stores.get(check.store_id), new Date()), [], {}, '2000-01-01')
  const items = content.sections.flatMap((section) => section.items)
  return { ...check, items: items.length, answered: items.filter((item) => draft?.answers[item.key]).length, missing: false }
}

/** Begins or goes on with a self-check: nobody asks where the phone is. */
export async function beginSelfCheck(visit: Visit, userId: string): Promise<Draft> {
  const draft = await startVisit(visit, userId)
  if (!draft.check_in) {
    const nowhere: CheckIn = { at: draft.started_at, latitude: null, longitude: null, accuracy: null, source: 'none', reason: '' }
    await setCheckIn(draft.id, nowhere)
  }
  return draft
}
