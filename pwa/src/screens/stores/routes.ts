import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/stores', name: 'stores', component: () => import('./StoreList.vue'), meta: { title: 'stores.title', tab: 'stores' } },
  { path: '/stores/:id', name: 'store', component: () => import('./StoreDetail.vue'), meta: { title: 'stores.detail', tab: 'stores' } },
] satisfies RouteRecordRaw[]
