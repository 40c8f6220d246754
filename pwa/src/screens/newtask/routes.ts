import type { RouteRecordRaw } from 'vue-router'

export default [{ path: '/new-task', alias: '/tasks/new', name: 'new-task', component: () => import('./NewTask.vue'), meta: { title: 'newtask.title' } }] satisfies RouteRecordRaw[]
