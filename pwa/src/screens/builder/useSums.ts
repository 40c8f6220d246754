/** How much a checklist holds, in words: sections, items, points. */
import { useI18n } from 'vue-i18n'
import type { Content } from '@/domain/checklist'
import { useFormat } from '@/i18n/format'

export function useSums() {
  const { t } = useI18n()
  const format = useFormat()

  /** Points are weighted and without bonus; drafts that are not whole count as far as they go. */
  return ({ sections }: Pick<Content, 'sections'>): string => {
    const items = sections.flatMap((section) => section.items)
    const points = items.filter((item) => !item.bonus).reduce((sum, item) => sum + (item.points || 0) * (item.weight ?? 1), 0)
    return [
      t('builder.sectionCount', { n: sections.length }, sections.length),
      t('builder.itemCount', { n: items.length }, items.length),
      t('builder.pointCount', { n: format.number(points) }, points),
    ].join(' · ')
  }
}
