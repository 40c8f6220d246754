/** Small checklists for the tests of the builder. */
import type { Content, Item, Section } from '@/domain/checklist'
import { newItem, newSection, SCORING } from '@/screens/builder/blanks'

export const item = (key: string, more: Partial<Item> = {}): Item => ({ ...newItem(key, more.kind), ...more })
export const section = (key: string, items: Item[], more: Partial<Section> = {}): Section => ({ ...newSection(key, items), ...more })

/** `s1: a b c`, `s2: d e`, `s3` empty. */
export function three(): Content {
  return {
    scoring: { ...SCORING },
    sections: [section('s1', [item('a'), item('b'), item('c')]), section('s2', [item('d'), item('e')]), section('s3', [])],
  }
}

/** The keys in their order: `s1:a b c | s2:d e | s3:`. */
export const order = (content: Content): string => content.sections.map((one) => `${one.key}:${one.items.map((i) => i.key).join(' ')}`).join(' | ')

/** Keys n1, n2, … */
export function counted(): () => string {
  let n = 0
  return () => `n${++n}`
}
