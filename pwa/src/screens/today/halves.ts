/** The day has two halves that share little: who visits stores, and who works in one. Each phone needs one of them. */
import { defineAsyncComponent } from 'vue'
import type { User } from '@/api/types'
import { RSkeleton } from '@/components'
import { withWords } from '@/i18n'

const field = () => import('./FieldToday.vue')
const store = withWords(['explained', 'selfcheck', 'tasks', 'today', 'visit'], () => import('./StoreToday.vue'))

const LATE = 200
export const FieldToday = defineAsyncComponent({ loader: field, loadingComponent: RSkeleton, delay: LATE })
export const StoreToday = defineAsyncComponent({ loader: store, loadingComponent: RSkeleton, delay: LATE })

export function worksInStore(user: User | null): boolean {
  return user?.role === 'store_manager' || user?.role === 'store_staff'
}

/** Fetches this person's half. */
export const fetchHalf = (user: User | null): Promise<unknown> => (worksInStore(user) ? store() : field())
