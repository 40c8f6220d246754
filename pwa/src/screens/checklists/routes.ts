import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/checklists', name: 'checklists', component: () => import('./ChecklistList.vue'), meta: { title: 'checklists.title', tab: 'checklists', roles: ['hq_admin'] } },
  { path: '/checklists/:id', name: 'checklist-detail', component: () => import('./ChecklistDetail.vue'), meta: { title: 'checklists.detail', tab: 'checklists', roles: ['hq_admin'] } },
] satisfies RouteRecordRaw[]
