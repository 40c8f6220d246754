import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/inspections/:id', name: 'inspection', component: () => import('./InspectionDetail.vue'), meta: { title: 'inspections.title' } },
] satisfies RouteRecordRaw[]
