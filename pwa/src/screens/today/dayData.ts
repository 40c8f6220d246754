/** What the phone knows of a supervisor's day. */
import type { InspectionSummary, PriorityLine, Store } from '@/api/types'
import { keptDay, type KeptDay } from '@/db/day'
import { keptPriorities } from '@/db/priorities'
import { db } from '@/db/schema'
import { allTasks, type TaskView } from '@/db/tasks'
import { visitsSince, type VisitView } from '@/db/visits'
import { dayAt, here } from '@/domain/clock'
import { addDays } from '@/domain/days'
import { pointOf } from '@/domain/geo'
import { openAround } from '@/domain/openingHours'
import type { Stop } from '@/domain/route'
import { markOf, timingOf } from '@/domain/visitTiming'

const BACK_MS = 30 * 24 * 3_600_000
const MISSED_BACK_DAYS = 7

export interface DayFacts {
  visits: VisitView[]
  stores: Map<string, Store>
  /** What is still open there, by store. */
  tasks: Map<string, TaskView[]>
  /** The last report, by store. */
  last: Map<string, InspectionSummary>
  reports: Map<string, InspectionSummary>
  priorities: Map<string, PriorityLine>
  prioritiesAt: string | null
  kept: KeptDay
}

/** The supervisor's own day begins and ends by the phone's clock. */
export const todayHere = (now: number): string => dayAt(new Date(now), here())

export async function dayFacts(userId: string, today: string): Promise<DayFacts> {
  const since = new Date(Date.parse(`${today}T00:00:00Z`) - BACK_MS).toISOString()
  const [visits, stores, tasks, reports, priorities, kept] = await Promise.all([
    visitsSince(userId, since),
    db.stores.toArray(),
    allTasks(),
    db.inspections.toArray(),
    keptPriorities(userId),
    keptDay(userId, today),
  ])
  const valid = reports.filter((one) => one.status !== 'voided').toSorted((a, b) => (a.submitted_at < b.submitted_at ? -1 : 1))
  return {
    visits,
    stores: new Map(stores.map((store) => [store.id, store])),
    tasks: byStore(tasks.filter((task) => !['closed', 'waived', 'cancelled'].includes(task.status))),
    last: new Map(valid.map((one) => [one.store_id, one])),
    reports: new Map(reports.map((one) => [one.id, one])),
    priorities: new Map(priorities?.lines.map((line) => [line.store_id, line])),
    prioritiesAt: priorities?.at ?? null,
    kept,
  }
}

function byStore(tasks: readonly TaskView[]): Map<string, TaskView[]> {
  const found = new Map<string, TaskView[]>()
  for (const task of tasks) found.set(task.store_id, [...(found.get(task.store_id) ?? []), task])
  return found
}

export const zoneOf = (facts: Pick<DayFacts, 'stores'>, visit: VisitView): string => facts.stores.get(visit.store_id)?.timezone ?? here()

/** The store's day on which it must be done at the latest; midnight still belongs to the day before. */
export const dueDay = (facts: Pick<DayFacts, 'stores'>, visit: VisitView): string => dayAt(new Date(Date.parse(visit.due_at) - 1), zoneOf(facts, visit))

/** The day a calendar shows it on: when it was handed in, else when it is due. */
export function shownDay(facts: Pick<DayFacts, 'stores'>, visit: VisitView): string {
  const handedIn = visit.finished?.created_at ?? (visit.state === 'submitted' ? visit.finished_at : null)
  return handedIn ? dayAt(handedIn, zoneOf(facts, visit)) : dueDay(facts, visit)
}

export interface DayGroups {
  /** Today's way, not yet in order. */
  route: VisitView[]
  /** May be done today and can wait. */
  canWait: VisitView[]
  /** Opens on a later day. */
  later: VisitView[]
  missed: VisitView[]
  /** Handed in today. */
  done: VisitView[]
}

/** Where each visit stands today: what is begun, overdue, due today, urgent or taken on is on the way. */
export function groupsOf(facts: DayFacts, now: number): DayGroups {
  const groups: DayGroups = { route: [], canWait: [], later: [], missed: [], done: [] }
  const today = todayHere(now)
  for (const visit of facts.visits) {
    const place = placeOf(visit, facts, now, today)
    if (place) groups[place].push(visit)
  }
  return groups
}

function placeOf(visit: VisitView, facts: DayFacts, now: number, today: string): keyof DayGroups | null {
  const mark = markOf(visit, now)
  if (visit.draft) return 'route'
  if (mark === 'done') return shownDay(facts, visit) === today ? 'done' : null
  if (mark === 'off') return null
  if (mark === 'missed') return visit.settled_at || dueDay(facts, visit) < addDays(today, -MISSED_BACK_DAYS) ? null : 'missed'
  const opens = dayAt(visit.early_at ?? visit.opens_at, zoneOf(facts, visit))
  if (mark === 'overdue') return 'route'
  if (opens > today && dayAt(visit.opens_at, zoneOf(facts, visit)) > today) return 'later'
  const isUrgent = facts.priorities.get(visit.store_id)?.urgency === 'urgent'
  return dueDay(facts, visit) <= today || isUrgent || facts.kept.picked.includes(visit.id) ? 'route' : 'canWait'
}

/** A visit as the route sees it. */
export function stopOf(visit: VisitView, facts: DayFacts, now: number): Stop {
  const store = facts.stores.get(visit.store_id)
  const line = facts.priorities.get(visit.store_id)
  const isOpenNow = ['early', 'open', 'late'].includes(timingOf(visit, now))
  return {
    id: visit.id,
    store: visit.store_id,
    point: pointOf(store),
    begun: visit.draft !== null,
    urgency: line?.urgency ?? 'routine',
    points: line?.points ?? 0,
    due: Date.parse(visit.due_at),
    from: isOpenNow ? 0 : Date.parse(visit.early_at ?? visit.opens_at),
    open: store ? openAround(store, now) : null,
  }
}
