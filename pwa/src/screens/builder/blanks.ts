/** New sections and items, and what each kind of item has of its own. docs/checklist-format.md has the defaults. */
import type { Applies, Bilingual, Content, Flag, Grade, Item, ItemKind, Scoring, Section } from '@/domain/checklist'
import type { MakeKey } from './keys'

export const KINDS: readonly ItemKind[] = ['pass_fail', 'graded', 'numeric', 'count', 'single', 'multiple', 'date', 'text', 'photo', 'signature', 'barcode']
export const FIX_HOURS: Record<Flag, number> = { redline: 24, key: 72, general: 168 }
export const NO_TEXT: Bilingual = { zh: '', en: '' }
export const EVERYWHERE: Applies = { store_types: [], tags: [], regions: [], dayparts: [] }

const GRADES: readonly Grade[] = [
  { key: 'excellent', name: { zh: '优', en: 'Excellent' }, percent: 100 },
  { key: 'good', name: { zh: '良', en: 'Good' }, percent: 80 },
  { key: 'fair', name: { zh: '中', en: 'Fair' }, percent: 60 },
  { key: 'poor', name: { zh: '差', en: 'Poor' }, percent: 0 },
]

export const SCORING: Required<Scoring> = {
  mode: 'additive',
  pass_line: 80,
  bands: [['A', 90], ['B', 75], ['C', 60], ['D', 0]],
  redline_policy: 'cap',
  redline_cap: 59,
  key_cap: 'B',
  key_unrated: 2,
  bonus_cap: 5,
  floor_effect: 'band',
  floor_cap: 79,
}

const OWN: Record<ItemKind, () => Partial<Item>> = {
  pass_fail: () => ({}),
  graded: () => ({ grades: GRADES.map((grade) => ({ ...grade })) }),
  numeric: () => ({ unit: '', min: null, max: null, warn_min: null, warn_max: null }),
  count: () => ({ step: 1 }),
  single: () => ({ choices: [newChoice('a', 100), newChoice('b', 0)] }),
  multiple: () => ({ choices: [newChoice('a', 50), newChoice('b', 50)], base: 0 }),
  date: () => ({ warn_days: null }),
  text: () => ({}),
  photo: () => ({}),
  signature: () => ({}),
  barcode: () => ({ codes: [] }),
}
/** Every field that some kind has and others have not. */
const ALL_OWN = ['grades', 'choices', 'base', 'unit', 'min', 'max', 'warn_min', 'warn_max', 'step', 'warn_days', 'codes'] as const
/** Kinds that may earn a part of their points; the others pass or fail. */
export const PARTIAL_KINDS: ReadonlySet<ItemKind> = new Set(['graded', 'count', 'single', 'multiple'])

export function newChoice(key: string, percent: number): Grade {
  return { key, name: { ...NO_TEXT }, percent }
}

/** The next free key in a list of grades or choices: a, b, … z, aa. */
export function nextChoiceKey(choices: readonly Grade[]): string {
  const used = new Set(choices.map((choice) => choice.key))
  for (let n = 0; ; n++) {
    const letter = String.fromCharCode(97 + (n % 26))
    const key = letter.repeat(1 + Math.floor(n / 26))
    if (!used.has(key)) return key
  }
}

export function newItem(key: string, kind: ItemKind = 'pass_fail'): Item {
  return {
    key,
    text: { ...NO_TEXT },
    guide: null,
    kind,
    points: kind === 'text' || kind === 'signature' ? 0 : 5,
    weight: 1,
    bonus: false,
    flag: 'general',
    required: true,
    note_rule: 'none',
    photo: { rule: 'none', min: 0, max: 5, camera_only: false },
    references: [],
    allow_na: false,
    pass_line: 100,
    fix_hours: FIX_HOURS.general,
    owner_role: null,
    applies: EVERYWHERE,
    show_if: null,
    ...OWN[kind](),
  }
}

export function newSection(key: string, items: Item[]): Section {
  return { key, name: { ...NO_TEXT }, weight: null, floor: null, repeat: null, applies: EVERYWHERE, show_if: null, items }
}

/** The item as another kind: what only the old kind had is dropped, what the new one wants is added. */
export function asKind(item: Item, kind: ItemKind): Item {
  const rest: Item = { ...item }
  for (const field of ALL_OWN) delete rest[field]
  const own = OWN[kind]()
  // A single choice turned into a multiple one keeps its choices; only a negative percent has no place in the former.
  if (own.choices && item.choices?.length) own.choices = kind === 'single' ? item.choices.map((choice) => ({ ...choice, percent: Math.max(0, choice.percent) })) : item.choices
  return { ...rest, kind, ...own, pass_line: PARTIAL_KINDS.has(kind) ? item.pass_line : 100 }
}

type Loose<T> = { [K in keyof T]?: T[K] | undefined }

function text(given: unknown): Bilingual {
  const { zh, en } = (typeof given === 'object' && given !== null ? given : {}) as Loose<Bilingual>
  return { zh: typeof zh === 'string' ? zh : '', en: typeof en === 'string' ? en : '' }
}

/**
 * A draft with every field in its place. Drafts may be kept with faults, so nothing in one can be taken for
 * granted; what was written stays, what is missing gets its default, and a key that is missing or stands there
 * twice is made anew.
 */
export function filled(draft: { scoring?: Partial<Scoring>; sections?: readonly Loose<Section>[] }, makeKey: MakeKey): Content {
  const seen = new Set<string>()
  const keyed = (key: unknown): string => {
    const own = typeof key === 'string' && key !== '' && !seen.has(key) ? key : makeKey()
    seen.add(own)
    return own
  }
  return {
    scoring: { ...SCORING, ...draft.scoring },
    sections: (draft.sections ?? []).map((section) => ({
      ...newSection('', []),
      ...section,
      key: keyed(section.key),
      name: text(section.name),
      items: (section.items ?? []).map((item: Loose<Item>) => filledItem(item, keyed)),
    })),
  }
}

function filledItem(item: Loose<Item>, keyed: (key: unknown) => string): Item {
  const kind = KINDS.includes(item.kind as ItemKind) ? (item.kind as ItemKind) : 'pass_fail'
  const flag = item.flag && item.flag in FIX_HOURS ? item.flag : 'general'
  const blank = newItem('', kind)
  return {
    ...blank,
    fix_hours: FIX_HOURS[flag],
    ...item,
    kind,
    flag,
    key: keyed(item.key),
    text: text(item.text),
    guide: item.guide ? text(item.guide) : null,
    photo: { ...blank.photo, ...item.photo },
    applies: { ...EVERYWHERE, ...item.applies },
  }
}
