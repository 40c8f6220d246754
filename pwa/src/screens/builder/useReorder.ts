/** Moving sections and items of the outline; however far something went, it is one step to undo. */
import type { Ref } from 'vue'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { edgesIn, useMoving } from '@/composables/useMoving'
import { useBi } from '@/i18n/bi'
import type { Builder } from './builder'
import { homeOf, itemOf, sectionOf, spotOf, stepItem, stepSection } from './edits'
import { dropAt, dropped, type Box, type Drop, type Row } from './reorder'

export const handleId = (row: Pick<Row, 'type' | 'key'>): string => `handle-${row.type}-${row.key}`
const rowName = (row: Pick<Row, 'type' | 'key'>): string => `${row.type}:${row.key}`

export function useReorder(builder: Builder, rows: () => readonly Row[], list: Ref<HTMLElement | undefined>, scroller: () => HTMLElement | null) {
  const { t } = useI18n()
  const { bi } = useBi()

  function boxes(): Box[] {
    const edges = edgesIn(list.value)
    return rows().flatMap((row) => {
      const own = edges.get(rowName(row))
      return own ? [{ ...row, top: own.top, bottom: own.bottom }] : []
    })
  }

  function nameOf(row: Row): string {
    return row.type === 'item' ? bi(itemOf(builder.content.value, row.key)?.text) || t('builder.unnamedItem') : bi(sectionOf(builder.content.value, row.key)?.name) || t('builder.unnamedSection')
  }

  function placeOf(row: Row): { section: string; at: number; n: number } {
    const { sections } = builder.content.value
    if (row.type === 'section') return { section: '', at: sections.findIndex((one) => one.key === row.key) + 1, n: sections.length }
    const home = homeOf(builder.content.value, row.key)
    return { section: bi(home?.name) || t('builder.unnamedSection'), at: (spotOf(builder.content.value, row.key)?.item ?? 0) + 1, n: home?.items.length ?? 0 }
  }

  const moving = useMoving<Row, Drop>(
    {
      rowName,
      handleId,
      nameOf,
      dropAt: (row, y) => dropAt(boxes(), row.type, y),
      dropInto(row, to) {
        builder.seal()
        builder.edit((content) => dropped(content, row, to))
      },
      step: (row, way) => builder.edit((content) => (row.type === 'item' ? stepItem(content, row.key, way) : stepSection(content, row.key, way)), `move:${row.key}`),
      lift(row) {
        builder.seal()
        const before = builder.doc.value
        return () => builder.put(before, `move:${row.key}`)
      },
      settle: () => builder.seal(),
      say: (row, what) => builder.say(t(`builder.${what}`, { name: nameOf(row), place: t(`builder.place.${row.type}`, { ...placeOf(row) }) })),
    },
    list,
    scroller,
  )
  return { ...moving, lifted: computed(() => moving.lifted.value?.replace(/^\w+:/, '') ?? null) }
}
