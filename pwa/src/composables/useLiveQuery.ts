/** A query of the local database that a screen watches: it runs again whenever what it read has changed. */
import { liveQuery } from 'dexie'
import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'

export interface Live<T> {
  data: Ref<T | undefined>
  /** True until the first answer. */
  loading: Ref<boolean>
  error: Ref<unknown>
}

/** `on` names the values that the query depends on; it starts anew when they change. */
export function useLiveQuery<T>(query: () => Promise<T>, on: () => unknown = () => null): Live<T> {
  // Shallow: rows go back into the database, which takes no reactive copies.
  const data = shallowRef<T>() as Ref<T | undefined>
  const loading = ref(true)
  const error = shallowRef<unknown>(null)
  let stop = (): void => {}

  watch(
    on,
    () => {
      stop()
      const subscription = liveQuery(query).subscribe({
        next: (value) => {
          data.value = value
          loading.value = false
          error.value = null
        },
        error: (reason: unknown) => {
          error.value = reason
          loading.value = false
        },
      })
      stop = () => subscription.unsubscribe()
    },
    { immediate: true },
  )
  onScopeDispose(() => stop())
  return { data, loading, error }
}
