/** What failed before: the last two visits of a store within 90 days tell what has failed again. */
import type { InspectionSummary, Task } from '@/api/types'
import { db } from './schema'

type Report = Pick<InspectionSummary, 'id' | 'store_id' | 'checklist_id' | 'status' | 'submitted_at' | 'failed_items'>

const DAYS_MS = 90 * 24 * 3_600_000
const LAST = 2

/** Keys of what failed in one of the last two reports before this moment, by the same checklist in the same store. */
export function failedBefore(reports: readonly Report[], visit: { id: string; store_id: string; checklist_id: string; at: string }): string[] {
  const since = new Date(Date.parse(visit.at) - DAYS_MS).toISOString()
  const last = reports
    .filter((one) => one.store_id === visit.store_id && one.checklist_id === visit.checklist_id && one.status !== 'voided' && one.id !== visit.id)
    .filter((one) => Date.parse(one.submitted_at) < Date.parse(visit.at) && Date.parse(one.submitted_at) >= Date.parse(since))
    .toSorted((a, b) => Date.parse(b.submitted_at) - Date.parse(a.submitted_at))
    .slice(0, LAST)
  // Reports mirrored by an older app have no list of what failed.
  return [...new Set(last.flatMap((one) => one.failed_items ?? []))]
}

/** The same for a visit, from what is mirrored on this phone. */
export async function failedBeforeHere(visit: { id: string; store_id: string; checklist_id: string; at: string }): Promise<string[]> {
  return failedBefore(await db.inspections.where('store_id').equals(visit.store_id).toArray(), visit)
}

/** Ids of the tasks whose item had failed before too. */
export function repeatedTasks(tasks: readonly Pick<Task, 'id' | 'inspection_id' | 'item_key'>[], reports: readonly Report[]): Set<string> {
  const byId = new Map(reports.map((one) => [one.id, one]))
  const before = new Map<string, string[]>()
  const again = tasks.filter((task) => {
    const report = task.inspection_id === null ? undefined : byId.get(task.inspection_id)
    if (!report || task.item_key === null) return false
    const known = before.get(report.id) ?? failedBefore(reports, { ...report, at: report.submitted_at })
    before.set(report.id, known)
    return known.includes(task.item_key)
  })
  return new Set(again.map((task) => task.id))
}
