/** What checklists are for. A kind that is not one of ours is called by its own name. */
import { useI18n } from 'vue-i18n'
import type { Option } from '@/components'

export const KINDS = ['visit', 'self', 'special', 'audit'] as const

export function useKinds(): { kindOf: (kind: string) => string; kinds: () => Option[] } {
  const { t, te } = useI18n()
  const kindOf = (kind: string): string => (te(`checklists.kind.${kind}`) ? t(`checklists.kind.${kind}`) : kind)
  return { kindOf, kinds: () => KINDS.map((value) => ({ value, label: kindOf(value) })) }
}
