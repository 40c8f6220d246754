/** The checklist as an inspector would walk it, with answers that are only pretended and kept nowhere. */
import { computed, ref, shallowRef } from 'vue'
import { codesUpwards } from '@/db/context'
import { emptyAnswer } from '@/db/drafts'
import { db } from '@/db/schema'
import { useLiveQuery } from '@/composables/useLiveQuery'
import { complete } from '@/domain/completeness'
import type { Answer, Context, Content, Daypart, Rounds, Score, Section } from '@/domain/checklist'
import type { Gap } from '@/domain/completeness'
import { inForce } from '@/domain/inForce'
import { baseKey, roundOf } from '@/domain/keys'
import { roundNames, withoutRound } from '@/domain/rounds'
import { score } from '@/domain/scoring'
import { pretendedPhotos } from '../checklist/photoHandler'
import { roundTitles } from '../checklist/roundTitles'

interface Walk {
  content: Content
  score: Score | null
  gaps: Gap[]
}

/** `YYYY-MM-DD` by the clock of this device. */
function today(now: Date = new Date()): string {
  return [now.getFullYear(), String(now.getMonth() + 1).padStart(2, '0'), String(now.getDate()).padStart(2, '0')].join('-')
}

export function usePreview(whole: () => Content) {
  const answers = ref<Record<string, Answer>>({})
  const rounds = ref<Rounds>({})
  const storeId = ref('')
  const daypart = ref<Daypart>('morning')
  const onDate = today()
  const broken = shallowRef<unknown>(null)
  const { data: known } = useLiveQuery(async () => ({ stores: await db.stores.toArray(), regions: await db.regions.toArray() }))

  const context = computed<Context | null>(() => {
    const store = known.value?.stores.find((one) => one.id === storeId.value)
    if (!store) return null
    const regions = new Map((known.value?.regions ?? []).map((region) => [region.id, region]))
    return { store_type: store.type, tags: store.tags ?? [], region_codes: codesUpwards(store.region_id, regions), daypart: daypart.value }
  })
  const given = computed(() => Object.values(answers.value))

  /** A draft may have faults that no walk can be made of; then the last good picture is not shown as if it were the new one. */
  const walk = computed<Walk | null>(() => {
    try {
      const content = inForce(whole(), context.value, given.value, rounds.value, onDate)
      const isScored = content.scoring.bands.length > 0
      broken.value = null
      return { content, score: isScored ? score(content, given.value, onDate) : null, gaps: complete(content, given.value, onDate) }
    } catch (error) {
      broken.value = error
      return null
    }
  })
  const items = computed(() => walk.value?.content.sections.flatMap((section) => section.items) ?? [])
  const places = computed(() => new Map(items.value.map((item, i) => [item.key, i + 1])))
  const open = computed(() => new Set(walk.value?.gaps.map((gap) => gap.item_key) ?? []))
  const titles = computed(() => roundTitles(whole(), rounds.value))

  function save(key: string, fields: Partial<Answer>): void {
    answers.value = { ...answers.value, [key]: { ...(answers.value[key] ?? emptyAnswer(key)), ...fields } }
  }

  const repeatedOf = (key: string): Section | undefined => whole().sections.find((one) => one.repeat && one.key === baseKey(key))

  function setRounds(section: Section, names: string[]): void {
    rounds.value = { ...rounds.value, [section.key]: names }
  }

  return {
    answers, given, rounds, storeId, daypart, onDate, known, walk, items, open, titles, broken, save,
    placeOf: (key: string): number => places.value.get(key) ?? 0,
    photos: pretendedPhotos((key, slot, edit) => save(key, { [slot]: edit(answers.value[key]?.[slot] ?? []) })),
    reset(): void {
      answers.value = {}
      rounds.value = {}
    },
    /** The round that a section in force is, or null. */
    roundOf(key: string) {
      const section = repeatedOf(key)
      const number = roundOf(key)
      if (!section?.repeat || number === null) return null
      const names = roundNames(section, rounds.value)
      return { section, number, name: names[number - 1] ?? '', names, mayAdd: names.length < section.repeat.max, mayRemove: names.length > section.repeat.min }
    },
    rename: (section: Section, number: number, name: string): void => setRounds(section, roundNames(section, rounds.value).map((one, i) => (i === number - 1 ? name : one))),
    addRound: (section: Section): void => setRounds(section, [...roundNames(section, rounds.value), '']),
    removeRound(section: Section, number: number): void {
      answers.value = withoutRound(answers.value, section, number).left
      setRounds(section, roundNames(section, rounds.value).filter((_, i) => i !== number - 1))
    },
  }
}
