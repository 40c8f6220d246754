/** The limits of a measured item in words. */
import type { Item } from '@/domain/checklist'

type Translate = (key: string, named: Record<string, unknown>) => string

export function limitsOf(item: Item, t: Translate): string {
  if (item.kind !== 'numeric') return ''
  const { min = null, max = null, unit = '' } = item
  if (min !== null && max !== null) return t('checklist.limits.between', { min, max, unit })
  if (min !== null) return t('checklist.limits.min', { min, unit })
  return max === null ? '' : t('checklist.limits.max', { max, unit })
}
