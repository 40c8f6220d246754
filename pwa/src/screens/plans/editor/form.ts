/** The form of a plan: what it begins with, what it means as terms, and what is missing. Pure. */
import type { AssigneeRuleName, Plan, Selection, Terms, Weekday } from '@/api/planTypes'
import type { Bilingual, Role, VisitKind } from '@/api/types'
import { blankRule, formOf, inOrder, partsOf, ruleOf, type RuleForm } from '../rule'

export type Effect = 'next' | 'today' | 'day'

export interface PlanForm {
  /** Made here, so that a second try makes no second plan. */
  id: string
  name: Bilingual
  checklist: string
  selection: Selection
  who: AssigneeRuleName
  role: Role
  person: string
  people: string[]
  rule: RuleForm
  starts_on: string
  times: string[]
  window: number | null
  /** Of a campaign: the day and time until when it must be done. */
  deadline_day: string
  deadline_time: string
  may_be_late: boolean
  late: number | null
  may_be_early: boolean
  early: number | null
  closed: { weekdays: Weekday[]; dates: string[] }
  kind: VisitKind
  note: string
  effect: Effect
  effect_day: string
}

export const everywhere = (): Selection => ({ region_ids: [], types: [], tags: [], levels: [], store_ids: [], except_ids: [] })
const DAY = 1440

/** A weekly visit by the stores' supervisors, from tomorrow on. */
export function blankForm(id: string, today: string): PlanForm {
  return {
    id,
    name: { zh: '', en: '' },
    checklist: '',
    selection: everywhere(),
    who: 'store_supervisor',
    role: 'regional_manager',
    person: '',
    people: [],
    rule: blankRule(),
    starts_on: dayAfter(today),
    times: ['09:00'],
    window: 780,
    deadline_day: dayAfter(today, 8),
    deadline_time: '22:00',
    may_be_late: true,
    late: DAY,
    may_be_early: false,
    early: 120,
    closed: { weekdays: [], dates: [] },
    kind: 'routine',
    note: '',
    effect: 'next',
    effect_day: dayAfter(today),
  }
}

/** The form of a plan that exists: what will count last. */
export function formOfPlan(plan: Plan, today: string): PlanForm {
  const { terms, checklist } = plan.next && !plan.next.stopped ? plan.next : plan.current
  const { rule: who, role, user_id: person, user_ids: people } = terms.assignee
  const [deadline_day, deadline_time] = wallPlus(terms.starts_on, terms.times[0] ?? '09:00', terms.window_minutes)
  return {
    ...blankForm(plan.id, today),
    name: { ...plan.name },
    checklist: checklist.id,
    selection: structuredClone({ ...everywhere(), ...terms.selection }),
    who,
    ...(role ? { role } : {}),
    ...(person ? { person } : {}),
    ...(people ? { people: [...people] } : {}),
    rule: formOf(terms.rrule, terms.starts_on),
    starts_on: terms.starts_on,
    times: [...terms.times],
    window: terms.window_minutes,
    deadline_day,
    deadline_time,
    may_be_late: terms.late_minutes !== null,
    late: terms.late_minutes ?? DAY,
    may_be_early: terms.early_minutes > 0,
    early: terms.early_minutes || 120,
    closed: { weekdays: [...terms.closed.weekdays], dates: [...terms.closed.dates] },
    kind: terms.kind,
    note: terms.note,
  }
}

export const isCampaign = (form: Pick<PlanForm, 'rule'>): boolean => form.rule.preset === 'once'

/** The terms that the form means; only for a form without faults. */
export function termsOf(form: PlanForm): Terms {
  const campaign = isCampaign(form)
  const times = campaign ? form.times.slice(0, 1) : form.times.toSorted()
  return {
    selection: form.selection,
    assignee: {
      rule: form.who,
      ...(form.who === 'role' ? { role: form.role } : {}),
      ...(form.who === 'person' ? { user_id: form.person } : {}),
      ...(form.who === 'rotation' ? { user_ids: form.people } : {}),
    },
    rrule: ruleOf(form.rule),
    starts_on: form.starts_on,
    times,
    window_minutes: campaign ? (campaignMinutes(form) ?? 0) : (form.window ?? 0),
    late_minutes: form.may_be_late ? (form.late ?? 0) : null,
    early_minutes: form.may_be_early ? (form.early ?? 0) : 0,
    closed: { weekdays: inOrder(form.closed.weekdays), dates: form.closed.dates.toSorted() },
    kind: form.kind,
    note: form.note.trim(),
  }
}

/** Codes of `plans.fault.*` by the place that the server would name too. */
export type Faults = Record<string, string>
const MOST_WINDOW = 92 * DAY

/** What is missing or cannot be, before the server is asked. */
export function faultsOf(form: PlanForm): Faults {
  return {
    ...(form.checklist ? {} : { '/checklist_id': 'required' }),
    ...(form.name.zh.trim() || form.name.en.trim() ? {} : { '/name': 'requiredName' }),
    ...whoFaults(form),
    ...dayFaults(form),
    ...timeFaults(form),
    ...(form.effect === 'day' && !form.effect_day ? { '/effective_from': 'requiredDate' } : {}),
  }
}

/** The faults that keep even a preview from being asked for; a name is not needed for it. */
export function termFaultsOf(form: PlanForm): Faults {
  const { '/name': _, ...rest } = faultsOf(form)
  return rest
}

function whoFaults(form: PlanForm): Faults {
  if (form.who === 'person' && !form.person) return { '/terms/assignee/user_id': 'required' }
  if (form.who === 'rotation' && !form.people.length) return { '/terms/assignee/user_ids': 'requiredPeople' }
  return {}
}

function dayFaults({ rule, starts_on }: PlanForm): Faults {
  const found: Faults = {}
  if (!starts_on) found['/terms/starts_on'] = 'requiredDate'
  const repeats = rule.preset !== 'once' && rule.preset !== 'own'
  if (repeats && rule.until && starts_on && rule.until < starts_on) found['/terms/until'] = 'untilBefore'
  if (rule.preset === 'weekly' && !rule.weekdays.length) found['/terms/rrule'] = 'requiredDays'
  if (rule.preset === 'monthDay' && !rule.monthDays.length) found['/terms/rrule'] = 'requiredDays'
  if (rule.preset === 'own' && !partsOf(rule.own)) found['/terms/rrule'] = 'requiredRule'
  if (rule.preset !== 'own' && !(rule.interval >= 1 && rule.interval <= 999)) found['/terms/interval'] = 'number'
  return found
}

function timeFaults(form: PlanForm): Faults {
  const found: Faults = {}
  const times = isCampaign(form) ? form.times.slice(0, 1) : form.times
  if (times.some((time) => !/^\d{2}:\d{2}$/.test(time))) found['/terms/times'] = 'requiredTime'
  else if (new Set(times).size < times.length) found['/terms/times'] = 'twice'
  if (isCampaign(form)) {
    const minutes = campaignMinutes(form)
    if (!form.deadline_day || !form.deadline_time) found['/terms/window_minutes'] = 'requiredDate'
    else if (minutes !== null && minutes < 1) found['/terms/window_minutes'] = 'deadlineBefore'
  } else if (!inRange(form.window, 1, MOST_WINDOW)) found['/terms/window_minutes'] = 'number'
  if (form.may_be_late && !inRange(form.late, 0, 31 * DAY)) found['/terms/late_minutes'] = 'number'
  if (form.may_be_early && !inRange(form.early, 0, 31 * DAY)) found['/terms/early_minutes'] = 'number'
  return found
}

const inRange = (value: number | null, low: number, high: number): boolean => value !== null && Number.isInteger(value) && value >= low && value <= high

/** From the opening to the deadline on the wall clock; null while one of them is missing. */
export function campaignMinutes({ starts_on, times, deadline_day, deadline_time }: PlanForm): number | null {
  const [from, to] = [wall(starts_on, times[0] ?? ''), wall(deadline_day, deadline_time)]
  return Number.isNaN(from) || Number.isNaN(to) ? null : Math.round((to - from) / 60_000)
}

const wall = (day: string, time: string): number => Date.parse(`${day}T${time}:00Z`)

function wallPlus(day: string, time: string, minutes: number): [day: string, time: string] {
  const at = new Date(wall(day, time) + minutes * 60_000)
  if (Number.isNaN(at.getTime())) return [day, time]
  return [at.toISOString().slice(0, 10), at.toISOString().slice(11, 16)]
}

/** So many days after a plain date. */
export function dayAfter(day: string, days = 1): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY * 60_000).toISOString().slice(0, 10)
}
