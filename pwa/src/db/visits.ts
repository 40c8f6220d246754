/** Visits as this phone sees them: the server's, with what was begun or finished here. */
import type { Visit } from '@/api/types'
import { db, type Draft, type OutboxEntry } from './schema'

/** `draft`: begun here. `finished`: in the outbox. */
export interface VisitView extends Visit {
  draft: Draft | null
  finished: OutboxEntry | null
}

/** The visits of one person that are not over, and those of the last day, by due time. */
export async function visitsOf(userId: string, now: number = Date.now()): Promise<VisitView[]> {
  const [visits, drafts, entries] = await Promise.all([
    db.visits.orderBy('due_at').toArray(),
    db.drafts.where('user_id').equals(userId).toArray(),
    db.outbox.where('user_id').equals(userId).toArray(),
  ])
  const since = new Date(now - 24 * 3_600_000).toISOString()
  return visits
    .filter((visit) => visit.assignee?.id === userId || drafts.some((draft) => draft.visit_id === visit.id))
    .map((visit) => viewed(visit, drafts, entries))
    .filter((visit) => isOpen(visit) || visit.draft || visit.finished || visit.due_at >= since)
}

/** All visits of one person that were due since then, whatever became of them, by due time. */
export async function visitsSince(userId: string, since: string): Promise<VisitView[]> {
  const [visits, drafts, entries] = await Promise.all([
    db.visits.where('due_at').aboveOrEqual(since).sortBy('due_at'),
    db.drafts.where('user_id').equals(userId).toArray(),
    db.outbox.where('user_id').equals(userId).toArray(),
  ])
  const begun = new Set(drafts.map((draft) => draft.visit_id))
  return visits.filter((visit) => visit.assignee?.id === userId || begun.has(visit.id)).map((visit) => viewed(visit, drafts, entries))
}

export const isOpen = (visit: Visit): boolean => visit.state === 'scheduled' || visit.state === 'in_progress'

export async function visitById(id: string, userId: string): Promise<VisitView | undefined> {
  const visit = await db.visits.get(id)
  if (!visit) return undefined
  const drafts = await db.drafts.where('user_id').equals(userId).toArray()
  const entries = await db.outbox.where('user_id').equals(userId).toArray()
  return viewed(visit, drafts, entries)
}

function viewed(visit: Visit, drafts: readonly Draft[], entries: readonly OutboxEntry[]): VisitView {
  return {
    ...visit,
    draft: drafts.find((draft) => draft.visit_id === visit.id) ?? null,
    finished: entries.find((entry) => entry.visit_id === visit.id) ?? null,
  }
}
