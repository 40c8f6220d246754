/** What may be begun in a store, from what is on this phone. */
import type { Bilingual, Checklist, Store } from '@/api/types'
import { contextAt } from '@/db/context'
import { db } from '@/db/schema'
import { begunHere } from '@/db/unplanned'
import { isOpen } from '@/db/visits'
import { inForce } from '@/domain/inForce'
import { timingOf } from '@/domain/visitTiming'

export interface Choice {
  checklist: Checklist
  items: number
  points: number
}

export interface Going {
  id: string
  name: Bilingual
  /** From when till when it is to be done; null for what nobody has planned. */
  window: { from: string; to: string } | null
}

export interface BeginPage {
  store: Store
  /** Checklists on this phone that ask something here, that of the last visit first. */
  choices: Choice[]
  /** Begun already without a plan, or planned for this person and to be done now: it may be this that is meant. */
  going: Going[]
}

/** Null when the store is not on this phone. */
export async function beginPage(storeId: string, userId: string, now: Date = new Date()): Promise<BeginPage | null> {
  const store = await db.stores.get(storeId)
  if (!store) return null
  const [lists, context, begun, visits, last] = await Promise.all([
    db.checklists.toArray(),
    contextAt(store, now),
    begunHere(storeId, userId),
    db.visits.where('store_id').equals(storeId).sortBy('due_at'),
    db.inspections.where('store_id').equals(storeId).reverse().sortBy('received_at'),
  ])
  const found: Choice[] = []
  for (const checklist of lists) {
    const version = await db.versions.get([checklist.id, checklist.published_version ?? 0])
    if (!version || checklist.retired_at) continue
    const items = inForce(version.content, context, [], {}, '2000-01-01').sections.flatMap((section) => section.items)
    if (items.length) found.push({ checklist, items: items.length, points: items.filter((item) => !item.bonus).reduce((sum, item) => sum + item.points * (item.weight ?? 1), 0) })
  }
  const recent = last.map((report) => report.checklist_id)
  const place = ({ checklist }: Choice): number => (recent.includes(checklist.id) ? recent.indexOf(checklist.id) : recent.length)
  return {
    store,
    choices: found.toSorted((a, b) => place(a) - place(b) || a.checklist.code.localeCompare(b.checklist.code)),
    going: [
      ...begun.map((draft) => ({ id: draft.id, name: draft.checklist_name, window: null })),
      ...visits.filter((visit) => visit.assignee?.id === userId && isOpen(visit) && timingOf(visit, now.getTime()) !== 'tooEarly').map((visit) => ({ id: visit.id, name: visit.checklist_name, window: { from: visit.early_at ?? visit.opens_at, to: visit.due_at } })),
    ],
  }
}
