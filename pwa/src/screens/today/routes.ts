import type { RouteRecordRaw } from 'vue-router'
import { useSession } from '@/app/stores/session'

/** The screen, together with the half of it that this person needs. */
async function today() {
  const { fetchHalf } = await import('./halves')
  const [screen] = await Promise.all([import('./Today.vue'), fetchHalf(useSession().user)])
  return screen
}

export default [
  {
    path: '/today',
    component: today,
    meta: { title: 'today.title', tab: 'today', roles: ['supervisor', 'store_manager', 'store_staff', 'hq_admin', 'regional_manager'] },
  },
] satisfies RouteRecordRaw[]
