import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/overview', component: () => import('./Overview.vue'), meta: { title: 'overview.title', tab: 'overview', roles: ['regional_manager', 'hq_admin', 'supervisor'] } },
] satisfies RouteRecordRaw[]
