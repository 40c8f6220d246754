/** The language as a choice on a screen: its value, and the two names, each in its own language. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { setLocale } from '@/i18n'
import { isLocale } from '@/i18n/locale'

const LANGUAGES = [
  { value: 'zh', label: '中文' },
  { value: 'en', label: 'English' },
]

export function useLanguageChoice() {
  const { locale } = useI18n()
  const language = computed({
    get: () => locale.value,
    set: (value: string | null) => {
      if (isLocale(value)) void setLocale(value)
    },
  })
  return { language, languages: LANGUAGES }
}
