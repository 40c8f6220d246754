/** Items and answers for the tests of filling in. */
import type { Answer, Content, Item, ItemKind, Section } from '@/domain/checklist'

export const words = (text: string) => ({ zh: text, en: text })

export function item(kind: ItemKind, given: Partial<Item> = {}): Item {
  return {
    key: 'k', kind, text: words('Item'), guide: null, points: 10, bonus: false, flag: 'general',
    photo: { rule: 'none', min: 0, max: 5 }, allow_na: false, pass_line: 100, fix_hours: 72, ...given,
  }
}

export function answer(given: Partial<Answer> = {}): Answer {
  return {
    item_key: 'k', result: null, value: null, note: '', reason: '', photos: [], fixed_on_spot: false, fix_photos: [],
    answered_at: '2026-11-25T01:00:00Z', changed_at: '2026-11-25T01:00:00Z', ...given,
  }
}

export const section = (key: string, items: Item[], given: Partial<Section> = {}): Section => ({ key, name: words(key), weight: null, floor: null, items, ...given })

export const content = (...sections: Section[]): Content => ({
  scoring: {
    mode: 'additive', pass_line: 80, bands: [['A', 90], ['B', 75], ['C', 60], ['D', 0]], redline_policy: 'cap', redline_cap: 59,
    key_cap: 'B', key_unrated: 2, bonus_cap: 5,
  },
  sections,
})

export const grades = (...rows: [key: string, name: string, percent: number][]) => rows.map(([key, name, percent]) => ({ key, name: words(name), percent }))
