/** A speaker of either language, with the app's own words. */
import { i18n, needWords, setLocale } from '@/i18n'
import { AREAS } from '@/i18n/areas'
import type { Locale } from '@/i18n/locale'
import type { Speaker } from '@/screens/plans/speaker'

export async function speaking(locale: Locale): Promise<Speaker> {
  await setLocale(locale)
  await needWords(AREAS)
  await needWords(AREAS)
  const { t } = i18n.global as unknown as { t: (...given: unknown[]) => string }
  return { t: (key, named = {}, plural) => (plural === undefined ? t(key, named) : t(key, named, plural)), locale: () => locale }
}
