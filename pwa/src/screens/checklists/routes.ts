import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/checklists', name: 'checklists', component: () => import('./ChecklistList.vue'), meta: { title: 'checklists.title', tab: 'checklists' } },
  { path: '/checklists/library', name: 'checklist-library', component: () => import('./ChecklistLibrary.vue'), meta: { title: 'checklists.library', tab: 'checklists', roles: ['hq_admin'] } },
  { path: '/checklists/import', name: 'checklist-import', component: () => import('./ImportChecklists.vue'), meta: { title: 'checklists.import', tab: 'checklists', roles: ['hq_admin'] } },
  { path: '/checklists/:id', name: 'checklist-detail', component: () => import('./ChecklistDetail.vue'), meta: { title: 'checklists.detail', tab: 'checklists' } },
] satisfies RouteRecordRaw[]
