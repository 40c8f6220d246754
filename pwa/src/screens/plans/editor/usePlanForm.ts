/** The form of the editor: kept while the tab lives, so that nothing typed is lost. */
import { reactive, watch } from 'vue'
import { blankForm, type PlanForm } from './form'

const keyOf = (userId: string, planId: string): string => `rounds.plans.${userId}.${planId}`

interface Kept {
  form: PlanForm
  /** The version of the plan that was being changed. */
  version: number | null
}

function kept(key: string): Kept | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null') as Kept | null
  } catch {
    return null
  }
}

/** `planId` is `new` for a plan that does not exist yet. */
export function usePlanForm(userId: string, planId: string, blankId: string, today: string) {
  const key = keyOf(userId, planId)
  const form = reactive<PlanForm>(blankForm(blankId, today))
  let version: number | null = null
  let watching = false

  /** Fills the form: with what was typed before, if it was typed on the same version, else with the given. True when it was typed before. */
  function fill(given: PlanForm | null, onVersion: number | null): boolean {
    const before = kept(key)
    const again = before !== null && before.version === onVersion
    version = onVersion
    Object.assign(form, given ?? {}, again ? before.form : {})
    watching = true
    return again
  }

  /** What was typed now stands against a later version. */
  function rebase(onVersion: number): void {
    version = onVersion
  }

  /** Begins anew with the given. */
  function reset(given: PlanForm): void {
    watching = false
    Object.assign(form, given)
    sessionStorage.removeItem(key)
    watching = true
  }

  function leave(): void {
    watching = false
    sessionStorage.removeItem(key)
  }

  watch(form, () => {
    if (watching) sessionStorage.setItem(key, JSON.stringify({ form, version } satisfies Kept))
  }, { flush: 'sync' })

  return { form, fill, rebase, reset, leave }
}
