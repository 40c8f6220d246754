/** A speaker of either language, with the app's own words. */
import { i18n, setLocale } from '@/i18n'
import type { Locale } from '@/i18n/locale'
import type { Speaker } from '@/screens/plans/speaker'

export async function speaking(locale: Locale): Promise<Speaker> {
  await setLocale(locale)
  const { t } = i18n.global as unknown as { t: (...given: unknown[]) => string }
  return { t: (key, named = {}, plural) => (plural === undefined ? t(key, named) : t(key, named, plural)), locale: () => locale }
}
