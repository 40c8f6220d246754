/**
 * Everything that can be done to a checklist in the builder: each edit takes a content and gives another one.
 *
 * Nothing is changed in place, and what an edit does not touch stays the very same object; an edit that changes
 * nothing gives back what it got. Sections and items are named by their keys.
 */
import type { Condition, Content, Item, ItemKind, Scoring, Section } from '@/domain/checklist'
import { asKind, FIX_HOURS } from './blanks'
import type { MakeKey } from './keys'

export interface Spot {
  section: number
  item: number
}

/** Where an item stands, or null. */
export function spotOf(content: Content, key: string): Spot | null {
  for (const [section, { items }] of content.sections.entries()) {
    const item = items.findIndex((one) => one.key === key)
    if (item >= 0) return { section, item }
  }
  return null
}

export function itemOf(content: Content, key: string): Item | null {
  return content.sections.flatMap((section) => section.items).find((item) => item.key === key) ?? null
}

export function sectionOf(content: Content, key: string): Section | null {
  return content.sections.find((section) => section.key === key) ?? null
}

/** The section that an item stands in. */
export function homeOf(content: Content, key: string): Section | null {
  return content.sections.find((section) => section.items.some((item) => item.key === key)) ?? null
}

function isSame(thing: object, patch: object): boolean {
  return Object.entries(patch).every(([field, value]) => thing[field as keyof typeof thing] === value)
}

function withSection(content: Content, key: string, change: (section: Section) => Section): Content {
  let touched = false
  const sections = content.sections.map((section) => {
    const next = section.key === key ? change(section) : section
    touched ||= next !== section
    return next
  })
  return touched ? { ...content, sections } : content
}

function withItem(content: Content, key: string, change: (item: Item) => Item): Content {
  const home = homeOf(content, key)
  if (!home) return content
  return withSection(content, home.key, (section) => {
    const items = section.items.map((item) => (item.key === key ? change(item) : item))
    return items.some((item, i) => item !== section.items[i]) ? { ...section, items } : section
  })
}

export function patchScoring(content: Content, patch: Partial<Scoring>): Content {
  return isSame(content.scoring, patch) ? content : { ...content, scoring: { ...content.scoring, ...patch } }
}

export function patchSection(content: Content, key: string, patch: Partial<Section>): Content {
  return withSection(content, key, (section) => (isSame(section, patch) ? section : { ...section, ...patch }))
}

/** Changes fields of an item. A new flag brings its usual time to fix along, unless another time was chosen. */
export function patchItem(content: Content, key: string, patch: Partial<Item>): Content {
  return withItem(content, key, (item) => {
    if (isSame(item, patch)) return item
    const usual = patch.flag && patch.fix_hours === undefined && item.fix_hours === FIX_HOURS[item.flag]
    return { ...item, ...patch, ...(usual && patch.flag ? { fix_hours: FIX_HOURS[patch.flag] } : {}) }
  })
}

export function setKind(content: Content, key: string, kind: ItemKind): Content {
  return withItem(content, key, (item) => (item.kind === kind ? item : asKind(item, kind)))
}

function inserted<T>(list: readonly T[], at: number, things: readonly T[]): T[] {
  return [...list.slice(0, at), ...things, ...list.slice(at)]
}

/** Puts sections before the one at this place; without a place, at the end. */
export function addSections(content: Content, sections: readonly Section[], at = content.sections.length): Content {
  return sections.length ? { ...content, sections: inserted(content.sections, at, sections) } : content
}

/** Puts items into a section before the one at this place; without a place, at its end. */
export function addItems(content: Content, sectionKey: string, items: readonly Item[], at?: number): Content {
  if (!items.length) return content
  return withSection(content, sectionKey, (section) => ({ ...section, items: inserted(section.items, at ?? section.items.length, items) }))
}

export function removeSection(content: Content, key: string): Content {
  const sections = content.sections.filter((section) => section.key !== key)
  return sections.length === content.sections.length ? content : { ...content, sections }
}

/** Takes an item out. Conditions that ask about it stay and become faults, so that nothing changes its meaning unseen. */
export function removeItem(content: Content, key: string): Content {
  const home = homeOf(content, key)
  return home ? withSection(content, home.key, (section) => ({ ...section, items: section.items.filter((item) => item.key !== key) })) : content
}

/** Moves a section so that it stands before the one that is now at `to` (the count of sections: to the end). */
export function moveSection(content: Content, key: string, to: number): Content {
  const from = content.sections.findIndex((section) => section.key === key)
  const moved = content.sections[from]
  if (!moved || to === from || to === from + 1) return content
  const rest = content.sections.filter((section) => section !== moved)
  return { ...content, sections: inserted(rest, Math.max(0, Math.min(rest.length, to > from ? to - 1 : to)), [moved]) }
}

/** Moves an item into a section so that it stands before the item that is now at `to` there. */
export function moveItem(content: Content, key: string, sectionKey: string, to: number): Content {
  const spot = spotOf(content, key)
  const item = spot && content.sections[spot.section]?.items[spot.item]
  const target = content.sections.findIndex((section) => section.key === sectionKey)
  if (!spot || !item || target < 0) return content
  if (spot.section === target && (to === spot.item || to === spot.item + 1)) return content
  const without = removeItem(content, key)
  const place = spot.section === target && to > spot.item ? to - 1 : to
  const most = without.sections[target]?.items.length ?? 0
  return addItems(without, sectionKey, [item], Math.max(0, Math.min(most, place)))
}

/** One place up (-1) or down (1); an item at the edge of its section goes over into the next one. */
export function stepItem(content: Content, key: string, way: -1 | 1): Content {
  const spot = spotOf(content, key)
  const home = spot && content.sections[spot.section]
  if (!spot || !home) return content
  const isInside = way < 0 ? spot.item > 0 : spot.item < home.items.length - 1
  if (isInside) return moveItem(content, key, home.key, way < 0 ? spot.item - 1 : spot.item + 2)
  const next = content.sections[spot.section + way]
  return next ? moveItem(content, key, next.key, way < 0 ? next.items.length : 0) : content
}

export function stepSection(content: Content, key: string, way: -1 | 1): Content {
  const from = content.sections.findIndex((section) => section.key === key)
  return from < 0 || !content.sections[from + way] ? content : moveSection(content, key, way < 0 ? from - 1 : from + 2)
}

/** A condition that asks about other keys; what is not in the map stays. */
export function remapped(condition: Condition, keys: ReadonlyMap<string, string>): Condition {
  if ('all' in condition) return { all: condition.all.map((part) => remapped(part, keys)) }
  if ('any' in condition) return { any: condition.any.map((part) => remapped(part, keys)) }
  const key = keys.get(condition.item)
  return key === undefined ? condition : { ...condition, item: key }
}

/** Copies with new keys; conditions between the copied items follow them. */
export function copiesOf(sections: readonly Section[], makeKey: MakeKey): Section[] {
  const keys = new Map(sections.flatMap((section) => section.items).map((item) => [item.key, makeKey()]))
  const asked = (condition: Condition | null | undefined): Condition | null => (condition ? remapped(condition, keys) : null)
  return sections.map((section) => ({
    ...section,
    key: makeKey(),
    show_if: asked(section.show_if),
    items: section.items.map((item) => ({ ...item, key: keys.get(item.key) ?? makeKey(), show_if: asked(item.show_if) })),
  }))
}

/** Puts a copy behind the original and gives its key too. */
export function duplicateItem(content: Content, key: string, makeKey: MakeKey): { content: Content; key: string } | null {
  const spot = spotOf(content, key)
  const home = spot && content.sections[spot.section]
  const item = spot && home?.items[spot.item]
  if (!spot || !home || !item) return null
  const copy = { ...item, key: makeKey() }
  return { content: addItems(content, home.key, [copy], spot.item + 1), key: copy.key }
}

export function duplicateSection(content: Content, key: string, makeKey: MakeKey): { content: Content; key: string } | null {
  const at = content.sections.findIndex((section) => section.key === key)
  const section = content.sections[at]
  const copy = section && copiesOf([section], makeKey)[0]
  return copy ? { content: addSections(content, [copy], at + 1), key: copy.key } : null
}

/** Gives an item another key; conditions that ask about it follow. */
export function renameItem(content: Content, from: string, to: string): Content {
  const keys = new Map([[from, to]])
  const asked = <T extends Item | Section>(thing: T): T => {
    const next = thing.show_if && remapped(thing.show_if, keys)
    return next && JSON.stringify(next) !== JSON.stringify(thing.show_if) ? { ...thing, show_if: next } : thing
  }
  const renamed = patchItem(content, from, { key: to })
  if (renamed === content) return content
  return { ...renamed, sections: renamed.sections.map((section) => asked({ ...section, items: section.items.map(asked) })) }
}
