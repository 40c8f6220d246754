/** What every part of the editor knows: the form, the faults, and what can be chosen. */
import { inject, provide, type InjectionKey, type Ref } from 'vue'
import type { Checklist, Region, Store, User } from '@/api/types'
import type { PlanForm } from './form'

export interface PlanChoices {
  checklists: Checklist[]
  people: User[]
  /** Within one's own range, by code. */
  stores: Store[]
  regions: Region[]
}

export interface PlanEditor {
  form: PlanForm
  choices: Ref<PlanChoices | null>
  /** The fault at a place in words; with `deep` also of what lies below it. */
  errorAt: (pointer: string, deep?: boolean) => string | undefined
}

const KEY: InjectionKey<PlanEditor> = Symbol('plan editor')

export const provideEditor = (editor: PlanEditor): void => provide(KEY, editor)

export function useEditor(): PlanEditor {
  const found = inject(KEY)
  if (!found) throw new Error('This part stands outside the editor of a plan.')
  return found
}
