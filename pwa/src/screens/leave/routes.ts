import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/visits/:id/sign', component: () => import('./SignOff.vue'), meta: { title: 'leave.signTitle' } },
  { path: '/s/:code', component: () => import('./StoreGate.vue'), meta: { title: 'leave.qr' } },
  { path: '/stores/:id/qr', component: () => import('./StoreQr.vue'), meta: { title: 'leave.qr', roles: ['hq_admin', 'regional_manager'] } },
] satisfies RouteRecordRaw[]
