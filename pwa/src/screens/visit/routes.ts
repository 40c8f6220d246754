import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/stores/:id/begin', component: () => import('./BeginHere.vue'), meta: { title: 'visit.beginTitle', roles: ['supervisor', 'regional_manager', 'hq_admin'] } },
  { path: '/visits/:id', component: () => import('./Arrive.vue'), meta: { title: 'visit.title' } },
  { path: '/visits/:id/finish', component: () => import('./Finish.vue'), meta: { title: 'visit.finishTitle' } },
] satisfies RouteRecordRaw[]
