import type { RouteRecordRaw } from 'vue-router'
import type { Role } from '@/app/home'

const roles: Role[] = ['hq_admin', 'regional_manager']

export default [
  { path: '/plans', name: 'plans', component: () => import('./PlanList.vue'), meta: { title: 'plans.title', tab: 'plans', roles } },
  { path: '/plans/new', name: 'new-plan', component: () => import('./PlanEditor.vue'), meta: { title: 'plans.new', roles } },
  { path: '/plans/:id', name: 'plan', component: () => import('./PlanPage.vue'), meta: { title: 'plans.one', tab: 'plans', roles } },
  { path: '/plans/:id/edit', name: 'edit-plan', component: () => import('./PlanEditor.vue'), meta: { title: 'plans.editTitle', roles } },
  { path: '/desk', name: 'desk', component: () => import('./desk/Desk.vue'), meta: { title: 'desk.title', tab: 'overview', roles } },
  { path: '/absences', name: 'absences', component: () => import('./absences/Absences.vue'), meta: { title: 'desk.absence.title', tab: 'overview', roles } },
  { path: '/more', name: 'more', component: () => import('./More.vue'), meta: { title: 'desk.more.title', tab: 'more', roles: ['hq_admin'] } },
] satisfies RouteRecordRaw[]
