/** Names that come from the server in both languages. */
import { useI18n } from 'vue-i18n'

export interface Bilingual {
  zh: string
  en: string
}

/** The text in the language, else in the other one, else nothing. */
export function pick(text: Bilingual | null | undefined, locale: string): string {
  if (!text) return ''
  return locale === 'en' ? text.en || text.zh : text.zh || text.en
}

export function useBi() {
  const { locale } = useI18n()
  return { bi: (text: Bilingual | null | undefined): string => pick(text, locale.value) }
}
