/** Whether who is signed in manages checklists; everybody else reads what was published. */
import { computed, type ComputedRef } from 'vue'
import { useSession } from '@/app/stores/session'

export function useManages(): ComputedRef<boolean> {
  const session = useSession()
  return computed(() => session.me?.permissions.includes('checklists.write') ?? false)
}
