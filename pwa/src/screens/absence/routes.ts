import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/me/absences', component: () => import('./MyAbsences.vue'), meta: { title: 'absence.mine', roles: ['supervisor', 'regional_manager', 'hq_admin'] } },
] satisfies RouteRecordRaw[]
