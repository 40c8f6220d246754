import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/visits/:id', component: () => import('./Arrive.vue'), meta: { title: 'visit.title' } },
  { path: '/visits/:id/finish', component: () => import('./Finish.vue'), meta: { title: 'visit.finishTitle' } },
] satisfies RouteRecordRaw[]
