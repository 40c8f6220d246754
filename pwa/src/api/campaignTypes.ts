/** Campaigns: one thing to be put right in many stores; and complaints about them. */
import type { Flag } from '@/domain/checklist'
import type { Bilingual, Person, TaskState } from './types'
import type { Named, Selection } from './planTypes'

export interface Progress {
  total: number
  counts: Record<TaskState, number>
  overdue: number
}

export interface Campaign extends Progress {
  id: string
  title: Bilingual
  guide: Bilingual | null
  flag: Flag
  needs_photo: boolean
  photos: string[]
  selection: Selection
  due_at: string
  created_by: Person
  created_at: string
  cancelled_at: string | null
  may_cancel: boolean
}

export interface CampaignRegion extends Progress {
  region: Named
}

export interface CampaignStore {
  task_id: string
  store_id: string
  code: string
  name: Bilingual
  region: Named
  status: TaskState
  overdue: boolean
  due_at: string
  assignee: Person | null
}

export interface CampaignBoard extends Campaign {
  regions: CampaignRegion[]
  items: CampaignStore[]
  next: string | null
}

export interface NewCampaign {
  id: string
  title: Bilingual
  guide: Bilingual | null
  flag: Flag
  needs_photo: boolean
  photos: string[]
  selection: Selection
  due_at: string
}

export interface CampaignScope {
  total: number
  by_region: { region: Named; count: number }[]
  without_assignee: number
}

export interface Complaint {
  id: string
  store_id: string
  store_name: Bilingual
  reference: string
  on_date: string
  kind: string
  note: string
  task: { id: string; status: TaskState } | null
}
