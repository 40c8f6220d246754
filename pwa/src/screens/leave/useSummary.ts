/** A finished checklist in words: what failed, what will be opened for it, and what is still to look at. */
import { computed, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useLiveQuery } from '@/composables/useLiveQuery'
import { leaveFacts } from '@/db/leaving'
import { db } from '@/db/schema'
import type { Item } from '@/domain/checklist'
import { dueAt } from '@/domain/deadlines'
import { explain } from '@/domain/explaining'
import { worries } from '@/domain/leaving'
import { useBi } from '@/i18n/bi'
import { useDraft } from '../checklist/useDraft'

/** What failed, and what comes of it. */
export interface Failed {
  item: Item
  title: string
  note: string
  again: boolean
  /** Already put right; its task is closed at once. */
  fixed: boolean
  due: Date
  who: string
}

export function useSummary(id: Ref<string>, userId: Ref<string>) {
  const { t } = useI18n()
  const { bi } = useBi()
  const work = useDraft(id, userId)
  const { draft, content, items, answers, result, earlier, titles, placeOf } = work
  const begun = Date.now()
  const { data: facts } = useLiveQuery(
    async () => (draft.value ? leaveFacts(draft.value) : null),
    () => [draft.value?.id, draft.value?.updated_at],
  )
  const { data: store } = useLiveQuery(async () => (await db.stores.get(draft.value?.store_id ?? '')) ?? null, () => draft.value?.store_id)

  const explanation = computed(() => (content.value && draft.value ? explain(content.value, answers.value, draft.value.on_date, earlier.value) : null))
  /** An item by its number and words, in a round with the round's name. */
  function named(key: string): string {
    const round = titles.value?.before(key)
    return `${placeOf(key)} ${round ? `${bi(round)} · ` : ''}${bi(items.value.find((item) => item.key === key)?.text)}`
  }
  const owner = (role: Item['owner_role']): string => t(role ? `common.role.${role}` : 'leave.ownerStore')
  const failed = computed<Failed[]>(() => {
    const repeats = new Set(result.value?.repeats)
    const keys = new Set(result.value?.findings)
    return items.value
      .filter((item) => keys.has(item.key))
      .map((item) => ({
        item,
        title: named(item.key),
        note: draft.value?.answers[item.key]?.note ?? '',
        again: repeats.has(item.key),
        fixed: draft.value?.answers[item.key]?.fixed_on_spot ?? false,
        due: new Date(dueAt(item.flag, item.fix_hours ?? null, begun)),
        who: owner(item.owner_role),
      }))
  })
  const worried = computed(() => {
    if (!draft.value || !facts.value) return null
    const findings = result.value?.findings ?? []
    return worries({ items: items.value, answers: answers.value, findings, signOff: draft.value.sign_off ?? null, ...facts.value })
  })
  return { ...work, facts, store, explanation, named, owner, failed, worried }
}
