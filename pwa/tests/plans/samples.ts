/** A plan as the server shows it. */
import type { PlanDetail, Revision, Terms } from '@/api/planTypes'
import type { Store, Visit } from '@/api/types'
import { everywhere } from '@/screens/plans/editor/form'

export const terms = (rest: Partial<Terms> = {}): Terms => ({
  selection: everywhere(),
  assignee: { rule: 'store_supervisor' },
  rrule: 'FREQ=WEEKLY;BYDAY=MO',
  starts_on: '2026-11-30',
  times: ['09:00'],
  window_minutes: 780,
  late_minutes: 1440,
  early_minutes: 0,
  closed: { weekdays: [], dates: [] },
  kind: 'routine',
  note: '',
  ...rest,
})

export const revision = (number: number, rest: Partial<Revision> = {}): Revision => ({
  number,
  effective_from: '2026-11-30',
  stopped: false,
  checklist: { id: 'c1', name: { zh: '清单', en: 'List' } },
  terms: terms(),
  created_by: { id: 'u1', name: 'M' },
  created_at: '2026-11-25T00:00:00Z',
  ...rest,
})

export const plan = (rest: Partial<PlanDetail> = {}): PlanDetail => ({
  id: 'p1',
  name: { zh: '计划', en: 'Weekly round' },
  state: 'active',
  current: revision(1),
  next: null,
  stores: 6,
  visits_ahead: 30,
  settled: { stores: 6, of: 6 },
  resting: false,
  may_change: true,
  created_by: { id: 'u1', name: 'M' },
  created_at: '2026-11-25T00:00:00Z',
  updated_at: '2026-11-25T00:00:00Z',
  version: 3,
  revisions: [revision(1)],
  overrides: [],
  scope_regions: null,
  ...rest,
})

export const store = (code: string, rest: Partial<Store> = {}): Store =>
  ({ id: code, code, name: { zh: code, en: `Store ${code}` }, type: 'tea', level: 'A', tags: [], region_id: 'r1', region_name: { zh: '', en: 'East' }, city: '', status: 'open', supervisor_id: 'u2', timezone: 'Asia/Shanghai', ...rest }) as Store

export const visit = (id: string, rest: Partial<Visit> = {}): Visit =>
  ({ id, store_id: id, store_name: { zh: id, en: `Store ${id}` }, checklist_name: { zh: '', en: 'List' }, assignee: { id: 'u2', name: 'S' }, owner: null, kind: 'routine', opens_at: '2026-11-20T01:00:00Z', due_at: '2026-11-20T14:00:00Z', missed_at: '2026-11-21T14:00:00Z', state: 'missed', inspection_id: null, started_at: null, plan_id: null, plan_name: null, version: 2, ...rest }) as Visit
