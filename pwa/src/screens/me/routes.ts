import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/me', name: 'me', component: () => import('./Me.vue'), meta: { title: 'me.title', tab: 'me' } },
] satisfies RouteRecordRaw[]
