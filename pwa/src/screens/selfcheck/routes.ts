import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/self', component: () => import('./SelfList.vue'), meta: { title: 'selfcheck.today', roles: ['store_manager', 'store_staff'] } },
  { path: '/self/:id', component: () => import('./SelfRun.vue'), meta: { title: 'selfcheck.today', roles: ['store_manager', 'store_staff'] } },
] satisfies RouteRecordRaw[]
