/** Checklists for head office: from the server, else from the phone. */
import { checklists as askChecklists } from '@/api/endpoints'
import { request } from '@/api/http'
import type { Checklist, ChecklistVersion } from '@/api/types'
import { db } from '@/db/schema'
import type { Content, Item } from '@/domain/checklist'

/** All of them by code; `fromPhone` when the server was not asked. */
export async function allChecklists(online: boolean): Promise<{ items: Checklist[]; fromPhone: boolean }> {
  if (online) return { items: (await askChecklists()).items, fromPhone: false }
  const kept = await db.checklists.toArray()
  return { items: kept.toSorted((a, b) => a.code.localeCompare(b.code)), fromPhone: true }
}

export interface ChecklistPage {
  checklist: Checklist
  /** Null when nothing was published. */
  content: Content | null
}

/** One checklist with its published version, which never changes and may therefore come from the phone. */
export async function checklistPage(id: string, online: boolean): Promise<ChecklistPage> {
  const kept = await db.checklists.get(id)
  const checklist = online || !kept ? await request<Checklist>(`/checklists/${id}`) : kept
  const number = checklist.published_version
  if (number === null) return { checklist, content: null }
  const version = await db.versions.get([id, number])
  const found = version ?? (await request<ChecklistVersion>(`/checklists/${id}/versions/${number}`))
  return { checklist, content: found.content }
}

/** Points of items; exact to a thousandth, as they are shown. */
export function pointsOf(items: readonly Item[], bonus = false): number {
  const total = items.filter((item) => item.bonus === bonus).reduce((sum, item) => sum + item.points, 0)
  return Math.round(total * 1000) / 1000
}
