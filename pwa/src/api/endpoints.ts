/** The calls the app makes, by name. */
import type { AnswerFacts, Score } from '@/domain/checklist'
import { request } from './http'
import type {
  Changes,
  Checklist,
  HaveItem,
  Inspection,
  Me,
  Page,
  Receipt,
  ScoreGroup,
  ScoreReport,
  Session,
  SignedIn,
  Task,
  User,
  Visit,
  VisitKind,
} from './types'

const query = (given: Record<string, string | number | null | undefined>): string => {
  const pairs = Object.entries(given).filter((pair): pair is [string, string | number] => pair[1] !== null && pair[1] !== undefined)
  const text = new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString()
  return text && `?${text}`
}

export const signIn = (username: string, password: string, deviceName: string) =>
  request<SignedIn>('/auth/login', {
    method: 'POST',
    json: { username, password, device_name: deviceName, transport: 'cookie' },
  })
export const signOut = () => request<void>('/auth/logout', { method: 'POST' })
export const sessions = () => request<Page<Session>>('/auth/sessions')
export const endSession = (id: string) => request<void>(`/auth/sessions/${id}`, { method: 'DELETE' })
export const me = () => request<Me>('/me')

export const changes = (cursor: string | null) => request<Changes>(`/sync/changes${query({ cursor, limit: 200 })}`)
export const have = (items: { id: string; sha256: string }[]) =>
  request<{ items: HaveItem[] }>('/sync/have', { method: 'POST', json: { items } })

export const putInspection = (id: string, body: string) =>
  request<Receipt>(`/inspections/${id}`, { method: 'PUT', raw: body, digest: true })
export const putStep = (taskId: string, id: string, body: string) =>
  request<Task>(`/tasks/${taskId}/transitions/${id}`, { method: 'PUT', raw: body, digest: true })
export const putPhoto = (sha256: string, bytes: ArrayBuffer, type: string) =>
  request<{ sha256: string; bytes: number }>(`/photos/${sha256}`, { method: 'PUT', raw: bytes, type })

export const inspection = (id: string) => request<Inspection>(`/inspections/${id}`)
export const reviewInspection = (id: string, step: string, body: { action: 'approve' | 'void'; version: number; reason: string }) =>
  request<Inspection>(`/inspections/${id}/transitions/${step}`, { method: 'PUT', raw: JSON.stringify(body), digest: true })
export const users = (cursor: string | null = null) => request<Page<User>>(`/users${query({ cursor, limit: 200 })}`)
export const checklists = () => request<Page<Checklist>>(`/checklists${query({ limit: 200 })}`)
export const whatIf = (id: string, body: { version: number; answers: AnswerFacts[] }) =>
  request<Score>(`/checklists/${id}/score`, { method: 'POST', json: body })

export interface NewVisit {
  id: string
  store_id: string
  checklist_id: string
  assignee_id: string
  kind: VisitKind
  opens_at: string
  due_at: string
  note: string
}
export const planVisit = (visit: NewVisit) => request<Visit>('/visits', { method: 'POST', json: visit })
export const stepVisit = (id: string, body: { action: 'cancel' | 'excuse'; version: number; reason: string }) =>
  request<Visit>(`/visits/${id}/transitions`, { method: 'POST', json: body })

export interface ScoresQuestion {
  from: string
  to: string
  group_by: ScoreGroup
  region_id?: string | null
  store_id?: string | null
  checklist_id?: string | null
}
export const scores = (question: ScoresQuestion) => request<ScoreReport>(`/reports/scores${query({ ...question })}`)
/** Where the same report can be fetched as a table. */
export const scoresTable = (question: ScoresQuestion): string => `/api/v1/reports/scores${query({ ...question, format: 'csv' })}`
