import type { RouteRecordRaw } from 'vue-router'
import type { Role } from '@/app/home'

const roles: Role[] = ['hq_admin', 'regional_manager']

export default [
  { path: '/campaigns', name: 'campaigns', component: () => import('./CampaignList.vue'), meta: { title: 'campaigns.title', tab: 'plans', roles } },
  { path: '/campaigns/new', name: 'new-campaign', component: () => import('./NewCampaign.vue'), meta: { title: 'campaigns.new', roles } },
  { path: '/campaigns/:id', name: 'campaign', component: () => import('./CampaignBoard.vue'), meta: { title: 'campaigns.one', tab: 'plans', roles: [...roles, 'supervisor'] } },
] satisfies RouteRecordRaw[]
