/** The present moment for a screen: it moves on every half minute, so that what is overdue becomes overdue by itself. */
import { onScopeDispose, ref, type Ref } from 'vue'

const EVERY_MS = 30_000

export function useNow(): Ref<number> {
  const now = ref(Date.now())
  const timer = setInterval(() => (now.value = Date.now()), EVERY_MS)
  onScopeDispose(() => clearInterval(timer))
  return now
}
