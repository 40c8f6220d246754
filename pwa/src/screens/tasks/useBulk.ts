/** Approving many fixes at once: which can be, which are chosen, and what came of it. Each is a step of its own. */
import { computed, ref, type ComputedRef } from 'vue'
import type { User } from '@/api/types'
import { actOnTask, StepRefused, type TaskView } from '@/db/tasks'
import { inBulk } from './acts'

export function useBulk(tasks: ComputedRef<readonly TaskView[]>, user: () => User | null) {
  const on = ref(false)
  const picked = ref<ReadonlySet<string>>(new Set())
  const able = computed(() => tasks.value.filter((task) => inBulk(task, user())))
  /** What has moved on meanwhile is not chosen any more. */
  const chosen = computed(() => able.value.filter((task) => picked.value.has(task.id)))

  function toggle(id: string): void {
    const next = new Set(picked.value)
    if (!next.delete(id)) next.add(id)
    picked.value = next
  }
  function all(): void {
    picked.value = new Set(chosen.value.length === able.value.length ? [] : able.value.map((task) => task.id))
  }
  function stop(): void {
    on.value = false
    picked.value = new Set()
  }

  /** Approves what is chosen; how many were, and how many could not be any more. */
  async function approve(): Promise<{ done: number; left: number }> {
    const me = user()
    const count = { done: 0, left: 0 }
    for (const task of me ? chosen.value : []) {
      try {
        await actOnTask(task.id, { action: 'approve' }, me!)
        count.done += 1
      } catch (thrown) {
        if (!(thrown instanceof StepRefused)) throw thrown
        count.left += 1
      }
    }
    stop()
    return count
  }

  return { on, able, chosen, has: (id: string) => picked.value.has(id), toggle, all, stop, approve }
}
