import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/checklists/:id/edit', name: 'checklist-edit', component: () => import('./Builder.vue'), meta: { title: 'builder.title', roles: ['hq_admin'], whole: true } },
] satisfies RouteRecordRaw[]
