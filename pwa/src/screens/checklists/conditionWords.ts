/**
 * Conditions as people would say them: “Gas appliances on site” is Pass, and “Deep fryers” is at least 1.
 *
 * Pure: the words, names and numbers of the language come in with the speaker, the items with `find`.
 */
import type { Bilingual, Condition, Item } from '@/domain/checklist'

/** What it takes to speak: translated words, the name in the chosen language, numbers as they are written there. */
export interface Speaker {
  t: (key: string, named?: Record<string, unknown>) => string
  bi: (text: Bilingual | null | undefined) => string
  number: (value: number) => string
}

export type FindItem = (key: string) => Item | undefined
type Leaf = Exclude<Condition, { all: unknown } | { any: unknown }>

/** The condition without a frame: `… is Pass, and … is at least 1`. */
export function conditionWords(condition: Condition, find: FindItem, speaker: Speaker): string {
  if ('all' in condition) return joined(condition.all, 'and', find, speaker)
  if ('any' in condition) return joined(condition.any, 'or', find, speaker)
  return leafWords(condition, find, speaker)
}

/** A whole sentence: when the item or section is asked. */
export function conditionSentence(condition: Condition, find: FindItem, speaker: Speaker): string {
  return speaker.t('checklists.when.sentence', { condition: conditionWords(condition, find, speaker) })
}

function joined(parts: readonly Condition[], word: 'and' | 'or', find: FindItem, speaker: Speaker): string {
  if (parts.length === 0) return speaker.t('checklists.when.never')
  const said = parts.map((part) => {
    const words = conditionWords(part, find, speaker)
    return parts.length > 1 && isMixed(part, word) ? speaker.t('checklists.when.group', { condition: words }) : words
  })
  return said.join(speaker.t(`checklists.when.${word}`))
}

/** True for an "or" of several within an "and", and the other way round; only they need brackets. */
function isMixed(part: Condition, word: 'and' | 'or'): boolean {
  const other = word === 'and' ? ('any' in part ? part.any : []) : 'all' in part ? part.all : []
  return other.length > 1
}

function leafWords(leaf: Leaf, find: FindItem, speaker: Speaker): string {
  const asked = find(leaf.item)
  const item = speaker.bi(asked?.text) || leaf.item
  if ('result' in leaf) return speaker.t('checklists.when.result', { item, values: either(leaf.result.map((one) => speaker.t(`common.result.${one}`)), speaker) })
  if ('value' in leaf) {
    const names = new Map([...(asked?.grades ?? []), ...(asked?.choices ?? [])].map(({ key, name }) => [key, speaker.bi(name)]))
    const values = either(leaf.value.map((key) => names.get(key) || key), speaker)
    return speaker.t(asked?.kind === 'multiple' ? 'checklists.when.includes' : 'checklists.when.value', { item, values })
  }
  return boundWords(item, leaf, asked, speaker)
}

function either(words: readonly string[], { t }: Speaker): string {
  return words.length ? words.map((word) => t('checklists.quoted', { word })).join(t('checklists.orJoin')) : t('checklists.when.never')
}

function boundWords(item: string, { least, most }: { least?: number; most?: number }, asked: Item | undefined, { t, number }: Speaker): string {
  const isCount = asked?.kind === 'count'
  const withUnit = (value: number): string => (asked?.unit ? `${number(value)} ${asked.unit}` : number(value))
  if (least !== undefined && most !== undefined) {
    return t(isCount ? 'checklists.when.countBetween' : 'checklists.when.between', { item, least: number(least), most: withUnit(most) })
  }
  if (least !== undefined) return t(isCount ? 'checklists.when.countLeast' : 'checklists.when.least', { item, n: withUnit(least) })
  if (most !== undefined) return t(isCount ? 'checklists.when.countMost' : 'checklists.when.most', { item, n: withUnit(most) })
  return t('checklists.when.never')
}
