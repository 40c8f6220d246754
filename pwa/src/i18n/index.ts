/** The words of the app. Each language is loaded when it is wanted, before anything is shown in it. */
import { createI18n } from 'vue-i18n'
import { HTML_LANG, isLocale, keepLocale, keptLocale, preferred, type Locale } from './locale'

type Messages = Record<string, object>

const loaders: Record<Locale, () => Promise<{ default: Messages }>> = {
  zh: () => import('./messages.zh'),
  en: () => import('./messages.en'),
}

export const i18n = createI18n({
  legacy: false,
  locale: 'zh' as string,
  fallbackLocale: false,
  messages: {} as Record<string, never>,
  missingWarn: import.meta.env.DEV,
  fallbackWarn: false,
})

/** The language on the screen now. */
export function currentLocale(): Locale {
  const value = i18n.global.locale.value
  return isLocale(value) ? value : 'zh'
}

async function load(locale: Locale): Promise<void> {
  if (i18n.global.availableLocales.includes(locale)) return
  const { default: messages } = await loaders[locale]()
  i18n.global.setLocaleMessage(locale, messages as never)
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

/** Called once before the app is mounted. */
export async function startLocale(): Promise<void> {
  const locale = keptLocale() ?? preferred(navigator.languages ?? [navigator.language])
  await load(locale)
  turnTo(locale)
}
