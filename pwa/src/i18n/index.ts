/**
 * The words of the app. They come by area and by language, when a screen that speaks them is about to be shown, and
 * before it is shown; the service worker keeps all of them, so that both languages are whole without a network.
 */
import { createI18n } from 'vue-i18n'
import { fetchWords } from './areas'
import { compile } from './compile'
import { HTML_LANG, isLocale, keepLocale, keptLocale, preferred, type Locale } from './locale'

export const i18n = createI18n({
  legacy: false,
  locale: 'zh' as string,
  fallbackLocale: false,
  messages: {} as Record<string, never>,
  missingWarn: import.meta.env.DEV,
  fallbackWarn: false,
  messageCompiler: (message) => compile(String(message)) as never,
})

/** The areas that screens have asked for since the start; another language brings the same. */
const wanted = new Set(['common'])

/** The language on the screen now. */
export function currentLocale(): Locale {
  const value = i18n.global.locale.value
  return isLocale(value) ? value : 'zh'
}

async function load(locale: Locale): Promise<void> {
  const here = (): Record<string, object> => i18n.global.getLocaleMessage(locale)
  const missing = [...wanted].filter((area) => !(area in here()))
  if (!missing.length) return
  const fresh = await Promise.all(missing.map((area) => fetchWords(locale, area)))
  const words = Object.fromEntries(missing.map((area, at) => [area, fresh[at]!]))
  i18n.global.setLocaleMessage(locale, { ...here(), ...words } as never)
}

/** Resolves when the words of these areas are here, in the language on the screen. */
export async function needWords(areas: readonly string[]): Promise<void> {
  for (const area of areas) wanted.add(area)
  await load(currentLocale())
}

/** Fetches a part of a screen together with the words that only it speaks. */
export function withWords<Part>(areas: readonly string[], part: () => Promise<Part>): () => Promise<Part> {
  return async () => (await Promise.all([part(), needWords(areas)]))[0]
}

function turnTo(locale: Locale): void {
  i18n.global.locale.value = locale
  document.documentElement.lang = HTML_LANG[locale]
  const manifest = document.getElementById('manifest')
  manifest?.setAttribute('href', locale === 'en' ? '/manifest.en.webmanifest' : '/manifest.webmanifest')
}

/** Turns everything to the language without a reload and remembers it on this phone. */
export async function setLocale(locale: Locale): Promise<void> {
  await load(locale)
  turnTo(locale)
  keepLocale(locale)
}

/** Called once, before anything is shown: the language is known at once, its first words a moment later. */
export async function startLocale(): Promise<void> {
  turnTo(keptLocale() ?? preferred(navigator.languages ?? [navigator.language]))
  await load(currentLocale())
}
