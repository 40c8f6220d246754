import type { RouteRecordRaw } from 'vue-router'

export default [{ path: '/outbox', component: () => import('./Outbox.vue'), meta: { title: 'outbox.title' } }] satisfies RouteRecordRaw[]
