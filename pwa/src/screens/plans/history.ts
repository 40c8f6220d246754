/** What the revisions of a plan changed, one after the other. Pure. */
import type { PlanDetail, Revision } from '@/api/planTypes'

export type Part = 'checklist' | 'selection' | 'assignee' | 'when' | 'window' | 'closed' | 'kind' | 'note'

export interface Step {
  revision: Revision
  what: 'first' | 'stopped' | 'changed' | 'same'
  parts: Part[]
  /** In force now, or still ahead; neither when a later one has taken over. */
  place: 'now' | 'ahead' | null
}

/** The newest first. */
export function historyOf({ revisions, current }: Pick<PlanDetail, 'revisions' | 'current'>, today: string): Step[] {
  return revisions
    .map((revision, at): Step => {
      const before = revisions[at - 1]
      const parts = before ? changedParts(before, revision) : []
      const what = !before ? 'first' : revision.stopped ? 'stopped' : parts.length ? 'changed' : 'same'
      const place = revision.number === current.number ? 'now' : revision.number > current.number && revision.effective_from > today ? 'ahead' : null
      return { revision, what, parts, place }
    })
    .toReversed()
}

function changedParts(before: Revision, after: Revision): Part[] {
  const [a, b] = [before.terms, after.terms]
  const differs: Record<Part, [unknown, unknown]> = {
    checklist: [before.checklist.id, after.checklist.id],
    selection: [a.selection, b.selection],
    assignee: [a.assignee, b.assignee],
    when: [[a.rrule, a.starts_on, a.times], [b.rrule, b.starts_on, b.times]],
    window: [[a.window_minutes, a.late_minutes, a.early_minutes], [b.window_minutes, b.late_minutes, b.early_minutes]],
    closed: [a.closed, b.closed],
    kind: [a.kind, b.kind],
    note: [a.note, b.note],
  }
  return (Object.keys(differs) as Part[]).filter((part) => text(differs[part][0]) !== text(differs[part][1]))
}

/** As text with its names in order, because the server keeps none. */
function text(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner && typeof inner === 'object' && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => a.localeCompare(b))) : inner,
  )
}
