/**
 * Conditions as the builder shows them: which items may be asked about, and what may be asked of each.
 *
 * An item may ask about those that stand before it. Items of a repeated section can be asked about only from
 * inside the same section, since elsewhere nobody could say which round is meant.
 */
import type { Condition, Content, Item, ItemKind, Result, Section } from '@/domain/checklist'

export type Group = { all: Condition[] } | { any: Condition[] }
export type Leaf = Exclude<Condition, Group>
export type Asking = 'result' | 'value' | 'number'
export const MOST_PARTS = 20
export const MOST_DEPTH = 5

export const isGroup = (condition: Condition): condition is Group => 'all' in condition || 'any' in condition
export const partsOf = (group: Group): Condition[] => ('all' in group ? group.all : group.any)
export const wordOf = (group: Group): 'all' | 'any' => ('all' in group ? 'all' : 'any')
export const groupOf = (word: 'all' | 'any', parts: Condition[]): Group => (word === 'all' ? { all: parts } : { any: parts })

/** A single condition stands in a group of its own, so that another one can be put beside it. */
export const asGroup = (condition: Condition | null | undefined): Group | null =>
  condition ? (isGroup(condition) ? condition : { all: [condition] }) : null

/** What may be asked of an item of this kind; its result always. */
export function askingsOf(kind: ItemKind | undefined): Asking[] {
  if (kind === 'graded' || kind === 'single' || kind === 'multiple') return ['result', 'value']
  if (kind === 'numeric' || kind === 'count') return ['result', 'number']
  return ['result']
}

export const askingOf = (leaf: Leaf): Asking => ('result' in leaf ? 'result' : 'value' in leaf ? 'value' : 'number')

const PARTIAL: ReadonlySet<ItemKind> = new Set(['graded', 'count', 'single', 'multiple'])

/** The results that an item can have. */
export function resultsOf(item: Item | undefined): Result[] {
  const partial: Result[] = !item || PARTIAL.has(item.kind) ? ['partial'] : []
  const na: Result[] = !item || item.allow_na ? ['na'] : []
  return ['pass', ...partial, 'fail', ...na, 'cannot_check', 'unanswered']
}

/** A condition to begin with. */
export function newLeaf(item: Item, asking: Asking = 'result'): Leaf {
  if (asking === 'value') return { item: item.key, value: [] }
  if (asking === 'number') return { item: item.key, least: 1 }
  return { item: item.key, result: ['fail'] }
}

export type Asker = { section: string } | { item: string }

/** The items that may be asked about, section by section, in their order. */
export function earlier(content: Content, asker: Asker): { section: Section; items: Item[] }[] {
  const found: { section: Section; items: Item[] }[] = []
  for (const section of content.sections) {
    if ('section' in asker && section.key === asker.section) break
    const at = 'item' in asker ? section.items.findIndex((item) => item.key === asker.item) : -1
    const items = at < 0 ? section.items : section.items.slice(0, at)
    if (items.length && (at >= 0 || !section.repeat)) found.push({ section, items })
    if (at >= 0) break
  }
  return found
}

/** The part at a place of a group replaced, or taken out when it is null. */
export function withPart(group: Group, at: number, part: Condition | null): Group {
  const parts = partsOf(group)
  return groupOf(wordOf(group), part ? parts.map((one, i) => (i === at ? part : one)) : parts.filter((_, i) => i !== at))
}

export const plusPart = (group: Group, part: Condition): Group => groupOf(wordOf(group), [...partsOf(group), part])

/** Every item that a condition asks about. */
export function askedIn(condition: Condition | null | undefined): string[] {
  if (!condition) return []
  return isGroup(condition) ? partsOf(condition).flatMap(askedIn) : [condition.item]
}
