import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/messages', component: () => import('./Inbox.vue'), meta: { title: 'messages.title' } },
  { path: '/me/notifications', component: () => import('./Settings.vue'), meta: { title: 'messages.settings' } },
] satisfies RouteRecordRaw[]
