/** True on a laptop: 1,024 px and more. */
import { onScopeDispose, ref, type Ref } from 'vue'

export function useWide(): Ref<boolean> {
  const query = window.matchMedia('(min-width: 1024px)')
  const wide = ref(query.matches)
  const look = (): void => {
    wide.value = query.matches
  }
  query.addEventListener('change', look)
  onScopeDispose(() => query.removeEventListener('change', look))
  return wide
}
