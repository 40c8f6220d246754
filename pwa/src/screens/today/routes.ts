import type { RouteRecordRaw } from 'vue-router'

export default [
  {
    path: '/today',
    component: () => import('./Today.vue'),
    meta: { title: 'today.title', tab: 'today', roles: ['supervisor', 'store_manager', 'store_staff', 'hq_admin', 'regional_manager'] },
  },
] satisfies RouteRecordRaw[]
