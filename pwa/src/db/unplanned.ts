/**
 * Visits that nothing was planned for: begun at the store's door, with or without a network. They have no row of
 * their own on the server; what was begun, what waits and what was sent on this phone is shown like a visit, by the
 * id of its report.
 */
import type { InspectionDocument, Person } from '@/api/types'
import { db, type Draft, type OutboxEntry, type SentEntry } from './schema'
import type { VisitView } from './visits'

const HOUR_MS = 3_600_000

interface Known {
  id: string
  kind: VisitView['kind']
  store_id: string
  store_name: Draft['store_name']
  checklist_id: string
  checklist_name: Draft['checklist_name']
  checklist_version: number
  started_at: string
}

/** Nobody waits for it, so it is never late: it is due an hour from now, or was when it was handed in. */
function shownAs(of: Known, me: Person, due: number): VisitView {
  const until = new Date(due).toISOString()
  return {
    ...of,
    unplanned: true,
    assignee: me,
    early_at: of.started_at,
    opens_at: of.started_at,
    due_at: until,
    missed_at: until,
    state: 'in_progress',
    inspection_id: null,
    note: '',
    version: 0,
    created_at: of.started_at,
    plan_id: null,
    plan_name: null,
    owner: null,
    finished_at: null,
    rescheduled_from: null,
    rescheduled_to: null,
    source_inspection_id: null,
    settled_at: null,
    reason: '',
    late: false,
    overdue: false,
    upcoming: false,
    draft: null,
    finished: null,
  }
}

function ofDraft(draft: Draft, now: number): VisitView {
  return { ...shownAs({ ...draft, kind: draft.kind ?? 'routine' }, { id: draft.user_id, name: '' }, Math.max(now, Date.parse(draft.started_at)) + HOUR_MS), draft }
}

function ofEntry(entry: OutboxEntry): VisitView {
  const document = JSON.parse(entry.body) as InspectionDocument
  const of: Known = { ...document, id: entry.id, kind: document.kind ?? 'routine', store_name: entry.store_name, checklist_name: entry.label }
  return { ...shownAs(of, { id: entry.user_id, name: '' }, Date.parse(document.submitted_at)), state: 'submitted', finished_at: document.submitted_at }
}

const isUnplanned = (entry: OutboxEntry): boolean => entry.kind === 'inspection' && entry.visit_id === null
const waiting = (entry: OutboxEntry): VisitView => ({ ...ofEntry(entry), finished: entry })
const arrived = (entry: SentEntry): VisitView => ({ ...ofEntry(entry), inspection_id: entry.id })

/** One of this person by the id of its draft or report. */
export async function unplannedById(id: string, userId: string, now: number = Date.now()): Promise<VisitView | undefined> {
  const draft = await db.drafts.get(id)
  if (draft) return draft.visit_id === null && draft.user_id === userId ? ofDraft(draft, now) : undefined
  const entry = await db.outbox.get(id)
  if (entry) return isUnplanned(entry) && entry.user_id === userId ? waiting(entry) : undefined
  const sent = await db.sent.get(id)
  return sent && isUnplanned(sent) && sent.user_id === userId ? arrived(sent) : undefined
}

/** All of one person on this phone that were begun or handed in since then. */
export async function unplannedSince(userId: string, since: string, now: number = Date.now()): Promise<VisitView[]> {
  const [drafts, entries, sent] = await Promise.all([
    db.drafts.where('user_id').equals(userId).filter((draft) => draft.visit_id === null).toArray(),
    db.outbox.where('user_id').equals(userId).filter(isUnplanned).toArray(),
    db.sent.where('sent_at').aboveOrEqual(since).filter((entry) => isUnplanned(entry) && entry.user_id === userId).toArray(),
  ])
  return [...drafts.map((draft) => ofDraft(draft, now)), ...entries.map(waiting), ...sent.map(arrived)]
}

/** What this person has begun in a store that nothing was planned for. */
export const begunHere = (storeId: string, userId: string): Promise<Draft[]> =>
  db.drafts.where('user_id').equals(userId).filter((draft) => draft.visit_id === null && draft.store_id === storeId).toArray()
