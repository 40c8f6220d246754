/** Saying that somebody is away: what is written, checked before it is sent, its faults told beside its fields. */
import { reactive, watch } from 'vue'
import type { NewAbsence } from '@/api/planEndpoints'
import { ApiProblem } from '@/api/problems'
import type { User } from '@/api/types'
import { newId } from '@/db/ids'
import { addDays } from '@/domain/days'

export type AbsenceForm = NewAbsence
export type AbsenceField = 'user_id' | 'deputy_id' | 'first_day' | 'last_day' | 'reason'
/** Codes of `absence.fault.*` by field. */
export type AbsenceFaults = Partial<Record<AbsenceField, string>>

export const FIELDS: readonly AbsenceField[] = ['user_id', 'deputy_id', 'first_day', 'last_day', 'reason']
const KNOWN = ['before_first', 'too_long', 'past', 'unknown', 'oneself', 'role', 'out_of_reach', 'away', 'overlaps']
const MOST_DAYS = 366
const KEY = 'rounds.absence'
const STORE_ROLES = ['store_manager', 'store_staff']

/** The form, for a person or still for nobody; what was typed is kept while the tab lives, until `forget`. */
export function useAbsenceForm(today: string, userId = '') {
  const blank = (): AbsenceForm => ({ id: newId(), user_id: userId, deputy_id: '', first_day: today, last_day: today, reason: '' })
  const form = reactive<AbsenceForm>({ ...blank(), ...kept(today, userId) })
  const faults = reactive<AbsenceFaults>({})
  watch(form, () => sessionStorage.setItem(KEY, JSON.stringify(form)))
  for (const field of FIELDS) watch(() => form[field], () => delete faults[field])
  watch(() => form.first_day, (day) => {
    if (form.last_day < day) form.last_day = day
  })

  function forget(): void {
    Object.assign(form, blank())
    sessionStorage.removeItem(KEY)
  }
  return { form, faults, forget }
}

function kept(today: string, userId: string): Partial<AbsenceForm> {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Partial<AbsenceForm>
    const isTheirs = !userId || found.user_id === userId
    return isTheirs && (found.last_day ?? '') >= today ? found : {}
  } catch {
    return {}
  }
}

/** Who may stand in for somebody: active, not themselves, store people for store people and inspectors for inspectors. */
export function deputiesFor(user: Pick<User, 'id' | 'role'> | undefined, people: readonly User[]): User[] {
  if (!user) return []
  const isStore = STORE_ROLES.includes(user.role)
  return people.filter((one) => one.is_active && one.id !== user.id && STORE_ROLES.includes(one.role) === isStore)
}

/** What is missing or cannot be, before the server is asked. */
export function faultsOf(form: AbsenceForm, today: string): AbsenceFaults {
  const found: AbsenceFaults = {}
  for (const field of ['user_id', 'deputy_id', 'first_day', 'last_day'] as const) if (!form[field]) found[field] = 'required'
  if (found.first_day || found.last_day) return found
  if (form.last_day < form.first_day) found.last_day = 'before_first'
  else if (form.last_day < today) found.last_day = 'past'
  else if (form.last_day >= addDays(form.first_day, MOST_DAYS)) found.last_day = 'too_long'
  return found
}

/** What the server found wrong, by field; null when it is about none of them. */
export function faultsFrom(thrown: unknown): AbsenceFaults | null {
  if (!(thrown instanceof ApiProblem) || !thrown.body.errors) return null
  const found: AbsenceFaults = {}
  for (const { pointer, code } of thrown.body.errors) {
    const field = FIELDS.find((one) => `/${one}` === pointer)
    if (field) found[field] = KNOWN.includes(code) ? code : 'other'
  }
  return Object.keys(found).length ? found : null
}
