/** A draft with its checklist, its score so far and what is still missing, kept up to date from the local database. */
import { computed, type Ref } from 'vue'
import { useLiveQuery } from '@/composables/useLiveQuery'
import { draftOfVisit } from '@/db/drafts'
import { db } from '@/db/schema'
import { complete } from '@/domain/completeness'
import { score } from '@/domain/scoring'

export function useDraft(visitId: Ref<string>, userId: Ref<string>) {
  const { data, loading } = useLiveQuery(
    async () => {
      const draft = await draftOfVisit(visitId.value, userId.value)
      const version = draft && (await db.versions.get([draft.checklist_id, draft.checklist_version]))
      return draft && version ? { draft, content: version.content } : null
    },
    () => [visitId.value, userId.value],
  )
  const draft = computed(() => data.value?.draft ?? null)
  const content = computed(() => data.value?.content ?? null)
  const answers = computed(() => Object.values(draft.value?.answers ?? {}))
  const items = computed(() => content.value?.sections.flatMap((section) => section.items) ?? [])
  const places = computed(() => new Map(items.value.map((item, i) => [item.key, i + 1])))
  const result = computed(() => (content.value && draft.value ? score(content.value, answers.value, draft.value.on_date) : null))
  const gaps = computed(() => (content.value && draft.value ? complete(content.value, answers.value, draft.value.on_date) : []))
  const open = computed(() => new Set(gaps.value.map((gap) => gap.item_key)))
  return { draft, content, loading, items, result, gaps, open, placeOf: (key: string): number => places.value.get(key) ?? 0 }
}
