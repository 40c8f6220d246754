/** The calls about plans, the visits desk and absences, by name. */
import { request } from './http'
import type { Board, BoardLine, Different, NewPlan, Plan, PlanChange, PlanDetail, PlanStep, Preview, PreviewQuestion } from './planTypes'
import type { Absence, Page, User, Visit, VisitStep, VisitSteps } from './types'

type Given = Record<string, string | number | boolean | readonly string[] | null | undefined>
const MOST_PAGES = 50

/** `?a=1&state=x&state=y`; what is null is left out. */
export function query(given: Given): string {
  const pairs = Object.entries(given).flatMap(([name, value]) => {
    if (value === null || value === undefined) return []
    return (Array.isArray(value) ? value : [value]).map((one): [string, string] => [name, String(one)])
  })
  const text = new URLSearchParams(pairs).toString()
  return text && `?${text}`
}

/** All pages of a list, one after the other. */
export async function everyPage<T>(ask: (cursor: string | null) => Promise<Page<T>>): Promise<T[]> {
  const found: T[] = []
  let cursor: string | null = null
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer: Page<T> = await ask(cursor)
    found.push(...answer.items)
    cursor = answer.next
    if (!cursor) break
  }
  return found
}

export const plans = (cursor: string | null = null) => request<Page<Plan>>(`/plans${query({ cursor, limit: 200 })}`)
export const plan = (id: string) => request<PlanDetail>(`/plans/${id}`)
export const makePlan = (given: NewPlan) => request<PlanDetail>('/plans', { method: 'POST', json: given })
export const changePlan = (id: string, given: PlanChange) => request<PlanDetail>(`/plans/${id}`, { method: 'PATCH', json: given })
export const stepPlan = (id: string, given: PlanStep) => request<PlanDetail>(`/plans/${id}/transitions`, { method: 'POST', json: given })
export const setOverride = (id: string, storeId: string, given: Partial<Different>) =>
  request<PlanDetail>(`/plans/${id}/stores/${storeId}`, { method: 'PUT', json: given })
export const dropOverride = (id: string, storeId: string) => request<PlanDetail>(`/plans/${id}/stores/${storeId}`, { method: 'DELETE' })
export const previewPlan = (given: PreviewQuestion) => request<Preview>('/plans/preview', { method: 'POST', json: given })
export const wholeBoard = (id: string): Promise<BoardLine[]> => everyPage((cursor) => request<Board>(`/plans/${id}/board${query({ cursor, limit: 200 })}`))

export interface VisitsQuestion {
  state?: readonly string[]
  plan_id?: string
  unsettled?: boolean
  unassigned?: boolean
  from?: string
  limit?: number
}
export const visitsPage = (question: VisitsQuestion, cursor: string | null = null) =>
  request<Page<Visit>>(`/visits${query({ limit: 200, ...question, cursor })}`)
export const stepVisit = (id: string, step: VisitStep) => request<Visit>(`/visits/${id}/transitions`, { method: 'POST', json: step })
export const stepVisits = (ids: readonly { id: string; version: number }[], step: VisitStep) =>
  request<VisitSteps>('/visits/transitions', { method: 'POST', json: { ...step, ids } })

export interface NewAbsence {
  id: string
  user_id: string
  deputy_id: string
  first_day: string
  last_day: string
  reason: string
}
export const absences = (from: string | null, cursor: string | null = null) => request<Page<Absence>>(`/absences${query({ from, cursor, limit: 200 })}`)
export const makeAbsence = (given: NewAbsence) => request<Absence>('/absences', { method: 'POST', json: given })
export const cancelAbsence = (id: string) => request<Absence>(`/absences/${id}`, { method: 'DELETE' })

export const people = (cursor: string | null = null) => request<Page<User>>(`/users${query({ cursor, limit: 200 })}`)
