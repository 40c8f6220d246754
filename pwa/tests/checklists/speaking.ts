/** A speaker of either language, with the app's own words. */
import { i18n, needWords, setLocale } from '@/i18n'
import { AREAS } from '@/i18n/areas'
import { pick } from '@/i18n/bi'
import type { Locale } from '@/i18n/locale'
import type { Item } from '@/domain/checklist'
import type { FullSpeaker } from '@/screens/checklists/speaker'

export async function speaking(locale: Locale): Promise<FullSpeaker> {
  await setLocale(locale)
  await needWords(AREAS)
  const words = i18n.global as unknown as { t: (...given: unknown[]) => string; te: (key: string) => boolean }
  return {
    t: (key, named = {}, plural) => (plural === undefined ? words.t(key, named) : words.t(key, named, plural)),
    te: (key) => words.te(key),
    bi: (text) => pick(text, locale),
    number: (value) => String(value),
    percent: (value) => `${value}%`,
    locale: () => locale,
  }
}

/** An item with what matters to the test. */
export function item(key: string, zh: string, en: string, rest: Partial<Item> = {}): Item {
  return {
    key,
    text: { zh, en },
    guide: null,
    kind: 'pass_fail',
    points: 5,
    bonus: false,
    flag: 'general',
    photo: { rule: 'none', min: 0, max: 5 },
    allow_na: true,
    pass_line: 100,
    fix_hours: 24,
    ...rest,
  }
}
