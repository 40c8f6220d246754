/** Checklists for those who look at them and those who manage them: from the server, else from the phone. */
import { checklist as askChecklist, checklists as askChecklists, checklistVersion, type VersionName } from '@/api/endpoints'
import type { Checklist, ChecklistDetail } from '@/api/types'
import { db } from '@/db/schema'
import type { Content, Item } from '@/domain/checklist'
import { filled } from '../builder/blanks'

/** All of them by code; `fromPhone` when the server was not asked. */
export async function allChecklists(online: boolean): Promise<{ items: Checklist[]; fromPhone: boolean }> {
  if (online) return { items: (await askChecklists()).items, fromPhone: false }
  const kept = await db.checklists.toArray()
  return { items: kept.toSorted((a, b) => a.code.localeCompare(b.code)), fromPhone: true }
}

/** One checklist; from the phone it comes without its draft and without the list of its versions. */
export async function oneChecklist(id: string, online: boolean): Promise<ChecklistDetail> {
  const kept = online ? undefined : await db.checklists.get(id)
  return kept ? { ...kept, draft: null, faults: [], versions: [] } : askChecklist(id)
}

/** What one version holds. A published one never changes and may therefore come from the phone. */
export async function contentOf(detail: ChecklistDetail, which: VersionName): Promise<Content | null> {
  if (which === 'draft') return detail.draft && readable(detail.draft)
  const kept = await db.versions.get([detail.id, which])
  return (kept ?? (await checklistVersion(detail.id, which))).content
}

/** A draft may be kept while fields are missing; what is shown has them all. */
function readable(draft: Content): Content {
  let made = 0
  return filled(draft, () => `-${(made += 1)}`)
}

/** The version that is asked for when it exists, else the published one, else the draft. */
export function versionShown({ draft, published_version: published }: ChecklistDetail, asked: unknown): VersionName | null {
  const number = Number(asked)
  if (asked === 'draft' && draft) return 'draft'
  if (published !== null && Number.isInteger(number) && number >= 1 && number <= published) return number
  return published ?? (draft ? 'draft' : null)
}

export const STATES = ['published', 'drafts', 'retired'] as const
export type ListState = (typeof STATES)[number]

/** Whether a checklist belongs into a list; a published one that is being changed is in two of them. */
export function isIn(state: ListState, { published_version: published, has_draft: drafted, retired_at: retired }: Checklist): boolean {
  if (state === 'retired') return Boolean(retired)
  return !retired && (state === 'published' ? published !== null : drafted || published === null)
}

/** Points of items, each as often as it counts; exact to a thousandth, as they are shown. */
export function pointsOf(items: readonly Item[], bonus = false): number {
  const total = items.filter((item) => item.bonus === bonus).reduce((sum, item) => sum + item.points * (item.weight ?? 1), 0)
  return Math.round(total * 1000) / 1000
}
