/** The filter of the list, read from the address and written back to it, so that a link or the way back lead to the same. */
import { computed, type ComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { filterIn, queryOf, without, type Narrowing, type TaskFilter, type TaskTab } from './filters'

export function useTaskFilter(usual: () => TaskTab) {
  const route = useRoute()
  const router = useRouter()
  const filter: ComputedRef<TaskFilter> = computed(() => filterIn(route.query, usual()))

  /** Another tab keeps what narrows, but for what only made sense where one was. */
  function set(change: Partial<TaskFilter>): void {
    const moved = change.tab !== undefined && change.tab !== filter.value.tab
    const kept = moved ? without(filter.value, ['status', 'due', 'sent_back']) : filter.value
    void router.replace({ path: route.path, query: queryOf({ ...kept, ...change }) })
  }
  const clear = (names?: readonly Narrowing[]): void => set({ ...without(filter.value, names), q: names ? filter.value.q : '' })
  /** The same filter on another address. */
  const at = (path: string): { path: string; query: Record<string, string> } => ({ path, query: queryOf(filter.value) })

  return { filter, set, clear, at }
}
