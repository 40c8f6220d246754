import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/tasks', component: () => import('./TaskList.vue'), meta: { title: 'tasks.title', tab: 'tasks' } },
  { path: '/review', redirect: '/tasks?tab=review' },
  { path: '/tasks/:id', component: () => import('./TaskDetail.vue'), meta: { title: 'tasks.one' } },
] satisfies RouteRecordRaw[]
