/** What sections are called on the screen: a round by its own name, or by the thing's and its number. */
import type { Bilingual, Content, Rounds, Section } from '@/domain/checklist'
import { baseKey, roundOf } from '@/domain/keys'

export interface RoundTitles {
  /** The name of a section that is in force, its key perhaps with `#n`. */
  of(section: Pick<Section, 'key' | 'name'>): Bilingual
  /** The name to put before an item of a round; null outside rounds. */
  before(itemKey: string): Bilingual | null
}

const both = (build: (lang: 'zh' | 'en') => string): Bilingual => ({ zh: build('zh'), en: build('en') })

/** The name somebody gave, else "冷柜 #2", as the sentences of the score have it: never empty. */
export function roundTitle(section: Section, number: number, given: string): Bilingual {
  if (given) return { zh: given, en: given }
  const thing = section.repeat?.name
  return both((lang) => `${thing?.[lang] || thing?.zh || thing?.en || section.name[lang]} #${number}`)
}

/** Titles by the checklist as published (with its repeats) and the names of the rounds. */
export function roundTitles(whole: Content, rounds: Rounds): RoundTitles {
  const byKey = new Map(whole.sections.filter((one) => one.repeat).map((one) => [one.key, one]))
  const byItem = new Map([...byKey.values()].flatMap((one) => one.items.map((item) => [item.key, one] as const)))
  const title = (section: Section | undefined, number: number | null): Bilingual | null =>
    section && number !== null ? roundTitle(section, number, rounds[section.key]?.[number - 1] ?? '') : null
  return {
    of: (section) => title(byKey.get(baseKey(section.key)), roundOf(section.key)) ?? section.name,
    before: (itemKey) => title(byItem.get(baseKey(itemKey)), roundOf(itemKey)),
  }
}
