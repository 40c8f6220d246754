/** How RField tells the input inside it its id, its error and whether it is required. */
import { computed, inject, provide, useId, type ComputedRef, type InjectionKey } from 'vue'

export interface FieldContext {
  id: string
  describedBy: ComputedRef<string | undefined>
  invalid: ComputedRef<boolean>
  required: ComputedRef<boolean>
}

const FIELD: InjectionKey<FieldContext> = Symbol('field')

/** Called by RField. */
export function provideField(facts: () => { error?: string; hint?: string; required?: boolean }): FieldContext {
  const id = useId()
  const context: FieldContext = {
    id,
    invalid: computed(() => Boolean(facts().error)),
    required: computed(() => Boolean(facts().required)),
    describedBy: computed(() => {
      const { error, hint } = facts()
      return [error ? `${id}-error` : '', hint ? `${id}-hint` : ''].filter(Boolean).join(' ') || undefined
    }),
  }
  provide(FIELD, context)
  return context
}

/** Attributes for the native input; the label prop names it outside a field. */
export function useFieldAttributes(props: { label?: string; invalid?: boolean }) {
  const field = inject(FIELD, null)
  return computed(() => ({
    id: field?.id,
    required: field?.required.value || undefined,
    'aria-label': props.label,
    'aria-describedby': field?.describedBy.value,
    'aria-invalid': props.invalid || field?.invalid.value || undefined,
  }))
}
