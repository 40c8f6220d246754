import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/visits/new', name: 'new-visit', component: () => import('./NewVisit.vue'), meta: { title: 'plan.title', roles: ['hq_admin', 'regional_manager', 'supervisor'] } },
] satisfies RouteRecordRaw[]
