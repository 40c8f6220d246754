/** Follows one errand of the server until it has ended; looks again every second, and less often while nothing answers. */
import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { cancelErrand, errand as askErrand } from '@/api/endpoints'
import { ApiProblem } from '@/api/problems'
import type { Errand } from '@/api/types'

export const LOOK_MS = 1_000
const MOST_MS = 8_000

export interface Followed<Result> {
  errand: Ref<Errand<Result> | null>
  /** What the server refused to tell; a network that fails is no problem, it is asked again. */
  problem: Ref<unknown>
  cancelling: Ref<boolean>
  cancel: () => Promise<void>
}

export function hasEnded({ state }: Errand): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled'
}

export function useErrand<Result>(id: () => string | null): Followed<Result> {
  const errand = shallowRef<Errand<Result> | null>(null)
  const problem = shallowRef<unknown>(null)
  const cancelling = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  async function look(asked: string, pause = LOOK_MS): Promise<void> {
    let next = LOOK_MS
    try {
      const found = await askErrand<Result>(asked)
      if (id() !== asked) return
      errand.value = found
      if (hasEnded(found)) return
    } catch (thrown) {
      if (id() !== asked) return
      if (thrown instanceof ApiProblem && thrown.status < 500) {
        problem.value = thrown
        return
      }
      next = Math.min(MOST_MS, pause * 2)
    }
    timer = setTimeout(() => void look(asked, next), next)
  }

  async function cancel(): Promise<void> {
    const asked = id()
    if (!asked || cancelling.value) return
    cancelling.value = true
    try {
      const found = await cancelErrand<Result>(asked)
      if (id() === asked) errand.value = found
    } finally {
      cancelling.value = false
    }
  }

  watch(
    id,
    (asked) => {
      clearTimeout(timer)
      errand.value = null
      problem.value = null
      if (asked) void look(asked)
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
  return { errand, problem, cancelling, cancel }
}
