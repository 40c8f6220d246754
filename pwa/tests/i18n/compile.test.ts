import { expect, it } from 'vitest'
import { createI18n } from 'vue-i18n'
import { i18n, needWords, setLocale } from '@/i18n'
import { AREAS } from '@/i18n/areas'
import type { Locale } from '@/i18n/locale'

type Words = { [key: string]: string | Words }
type Speak = (key: string, named: Record<string, unknown>, plural?: number) => string

function flat(words: Words, before = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]) => (typeof value === 'string' ? [[before + key, value] as [string, string]] : flat(value, `${before}${key}.`)))
}

it.each<Locale>(['zh', 'en'])('every message in %s is said as the library itself would say it', async (locale) => {
  await setLocale(locale)
  await needWords(AREAS)
  const spoken = i18n.global as unknown as { t: Speak; getLocaleMessage: (of: Locale) => Words }
  const messages = spoken.getLocaleMessage(locale)
  const library = createI18n({ legacy: false, locale: locale as string, messages: { [locale]: messages } as never })
  const [ours, theirs] = [spoken.t, (library.global as unknown as { t: Speak }).t]
  const all = flat(messages)
  expect(all.length).toBeGreaterThan(500)
  for (const [key, text] of all) {
    const named = Object.fromEntries([...text.matchAll(/\{\s*(\w+)\s*\}/g)].map((found, at) => [found[1]!, at ? `value ${at}` : 7]))
    expect(ours(key, named), key).toBe(theirs(key, named))
    // The library leaves a space before a form that begins with a name.
    for (const n of [0, 1, 2, 5]) expect(ours(key, { ...named, n }, n), `${key} of ${n}`).toBe(text.includes('|') ? theirs(key, { ...named, n }, n).trim() : theirs(key, { ...named, n }, n))
    expect(ours(key, {}).trim(), `${key} without names`).toBe(theirs(key, {}).trim())
  }
})
