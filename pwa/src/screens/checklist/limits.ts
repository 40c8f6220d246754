/** The limits of an answer in words: what is demanded, and what comes near to it. */
import type { Answer, Item } from '@/domain/checklist'

type Translate = (key: string, named: Record<string, unknown>) => string

export function limitsOf(item: Item, t: Translate): string {
  if (item.kind !== 'numeric') return ''
  const { min = null, max = null, unit = '' } = item
  if (min !== null && max !== null) return t('checklist.limits.between', { min, max, unit })
  if (min !== null) return t('checklist.limits.min', { min, unit })
  return max === null ? '' : t('checklist.limits.max', { max, unit })
}

/** Which edge an answer with a warning is near to. */
export function nearTo(item: Item, value: Answer['value'] | undefined): 'min' | 'max' | 'date' {
  if (item.kind === 'date') return 'date'
  const low = item.warn_min ?? null
  return typeof value === 'number' && low !== null && value < low ? 'min' : 'max'
}
