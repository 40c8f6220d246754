/** What the phone knows of stores: their tasks, their last report, what is planned. */
import type { InspectionSummary, Store, Task, Visit } from '@/api/types'
import { db } from '@/db/schema'
import { withPending, type TaskView } from '@/db/tasks'
import { isOpen } from '@/db/visits'

export interface StoreRow {
  store: Store
  open: number
  overdue: number
  last: InspectionSummary | null
}

export interface StorePage extends StoreRow {
  inspections: InspectionSummary[]
  tasks: TaskView[]
  visits: Visit[]
}

const RECENT = 10
const RANK: Record<Store['status'], number> = { open: 0, suspended: 1, closed: 2 }

/** Past its time while somebody at the store still has to mend it. */
export const isOverdue = (task: TaskView, now: number): boolean =>
  (task.status === 'open' || task.status === 'in_progress') && Date.parse(task.due_at) < now

const isOver = ({ status }: Task): boolean => status === 'closed' || status === 'waived' || status === 'cancelled'
const counts = (report: InspectionSummary): boolean => report.status !== 'voided'
const newestFirst = (a: InspectionSummary, b: InspectionSummary): number => (a.submitted_at < b.submitted_at ? 1 : -1)

/** All stores of this phone, those that are open first, by code. */
export async function storeRows(now: number = Date.now()): Promise<StoreRow[]> {
  const [stores, tasks, entries, inspections] = await Promise.all([
    db.stores.toArray(),
    db.tasks.toArray(),
    db.outbox.toArray(),
    db.inspections.toArray(),
  ])
  const rows = new Map<string, StoreRow>(stores.map((store) => [store.id, { store, open: 0, overdue: 0, last: null }]))
  for (const task of tasks) {
    const row = rows.get(task.store_id)
    const shown = row && withPending(task, entries)
    if (!row || !shown || isOver(shown)) continue
    row.open += 1
    if (isOverdue(shown, now)) row.overdue += 1
  }
  for (const report of inspections) {
    const row = rows.get(report.store_id)
    if (row && counts(report) && (!row.last || newestFirst(report, row.last) < 0)) row.last = report
  }
  return [...rows.values()].sort(
    (a, b) => RANK[a.store.status] - RANK[b.store.status] || a.store.code.localeCompare(b.store.code, undefined, { numeric: true }),
  )
}

/** One store with everything about it, or null when the phone does not have it. */
export async function storePage(id: string, now: number = Date.now()): Promise<StorePage | null> {
  const store = await db.stores.get(id)
  if (!store) return null
  const [tasks, entries, inspections, visits] = await Promise.all([
    db.tasks.where('store_id').equals(id).toArray(),
    db.outbox.toArray(),
    db.inspections.where('store_id').equals(id).toArray(),
    db.visits.where('store_id').equals(id).toArray(),
  ])
  const open = tasks.map((task) => withPending(task, entries)).filter((task) => !isOver(task))
  const recent = inspections.toSorted(newestFirst)
  return {
    store,
    open: open.length,
    overdue: open.filter((task) => isOverdue(task, now)).length,
    last: recent.find(counts) ?? null,
    inspections: recent.slice(0, RECENT),
    tasks: open.toSorted((a, b) => (a.due_at < b.due_at ? -1 : 1)),
    visits: visits.filter(isOpen).toSorted((a, b) => (a.opens_at < b.opens_at ? -1 : 1)),
  }
}

/** The name of a person, as far as anything on this phone mentions it; stores carry only the id. */
export async function nameOnPhone(id: string): Promise<string | null> {
  const visit = await db.visits.filter((one) => one.assignee?.id === id).first()
  if (visit?.assignee) return visit.assignee.name
  const report = await db.inspections.filter((one) => one.inspector.id === id).first()
  if (report) return report.inspector.name
  const task = await db.tasks.filter((one) => one.reviewer?.id === id).first()
  return task?.reviewer?.name ?? null
}
