/** The form of a visit: kept while the tab lives, checked before it is sent, its faults told beside its fields. */
import { reactive, watch } from 'vue'
import type { NewVisit } from '@/api/endpoints'
import { ApiProblem } from '@/api/problems'
import type { VisitKind } from '@/api/types'
import { newId } from '@/db/ids'
import { here, momentOf, usualWindow, type Window } from './window'

export interface PlanForm extends Window {
  /** Made here, so that a second try makes no second visit. */
  id: string
  store: string
  checklist: string
  assignee: string
  kind: VisitKind
  note: string
}

export type Field = 'store' | 'checklist' | 'assignee' | 'kind' | 'date' | 'from' | 'to' | 'note'
/** Codes of `plan.fault.*` by field. */
export type Faults = Partial<Record<Field, string>>

const FIELDS: Record<string, Field> = {
  '/store_id': 'store',
  '/checklist_id': 'checklist',
  '/assignee_id': 'assignee',
  '/kind': 'kind',
  '/opens_at': 'from',
  '/due_at': 'to',
  '/note': 'note',
}
const KNOWN = ['not_open', 'before_opening']
const NOTE_MOST = 1000

function blank(): PlanForm {
  return { id: newId(), store: '', checklist: '', assignee: '', kind: 'routine', note: '', ...usualWindow(new Date(), here()) }
}

const keyOf = (userId: string): string => `rounds.plan.${userId}`

/** What was typed before; hours that have passed since are left out. */
function kept(userId: string): Partial<PlanForm> {
  try {
    const { date, from, to, ...rest } = JSON.parse(sessionStorage.getItem(keyOf(userId)) ?? '{}') as Partial<PlanForm>
    const end = date && to ? momentOf(date, to, here()) : null
    return end && end > new Date() ? { ...rest, date, from, to } as Partial<PlanForm> : rest
  } catch {
    return {}
  }
}

/** The form with what was typed before; forgotten by `forget`. */
export function usePlanForm(userId: string, store: string) {
  const form = reactive<PlanForm>({ ...blank(), ...kept(userId), ...(store ? { store } : {}) })
  const faults = reactive<Faults>({})
  let done = false

  watch(form, () => {
    if (!done) sessionStorage.setItem(keyOf(userId), JSON.stringify(form))
  })
  // A fault stands until its field is changed.
  for (const field of Object.values(FIELDS).concat('date')) watch(() => form[field], () => delete faults[field])
  watch(() => [form.date, form.from], () => delete faults.to)

  function forget(): void {
    done = true
    sessionStorage.removeItem(keyOf(userId))
  }

  return { form, faults, forget }
}

/** What is missing or cannot be, before the server is asked. */
export function faultsOf(form: PlanForm, zone: string, now: Date): Faults {
  const found: Faults = {}
  for (const field of ['store', 'checklist', 'assignee'] as const) if (!form[field]) found[field] = 'required'
  if (!form.date) found.date = 'requiredDate'
  const from = momentOf(form.date, form.from, zone)
  const to = momentOf(form.date, form.to, zone)
  if (!form.from) found.from = 'requiredTime'
  if (!form.to) found.to = 'requiredTime'
  else if (from && to && to <= from) found.to = 'before_opening'
  else if (to && to <= now) found.to = 'past'
  if (form.note.length > NOTE_MOST) found.note = 'too_long'
  return found
}

/** What the server found wrong, by field; null when it is about none of them. */
export function faultsFrom(thrown: unknown): Faults | null {
  if (!(thrown instanceof ApiProblem) || !thrown.body.errors) return null
  const found: Faults = {}
  for (const { pointer, code } of thrown.body.errors) {
    const field = FIELDS[pointer]
    if (!field) continue
    const unknown = code === 'unknown' ? `unknown_${field}` : null
    found[field] = unknown ?? (KNOWN.includes(code) ? code : 'other')
  }
  return Object.keys(found).length ? found : null
}

/** The visit that the form means; only for a form without faults. */
export function visitOf(form: PlanForm, zone: string): NewVisit {
  const at = (time: string): string => (momentOf(form.date, time, zone) ?? new Date()).toISOString()
  return {
    id: form.id,
    store_id: form.store,
    checklist_id: form.checklist,
    assignee_id: form.assignee,
    kind: form.kind,
    opens_at: at(form.from),
    due_at: at(form.to),
    note: form.note.trim(),
  }
}
