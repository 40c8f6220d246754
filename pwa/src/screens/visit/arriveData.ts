/** What the phone knows of a visit and its store, for who stands before the door. */
import type { Bilingual, InspectionSummary, Store } from '@/api/types'
import { contextAt } from '@/db/context'
import { inForceFor } from '@/db/drafts'
import { repeatedTasks } from '@/db/earlier'
import { db } from '@/db/schema'
import { allTasks, type TaskView } from '@/db/tasks'
import { visitById, type VisitView } from '@/db/visits'
import type { Content, Item } from '@/domain/checklist'
import { inForce } from '@/domain/inForce'

export interface Arrival {
  visit: VisitView
  store: Store | undefined
  /** The checklist is on this phone. */
  ready: boolean
  items: Item[]
  /** What is still open here, and which of it failed before too. */
  tasks: TaskView[]
  again: Set<string>
  last: InspectionSummary | undefined
  /** The report that this visit rechecks, and what failed then. */
  source: InspectionSummary | undefined
  failed: Bilingual[]
}

const itemsIn = (content: Content): Item[] => content.sections.flatMap((section) => section.items)

/** Null when the visit is not on this phone. */
export async function arrival(id: string, userId: string): Promise<Arrival | null> {
  const visit = await visitById(id, userId)
  if (!visit) return null
  const number = visit.draft?.checklist_version ?? (await db.checklists.get(visit.checklist_id))?.published_version ?? 0
  const version = await db.versions.get([visit.checklist_id, number])
  const store = await db.stores.get(visit.store_id)
  const tasks = (await allTasks()).filter((task) => task.store_id === visit.store_id && !['closed', 'waived', 'cancelled'].includes(task.status))
  const reports = await db.inspections.where('store_id').equals(visit.store_id).sortBy('received_at')
  const source = reports.find((report) => report.id === visit.source_inspection_id)
  return {
    visit,
    store,
    ready: version !== undefined,
    items: version ? await itemsFor(version.content, visit, store) : [],
    tasks,
    again: repeatedTasks(tasks, reports),
    last: reports.filter((report) => report.status !== 'voided').at(-1),
    source,
    failed: source && version ? namesOf(version.content, source.failed_items ?? []) : [],
  }
}

async function itemsFor(content: Content, visit: VisitView, store: Store | undefined): Promise<Item[]> {
  if (visit.draft) return itemsIn(inForceFor(content, visit.draft))
  return itemsIn(inForce(content, await contextAt(store, new Date()), [], {}, '2000-01-01'))
}

/** Items of rounds have keys such as `temp#2`. */
function namesOf(content: Content, keys: readonly string[]): Bilingual[] {
  const byKey = new Map(itemsIn(content).map((item) => [item.key, item.text]))
  return [...new Set(keys.map((key) => key.replace(/#\d+$/, '')))].flatMap((key) => byKey.get(key) ?? [])
}
