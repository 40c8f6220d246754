/**
 * Templates of words in both languages, filled with names and numbers.
 *
 * The templates are the server's own (data/words/score.json), so that both say the same. A name that is
 * missing in one language is shown in the other.
 */
import templates from '../../../data/words/score.json'
import type { Bilingual } from './checklist'
import { exact } from './decimal'
import { trimmed } from './kinds'

export type Facts = Record<string, string | Bilingual>

const LANGUAGES = ['zh', 'en'] as const
const NAMED = 5
const TEMPLATES: Record<string, Bilingual> = templates

const inBoth = (text: (language: keyof Bilingual) => string): Bilingual => ({ zh: text('zh'), en: text('en') })

/** The template of this key in both languages; a fact is one text, or one for each language. */
export function fill(key: string, facts: Facts = {}): Bilingual {
  return inBoth((language) =>
    (TEMPLATES[key]?.[language] ?? key).replace(/\{([a-z_]+)\}/g, (_, name: string) => {
      const told = facts[name] ?? ''
      return typeof told === 'string' ? told : told[language]
    }),
  )
}

/** Several pieces of words as one. */
export const joined = (parts: readonly Bilingual[]): Bilingual =>
  inBoth((language) => parts.map((part) => part[language]).join(''))

/** A number as one writes it: at most three decimals, rounded half-up, no zeros behind. */
export function figure(number: unknown): string {
  if (typeof number !== 'number') return '–'
  const { n, d } = exact(number)
  const size = n < 0n ? -n : n
  const thousandths = (size * 2000n + d) / (d * 2n)
  const part = String(thousandths % 1000n).padStart(3, '0').replace(/0+$/, '')
  return `${n < 0n && thousandths ? '-' : ''}${thousandths / 1000n}${part && `.${part}`}`
}

/** A name in quotes; of a thing walked several times with the number of its round. */
export function named(key: string, text: Bilingual | undefined): Bilingual {
  const [bare = key, n = ''] = key.split('#', 2)
  const [zh = '', en = ''] = LANGUAGES.map((language) => trimmed(text?.[language]))
  const name = { zh: zh || en || bare, en: en || zh || bare }
  return n ? fill('name.round', { name, n }) : fill('name', { name })
}

/** Names in a row; of many only the first few and how many there are. */
export function listed(names: readonly Bilingual[]): Bilingual {
  const shown = names.slice(0, NAMED)
  const join = fill('names.join')
  const row = inBoth((language) => shown.map((name) => name[language]).join(join[language]))
  const more = names.length - shown.length
  return more ? fill('names.more', { names: row, n: String(names.length), more: String(more) }) : row
}
