/**
 * A draft with what is in force of its checklist, its score so far and what is still missing, kept up to date
 * from the local database. As answers change, items come and go; what was answered to a hidden one waits.
 */
import { computed, type Ref } from 'vue'
import { useLiveQuery } from '@/composables/useLiveQuery'
import { draftOfVisit, inForceFor } from '@/db/drafts'
import { failedBeforeHere } from '@/db/earlier'
import { db, type Draft } from '@/db/schema'
import type { Content } from '@/domain/checklist'
import { complete } from '@/domain/completeness'
import { score } from '@/domain/scoring'
import { roundTitles } from './roundTitles'
import { useGiven } from './useGiven'

/** The whole checklist of a draft and what failed here before; without a checklist nothing can be shown. */
async function aroundDraft(draft: Draft | null): Promise<{ id: string; whole: Content | null; earlier: string[] } | null> {
  if (!draft) return null
  const version = await db.versions.get([draft.checklist_id, draft.checklist_version])
  return { id: draft.id, whole: version?.content ?? null, earlier: await failedBeforeHere({ ...draft, at: draft.started_at }) }
}

export function useDraft(visitId: Ref<string>, userId: Ref<string>) {
  const { data: found, loading: finding } = useLiveQuery(async () => (await draftOfVisit(visitId.value, userId.value)) ?? null, () => [visitId.value, userId.value])
  const stored = computed(() => found.value ?? null)
  const { draft, keeping, give } = useGiven(stored)
  /** What does not change with the answers is read once. */
  const { data: around } = useLiveQuery(() => aroundDraft(found.value ?? null), () => found.value?.id)
  const ready = computed(() => (around.value && around.value.id === draft.value?.id ? around.value : null))
  const loading = computed(() => finding.value || (draft.value !== null && ready.value === null))
  const whole = computed(() => ready.value?.whole ?? null)
  const earlier = computed(() => ready.value?.earlier ?? [])
  const content = computed(() => (whole.value && draft.value ? inForceFor(whole.value, draft.value) : null))
  const answers = computed(() => Object.values(draft.value?.answers ?? {}))
  const items = computed(() => content.value?.sections.flatMap((section) => section.items) ?? [])
  const places = computed(() => new Map(items.value.map((item, i) => [item.key, i + 1])))
  const result = computed(() => (content.value && draft.value ? score(content.value, answers.value, draft.value.on_date, earlier.value) : null))
  const gaps = computed(() => (content.value && draft.value ? complete(content.value, answers.value, draft.value.on_date) : []))
  const open = computed(() => new Set(gaps.value.map((gap) => gap.item_key)))
  /** What counts for the progress: an item that may stay empty counts once it is answered. */
  const counted = computed(() => items.value.filter((item) => item.required !== false || open.value.has(item.key) || draft.value?.answers[item.key]))
  /** Those that are on the disk, not only on the screen. */
  const missing = computed(() => new Set(content.value && stored.value ? complete(content.value, Object.values(stored.value.answers), stored.value.on_date).map((gap) => gap.item_key) : []))
  const done = computed(() => counted.value.filter((item) => !missing.value.has(item.key)).length)
  const titles = computed(() => (whole.value ? roundTitles(whole.value, draft.value?.rounds ?? {}) : null))
  const repeated = computed(() => new Set(earlier.value))
  return {
    draft, whole, content, loading, items, answers, earlier, repeated, result, gaps, open, counted, done, titles, keeping, give,
    placeOf: (key: string): number => places.value.get(key) ?? 0,
  }
}
