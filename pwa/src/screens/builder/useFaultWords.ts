/** What is wrong, in the reader's language: by field and code, else by code, else as the server said it. */
import { useI18n } from 'vue-i18n'
import type { Fault } from '@/api/types'
import { useBi } from '@/i18n/bi'
import type { Content } from '@/domain/checklist'
import { itemOf, sectionOf, spotOf } from './edits'
import type { PlacedFault, Target } from './faults'

/** `grades/3/percent` → `percent`: the last word of a field's path. */
const lastName = (field: string): string => field.split('/').filter((step) => !/^\d+$/.test(step)).at(-1) ?? ''

export function useFaultWords() {
  const { t, te } = useI18n()
  const { bi } = useBi()

  function words(fault: Fault & { field?: string }): string {
    const name = lastName(fault.field ?? fault.pointer)
    const keys = [`builder.faultOf.${name}.${fault.code}`, `builder.fault.${fault.code}`]
    const key = keys.find((one) => te(one))
    return key ? t(key) : fault.message
  }

  /** Where it is: "Section · 3 Chiller at 0–8 ℃". */
  function place(target: Target, content: Content): string {
    if (target.at === 'about' || target.at === 'scoring') return t(`builder.${target.at}`)
    if (target.at === 'section') return bi(sectionOf(content, target.key)?.name) || t('builder.unnamedSection')
    const spot = spotOf(content, target.key)
    const section = spot && content.sections[spot.section]
    const before = section ? content.sections.slice(0, spot.section).reduce((sum, one) => sum + one.items.length, 0) : 0
    return t('builder.itemAt', { n: spot ? before + spot.item + 1 : 0, text: bi(itemOf(content, target.key)?.text) || t('builder.unnamedItem') })
  }

  /** Which field: "Points"; empty when it is the whole. */
  function field({ field: path, target }: PlacedFault): string {
    const first = path.split('/')[0] ?? ''
    if (first === 'weight' && target.at === 'section') return t('builder.sectionWeight')
    if (first === 'pass_line' && target.at === 'scoring') return t('builder.passScore')
    return te(`builder.field.${first}`) ? t(`builder.field.${first}`) : ''
  }

  return { words, place, field }
}
