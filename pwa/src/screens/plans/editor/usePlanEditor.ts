/** One plan being written: what it is made of, what it would do, and how it is saved. */
import { computed, nextTick, ref, shallowRef, watch, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { changePlan, makePlan, plan as askPlan } from '@/api/planEndpoints'
import type { PlanDetail } from '@/api/planTypes'
import { ApiProblem } from '@/api/problems'
import type { Fault } from '@/api/types'
import { useSession } from '@/app/stores/session'
import { useSync } from '@/app/stores/sync'
import { newId } from '@/db/ids'
import { here, wallClock } from '../../plan/window'
import { loadChoices } from '../choices'
import type { PlanChoices } from './context'
import { blankForm, faultsOf, formOfPlan, termFaultsOf, termsOf, type PlanForm } from './form'
import { faultAt, refusals } from './refusals'
import { usePlanForm } from './usePlanForm'
import { usePreview } from './usePreview'

/** Marked at once when they are wrong; what is merely not filled in yet is marked once one tries to go on. */
const LATER = ['/checklist_id', '/name', '/terms/assignee/user_id', '/terms/assignee/user_ids', '/effective_from']

export function usePlanEditor(planId: string | undefined, page: Ref<HTMLElement | undefined>) {
  const { t, te } = useI18n()
  const session = useSession()
  const sync = useSync()
  const today = wallClock(new Date(), here()).date
  const { form, fill, rebase, reset, leave } = usePlanForm(session.user?.id ?? '', planId ?? 'new', planId ?? newId(), today)
  const choices = shallowRef<PlanChoices | null>(null)
  const existing = shallowRef<PlanDetail | null>(null)
  const problem = shallowRef<unknown>(null)
  const tried = ref(false)
  const restored = ref(false)
  const refused = shallowRef<Record<string, Fault>>({})
  const ready = computed(() => choices.value !== null && (!planId || existing.value !== null))
  const preview = usePreview(form, { planId: () => existing.value?.id, online: () => sync.online && ready.value })

  async function load(): Promise<void> {
    problem.value = null
    try {
      const [found, plan] = await Promise.all([loadChoices(session.me), planId ? askPlan(planId) : null])
      existing.value = plan
      restored.value = fill(plan ? formOfPlan(plan, today) : null, plan?.version ?? null)
      choices.value = found
    } catch (thrown) {
      problem.value = thrown
    }
  }

  const local = computed(() => {
    const found = faultsOf(form)
    return tried.value ? found : Object.fromEntries(Object.entries(found).filter(([place]) => !LATER.includes(place)))
  })
  const remote = computed(() => ({ ...refused.value, ...preview.faults.value }))
  watch(preview.question, () => (refused.value = {}))

  function errorAt(pointer: string, deep = false): string | undefined {
    const code = faultAt(local.value, pointer, deep)
    if (code) return t(`plans.fault.${code}`)
    const fault = faultAt(remote.value, pointer, deep)
    if (!fault) return undefined
    return t(te(`plans.fault.${fault.code}`) ? `plans.fault.${fault.code}` : 'plans.fault.other', { message: fault.message })
  }

  const wanting = computed<'checklist' | 'mending' | null>(() => {
    if (!form.checklist) return 'checklist'
    return Object.keys(termFaultsOf(form)).length || Object.keys(preview.faults.value).length ? 'mending' : null
  })

  /** False when something must be mended first; it is brought into sight. */
  async function check(): Promise<boolean> {
    tried.value = true
    if (!Object.keys(faultsOf(form)).length && !Object.keys(remote.value).length) return true
    await nextTick()
    const fault = page.value?.querySelector<HTMLElement>('.r-field [role="alert"]')
    const field = fault?.closest('.r-field')
    field?.scrollIntoView({ block: 'center' })
    field?.querySelector<HTMLElement>('input, select, textarea, button')?.focus({ preventScroll: true })
    return false
  }

  /** The plan as it is stored now. Throws what the server refused; its places are marked. */
  async function save(allowEmpty: boolean): Promise<PlanDetail> {
    try {
      const saved = await send(allowEmpty)
      leave()
      void sync.syncNow().catch(() => undefined)
      return saved
    } catch (thrown) {
      refused.value = refusals(thrown)
      if (planId && thrown instanceof ApiProblem && thrown.type === '/problems/stale-version') await look(planId)
      throw thrown
    }
  }

  /** Somebody else was quicker: what was typed stays, and what it would do is asked anew. */
  async function look(id: string): Promise<void> {
    existing.value = await askPlan(id)
    rebase(existing.value.version)
    await preview.ask()
  }

  function send(allowEmpty: boolean): Promise<PlanDetail> {
    const name = { zh: form.name.zh.trim(), en: form.name.en.trim() }
    const plan = existing.value
    const more = allowEmpty ? { allow_empty: true } : {}
    if (!plan) return makePlan({ id: form.id, name, checklist_id: form.checklist, terms: termsOf(form), ...more })
    return changePlan(plan.id, { version: plan.version, name, ...changedTerms(plan), ...more })
  }

  /** Another name alone makes no new revision. */
  function changedTerms(plan: PlanDetail): object {
    const before = formOfPlan(plan, today)
    const same = before.checklist === form.checklist && JSON.stringify(termsOf(before)) === JSON.stringify(termsOf(form))
    if (same) return {}
    return { effective_from: form.effect === 'day' ? form.effect_day : form.effect, checklist_id: form.checklist, terms: termsOf(form) }
  }

  function startOver(): void {
    const plan = existing.value
    reset(plan ? formOfPlan(plan, today) : blankForm(newId(), today))
    restored.value = false
    tried.value = false
  }

  return { form, choices, existing, problem, restored, ready, preview, today, wanting, load, errorAt, check, save, startOver, refused }
}

export type { PlanForm }
