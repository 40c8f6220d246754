/**
 * A draft with what is in force of its checklist, its score so far and what is still missing, kept up to date
 * from the local database. As answers change, items come and go; what was answered to a hidden one waits.
 */
import { computed, type Ref } from 'vue'
import { useLiveQuery } from '@/composables/useLiveQuery'
import { draftOfVisit, inForceFor } from '@/db/drafts'
import { failedBeforeHere } from '@/db/earlier'
import { db } from '@/db/schema'
import { complete } from '@/domain/completeness'
import { score } from '@/domain/scoring'
import { roundTitles } from './roundTitles'

export function useDraft(visitId: Ref<string>, userId: Ref<string>) {
  const { data, loading } = useLiveQuery(
    async () => {
      const draft = await draftOfVisit(visitId.value, userId.value)
      const version = draft && (await db.versions.get([draft.checklist_id, draft.checklist_version]))
      if (!draft || !version) return null
      return { draft, whole: version.content, earlier: await failedBeforeHere({ ...draft, at: draft.started_at }) }
    },
    () => [visitId.value, userId.value],
  )
  const draft = computed(() => data.value?.draft ?? null)
  const whole = computed(() => data.value?.whole ?? null)
  const earlier = computed(() => data.value?.earlier ?? [])
  const content = computed(() => (whole.value && draft.value ? inForceFor(whole.value, draft.value) : null))
  const answers = computed(() => Object.values(draft.value?.answers ?? {}))
  const items = computed(() => content.value?.sections.flatMap((section) => section.items) ?? [])
  const places = computed(() => new Map(items.value.map((item, i) => [item.key, i + 1])))
  const result = computed(() => (content.value && draft.value ? score(content.value, answers.value, draft.value.on_date, earlier.value) : null))
  const gaps = computed(() => (content.value && draft.value ? complete(content.value, answers.value, draft.value.on_date) : []))
  const open = computed(() => new Set(gaps.value.map((gap) => gap.item_key)))
  /** What counts for the progress: an item that may stay empty counts once it is answered. */
  const counted = computed(() => items.value.filter((item) => item.required !== false || open.value.has(item.key) || draft.value?.answers[item.key]))
  const done = computed(() => counted.value.length - counted.value.filter((item) => open.value.has(item.key)).length)
  const titles = computed(() => (whole.value ? roundTitles(whole.value, draft.value?.rounds ?? {}) : null))
  const repeated = computed(() => new Set(earlier.value))
  return {
    draft, whole, content, loading, items, answers, earlier, repeated, result, gaps, open, counted, done, titles,
    placeOf: (key: string): number => places.value.get(key) ?? 0,
  }
}
