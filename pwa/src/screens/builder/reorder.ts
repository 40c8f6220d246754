/** Where something that is being dragged would come to stand: between which rows, and in which section. */
import type { Content } from '@/domain/checklist'
import { moveItem, moveSection } from './edits'

export interface Row {
  type: 'section' | 'item'
  key: string
  /** The index of its section. */
  section: number
  /** Of an item its place in the section; of a section how many of its items are folded away. */
  at: number
}

/** A row with its edges on the page. */
export interface Box extends Row {
  top: number
  bottom: number
}

/** Before which place something would go in, and how high the line stands that shows it. */
export interface Drop {
  section: number
  at: number
  line: number
}

/** The rows of the outline; items of folded sections have none. */
export function rowsOf(content: Content, folded: ReadonlySet<string>): Row[] {
  return content.sections.flatMap((section, i) => {
    const isFolded = folded.has(section.key)
    const items = isFolded ? [] : section.items.map((item, at): Row => ({ type: 'item', key: item.key, section: i, at }))
    return [{ type: 'section' as const, key: section.key, section: i, at: isFolded ? section.items.length : 0 }, ...items]
  })
}

/** An item may go behind any row: behind a section's head it becomes its first item, or the last one when it is folded. */
function itemDrops(boxes: readonly Box[]): Drop[] {
  return boxes.map((box) => ({ section: box.section, at: box.type === 'section' ? box.at : box.at + 1, line: box.bottom }))
}

/** A section may go before each section, or behind the last row. */
function sectionDrops(boxes: readonly Box[]): Drop[] {
  const heads = boxes.filter((box) => box.type === 'section')
  const last = boxes.at(-1)
  const drops = heads.map((box) => ({ section: box.section, at: 0, line: box.top }))
  return last ? [...drops, { section: last.section + 1, at: 0, line: last.bottom }] : drops
}

/** The place nearest to the pointer; null when there is nowhere to go. */
export function dropAt(boxes: readonly Box[], type: Row['type'], y: number): Drop | null {
  const drops = type === 'item' ? itemDrops(boxes) : sectionDrops(boxes)
  return drops.reduce<Drop | null>((best, drop) => (best && Math.abs(best.line - y) <= Math.abs(drop.line - y) ? best : drop), null)
}

/** The content after the drop. */
export function dropped(content: Content, row: Pick<Row, 'type' | 'key'>, drop: Drop): Content {
  if (row.type === 'section') return moveSection(content, row.key, drop.section)
  const home = content.sections[drop.section]
  return home ? moveItem(content, row.key, home.key, drop.at) : content
}
