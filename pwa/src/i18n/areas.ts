/** Where the words lie: one file for each area and language, each a chunk of its own. */
import type { Locale } from './locale'

type Files = Record<string, () => Promise<{ default: object }>>

const files: Record<Locale, Files> = {
  zh: import.meta.glob<{ default: object }>('./zh/*.ts'),
  en: import.meta.glob<{ default: object }>('./en/*.ts'),
}

/** Every area there is. */
export const AREAS: readonly string[] = Object.keys(files.zh).map((path) => path.replace(/^.*\/(.+)\.ts$/, '$1'))

/** The words of an area. Rejects when their file cannot be had. */
export async function fetchWords(locale: Locale, area: string): Promise<object> {
  const { default: words } = await files[locale][`./${locale}/${area}.ts`]!()
  return words
}
