/** The calls about a supervisor's day, by name. */
import { request } from './http'
import { query } from './planEndpoints'
import type { Page, PriorityLine } from './types'

export interface PrioritiesQuestion {
  /** An id, or `me`. */
  assignee?: string
  store_id?: string
  region_id?: string
  limit?: number
}
/** Which stores need a visit most, with the reasons; highest first. */
export const priorities = (question: PrioritiesQuestion) => request<Page<PriorityLine>>(`/priorities${query({ ...question })}`)
