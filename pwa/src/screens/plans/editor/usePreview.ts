/** Asks what the plan would do whenever it changes: after a short rest, the last question wins, and faults come by their place. */
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { previewPlan } from '@/api/planEndpoints'
import type { Preview, SampleStore } from '@/api/planTypes'
import type { Fault } from '@/api/types'
import { termFaultsOf, termsOf, type PlanForm } from './form'
import { refusals } from './refusals'

export const REST_MS = 450

export function usePreview(form: PlanForm, options: { planId: () => string | undefined; online: () => boolean }) {
  const data = shallowRef<Preview | null>(null)
  const sample = shallowRef<SampleStore[]>([])
  const faults = shallowRef<Record<string, Fault>>({})
  const problem = shallowRef<unknown>(null)
  const busy = ref(false)
  const search = ref('')
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = 0

  const question = computed(() => {
    if (Object.keys(termFaultsOf(form)).length) return null
    const planId = options.planId()
    const effect = form.effect === 'day' ? form.effect_day : form.effect
    return JSON.stringify({
      checklist_id: form.checklist,
      terms: termsOf(form),
      ...(planId ? { plan_id: planId, effective_from: effect } : {}),
      ...(search.value.trim() ? { search: search.value.trim() } : {}),
    })
  })

  async function ask(cursor: string | null = null): Promise<void> {
    if (question.value === null || !options.online()) return
    const mine = (asked += 1)
    busy.value = true
    try {
      const found = await previewPlan({ ...JSON.parse(question.value), ...(cursor ? { cursor } : {}) })
      if (mine !== asked) return
      data.value = found
      sample.value = cursor ? [...sample.value, ...found.sample] : found.sample
      faults.value = {}
      problem.value = null
    } catch (thrown) {
      if (mine !== asked) return
      faults.value = refusals(thrown)
      problem.value = Object.keys(faults.value).length ? null : thrown
    } finally {
      if (mine === asked) busy.value = false
    }
  }

  watch(
    [question, options.online],
    ([now], [before]) => {
      clearTimeout(timer)
      if (now !== before) faults.value = {}
      if (now === null) {
        asked += 1
        busy.value = false
        return
      }
      busy.value = true
      timer = setTimeout(() => void ask(), REST_MS)
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))

  return { data, sample, faults, problem, busy, search, question, ask, more: () => ask(data.value?.next ?? null) }
}
