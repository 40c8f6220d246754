/** The speaker of the language on the screen, for the pure files that turn rules into words. */
import { useI18n } from 'vue-i18n'
import { useBi } from '@/i18n/bi'
import { useFormat } from '@/i18n/format'
import type { Content, Item } from '@/domain/checklist'
import type { FindItem } from './conditionWords'

export interface FullSpeaker {
  t: (key: string, named?: Record<string, unknown>, plural?: number) => string
  te: (key: string) => boolean
  bi: ReturnType<typeof useBi>['bi']
  number: (value: number | null | undefined) => string
  percent: (value: number | null | undefined) => string
  locale: () => string
}

export function useSpeaker(): FullSpeaker {
  const { t, te, locale } = useI18n()
  const { bi } = useBi()
  const { number, percent } = useFormat()
  const say = (key: string, named: Record<string, unknown> = {}, plural?: number): string => (plural === undefined ? t(key, named) : t(key, named, plural))
  return { t: say, te, bi, number, percent, locale: () => locale.value }
}

/** Finds items by key in one content after the other. */
export function finder(...contents: readonly (Content | null | undefined)[]): FindItem {
  const items = new Map<string, Item>()
  for (const content of contents) {
    for (const item of content?.sections.flatMap((section) => section.items) ?? []) if (!items.has(item.key)) items.set(item.key, item)
  }
  return (key) => items.get(key)
}
