/** The calls about campaigns, complaints and the people of a store, by name. */
import type { Campaign, CampaignBoard, CampaignScope, Complaint, NewCampaign } from './campaignTypes'
import { request } from './http'
import { query } from './planEndpoints'
import type { Selection } from './planTypes'
import type { Flag } from '@/domain/checklist'
import type { Page, Role, Task } from './types'

export interface WorksHere {
  id: string
  name: string
  role: Role
  on_shift: boolean
}
export const storePeople = (storeId: string) => request<{ items: WorksHere[] }>(`/stores/${storeId}/people`)

export const campaigns = (cursor: string | null = null) => request<Page<Campaign>>(`/task-campaigns${query({ cursor, limit: 50 })}`)
export const startCampaign = (given: NewCampaign) => request<Campaign>('/task-campaigns', { method: 'POST', json: given })
export const previewCampaign = (selection: Selection) => request<CampaignScope>('/task-campaigns/preview', { method: 'POST', json: { selection } })
export const cancelCampaign = (id: string, reason: string) => request<Campaign>(`/task-campaigns/${id}/cancel`, { method: 'POST', json: { reason } })

export interface BoardQuestion {
  state?: readonly string[]
  region_id?: string
  search?: string
}
export const campaignBoard = (id: string, question: BoardQuestion, cursor: string | null = null) =>
  request<CampaignBoard>(`/task-campaigns/${id}/board${query({ limit: 100, ...question, cursor })}`)

export const complaints = (storeId: string, cursor: string | null = null) => request<Page<Complaint>>(`/complaints${query({ store_id: storeId, limit: 20, cursor })}`)
export const openForComplaint = (id: string, given: { flag: Flag; note: string; needs_photo: boolean }) => request<Task>(`/complaints/${id}/task`, { method: 'POST', json: given })
