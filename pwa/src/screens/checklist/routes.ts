import type { RouteRecordRaw } from 'vue-router'

export default [{ path: '/visits/:id/check', component: () => import('./Checklist.vue'), meta: { title: 'checklist.title' } }] satisfies RouteRecordRaw[]
