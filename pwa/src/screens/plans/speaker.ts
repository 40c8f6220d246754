/** The speaker of the language on the screen, for the pure files that turn plans into words. */
import { useI18n } from 'vue-i18n'
import { formatDate } from '@/i18n/format'
import type { Locale } from '@/i18n/locale'

export interface Speaker {
  t: (key: string, named?: Record<string, unknown>, plural?: number) => string
  locale: () => Locale
}

export function useSpeaker(): Speaker {
  const { t, locale } = useI18n()
  const say = (key: string, named: Record<string, unknown> = {}, plural?: number): string => (plural === undefined ? t(key, named) : t(key, named, plural))
  return { t: say, locale: () => (locale.value === 'en' ? 'en' : 'zh') }
}

/** 周一、周四 · Monday and Thursday */
export function listed(say: Speaker, words: readonly string[]): string {
  if (say.locale() === 'zh') return words.join('、')
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

/** A day as it is said in a sentence. */
export const dayWords = (say: Speaker, day: string): string => formatDate(say.locale(), day)
