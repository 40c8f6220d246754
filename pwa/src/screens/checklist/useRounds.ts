/** Adding, naming and taking away the rounds of repeated sections while a visit goes on. */
import { computed, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useToast } from '@/components'
import { addRound, inForceFor, nameRound, removeRound } from '@/db/drafts'
import type { Draft } from '@/db/schema'
import type { Content, Section } from '@/domain/checklist'
import { baseKey, roundKey, roundOf } from '@/domain/keys'
import { roundNames } from '@/domain/rounds'
import { useBi } from '@/i18n/bi'

export interface RoundView {
  section: Section
  number: number
  name: string
  /** What is walked, such as "freezer". */
  thing: string
  mayAdd: boolean
  mayRemove: boolean
}

export function useRounds(draft: Ref<Draft | null>, whole: Ref<Content | null>, show: (key: string) => void) {
  const { t } = useI18n()
  const { bi } = useBi()
  const toast = useToast()
  const thingOf = (section: Section): string => bi(section.repeat?.name) || bi(section.name)
  const names = (section: Section): string[] => roundNames(section, draft.value?.rounds ?? {})

  /** Repeated sections that are asked for and of which nothing is walked yet; elsewhere one adds at the end of a round. */
  const empty = computed(() => {
    const [now, all] = [draft.value, whole.value]
    if (!now || !all) return []
    return all.sections
      .filter((section) => section.repeat && names(section).length === 0)
      .filter((section) => inForceFor(all, { ...now, rounds: { ...now.rounds, [section.key]: [''] } }).sections.some((one) => baseKey(one.key) === section.key))
      .map((section) => ({ key: section.key, name: thingOf(section) }))
  })

  /** What is known of the round that is shown; null for a section that is not repeated. */
  function roundView(key: string): RoundView | null {
    const number = roundOf(key)
    const section = whole.value?.sections.find((one) => one.repeat && one.key === baseKey(key))
    if (!section?.repeat || number === null) return null
    const all = names(section)
    const { min, max } = section.repeat
    return { section, number, name: all[number - 1] ?? '', thing: thingOf(section), mayAdd: all.length < max, mayRemove: all.length > min }
  }

  async function add(key: string): Promise<void> {
    const section = whole.value?.sections.find((one) => one.key === key)
    if (!section || !draft.value) return
    const number = await addRound(draft.value.id, section)
    show(roundKey(section.key, number))
  }

  async function rename({ section, number }: RoundView, name: string): Promise<void> {
    if (draft.value) await nameRound(draft.value.id, section, number, name)
  }

  async function remove(view: RoundView, title: string): Promise<void> {
    if (!draft.value) return
    const restore = await removeRound(draft.value.id, view.section, view.number)
    toast.show(t('checklist.roundRemoved', { name: title }), { undo: () => void restore() })
  }

  const guarded = <Given extends unknown[]>(deed: (...given: Given) => Promise<void>) => (...given: Given): void => void deed(...given).catch((thrown) => toast.problem(thrown))
  return { empty, roundView, add: guarded(add), rename: guarded(rename), remove: guarded(remove) }
}
