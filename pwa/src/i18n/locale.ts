/** The two languages, which one is wanted, and where that is kept. Pure but for the few reads of the browser. */

export type Locale = 'zh' | 'en'
export const LOCALES: readonly Locale[] = ['zh', 'en']
/** What goes into <html lang> and what the browser's own formatting is asked for. */
export const HTML_LANG: Record<Locale, string> = { zh: 'zh-CN', en: 'en' }
/** English dates are day before month, hours run to 24. */
export const INTL_LOCALE: Record<Locale, string> = { zh: 'zh-CN', en: 'en-GB' }
const KEPT = 'rounds.locale'

export function isLocale(value: unknown): value is Locale {
  return value === 'zh' || value === 'en'
}

/** The first language of the browser that we speak; Chinese when it is none of them. */
export function preferred(languages: readonly string[]): Locale {
  const known = languages.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLocale)
  return known ?? 'zh'
}

/** The language that was chosen on this phone, or null. */
export function keptLocale(): Locale | null {
  try {
    const value = localStorage.getItem(KEPT)
    return isLocale(value) ? value : null
  } catch {
    return null
  }
}

export function keepLocale(locale: Locale): void {
  try {
    localStorage.setItem(KEPT, locale)
  } catch {
    // A browser that keeps nothing asks again next time; nothing else is lost.
  }
}
