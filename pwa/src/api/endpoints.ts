/** The calls the app makes, by name. */
import type { Explanation } from '@/domain/checklist'
import { request } from './http'
import type {
  Bilingual,
  Changes,
  Checklist,
  ChecklistDetail,
  ChecklistImport,
  ChecklistVersion,
  Differences,
  Errand,
  HaveItem,
  Inspection,
  LibraryChecklist,
  LibraryEntry,
  Me,
  Page,
  Receipt,
  Rehearsal,
  ScoreGroup,
  ScoreReport,
  Session,
  SignedIn,
  SignOffOutcome,
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

export const changes = (cursor: string | null, owner: string) => request<Changes>(`/sync/changes${query({ cursor, limit: 200 })}`, { owner })
export const have = (items: { id: string; sha256: string }[]) =>
  request<{ items: HaveItem[] }>('/sync/have', { method: 'POST', json: { items } })

export const putInspection = (id: string, body: string, owner: string) =>
  request<Receipt>(`/inspections/${id}`, { method: 'PUT', raw: body, digest: true, owner })
export const putStep = (taskId: string, id: string, body: string, owner: string) =>
  request<Task>(`/tasks/${taskId}/transitions/${id}`, { method: 'PUT', raw: body, digest: true, owner })
export const putPhoto = (sha256: string, bytes: ArrayBuffer, type: string, owner?: string) =>
  request<{ sha256: string; bytes: number }>(`/photos/${sha256}`, { method: 'PUT', raw: bytes, type, ...(owner ? { owner } : {}) })

export const inspection = (id: string) => request<Inspection>(`/inspections/${id}`)
export const explanation = (id: string) => request<Explanation>(`/inspections/${id}/explanation`)
export const reviewInspection = (id: string, step: string, body: { action: 'approve' | 'void'; version: number; reason: string }) =>
  request<Inspection>(`/inspections/${id}/transitions/${step}`, { method: 'PUT', raw: JSON.stringify(body), digest: true })
export const signOffReport = (id: string, step: string, body: { action: 'sign_off'; outcome: SignOffOutcome; note: string; version: number }) =>
  request<Inspection>(`/inspections/${id}/transitions/${step}`, { method: 'PUT', raw: JSON.stringify(body), digest: true })
export const users = (cursor: string | null = null) => request<Page<User>>(`/users${query({ cursor, limit: 200 })}`)
export const checklists = () => request<Page<Checklist>>(`/checklists${query({ limit: 200 })}`)

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

/* Managing checklists. */

export interface NewChecklist {
  code: string
  name: Bilingual
  kind: string
}
export type VersionName = number | 'draft'
export const checklist = (id: string) => request<ChecklistDetail>(`/checklists/${id}`)
export const checklistVersion = (id: string, number: number) => request<ChecklistVersion>(`/checklists/${id}/versions/${number}`)
export const beginChecklist = (given: NewChecklist) => request<Checklist>('/checklists', { method: 'POST', json: given })
export const copyChecklist = (id: string, given: Omit<NewChecklist, 'kind'>) =>
  request<Checklist>(`/checklists/${id}/copies`, { method: 'POST', json: given })
export const retireChecklist = (id: string, revision: number) => request<Checklist>(`/checklists/${id}/retire`, { method: 'POST', json: { revision } })
export const restoreChecklist = (id: string, revision: number) => request<Checklist>(`/checklists/${id}/restore`, { method: 'POST', json: { revision } })
export const differences = (id: string, from: VersionName, to: VersionName) => request<Differences>(`/checklists/${id}/differences${query({ from, to })}`)
/** Where a checklist can be fetched as a file. */
export const checklistFile = (id: string, format: 'xlsx' | 'json', version: VersionName): string => `/api/v1/checklists/${id}/export${query({ format, version })}`

export const library = () => request<Page<LibraryEntry>>('/library')
export const libraryChecklist = (code: string) => request<LibraryChecklist>(`/library/${encodeURIComponent(code)}`)
export const adoptChecklist = (code: string) => request<Checklist>(`/library/${encodeURIComponent(code)}/adopt`, { method: 'POST' })

export interface ImportQuestion {
  as: 'draft' | 'version'
  dry_run: boolean
  /** Wanted for CSV, which names neither. */
  code?: string
  name_zh?: string
  name_en?: string
}
export const importChecklists = (file: ArrayBuffer, type: string, { dry_run, ...rest }: ImportQuestion) =>
  request<ChecklistImport>(`/imports/checklists${query({ ...rest, dry_run: String(dry_run) })}`, { method: 'POST', raw: file, type })

export const rehearse = (id: string, revision: number, last: number) =>
  request<Errand<Rehearsal>>(`/checklists/${id}/rehearsals`, { method: 'POST', json: { revision, last } })
export const errand = <Result>(id: string) => request<Errand<Result>>(`/errands/${id}`)
export const cancelErrand = <Result>(id: string) => request<Errand<Result>>(`/errands/${id}/cancel`, { method: 'POST' })
