/** The day on the screen: today's way in its order, what it is like, and how it is put in another order. */
import { computed, ref, type Ref } from 'vue'
import { keepOrder, pickVisit, unpickVisit } from '@/db/day'
import type { VisitView } from '@/db/visits'
import { arranged, lengthOf, propose, walk, type Leg } from '@/domain/route'
import type { Point } from '@/domain/geo'
import { groupsOf, stopOf, todayHere, type DayFacts } from './dayData'

export interface Place {
  visit: VisitView
  leg: Leg
}

export function useDay(facts: Ref<DayFacts | undefined>, now: Ref<number>, point: () => Point | null, userId: () => string) {
  /** While somebody moves a card, before it is on the disk. */
  const moving = ref<string[] | null>(null)
  const groups = computed(() => (facts.value ? groupsOf(facts.value, now.value) : null))
  const start = computed(() => ({ now: now.value, at: point() }))
  const byId = computed(() => new Map(facts.value?.visits.map((visit) => [visit.id, visit])))

  const proposed = computed(() => propose((groups.value?.route ?? []).map((visit) => stopOf(visit, facts.value!, now.value)), start.value))
  const order = computed(() => moving.value ?? facts.value?.kept.order ?? null)
  const legs = computed(() => walk(order.value ? arranged(proposed.value, order.value) : proposed.value, start.value))
  const route = computed<Place[]>(() => legs.value.map((leg) => ({ leg, visit: byId.value.get(leg.id)! })))
  const metres = computed(() => lengthOf(legs.value))
  const stores = computed(() => new Set(groups.value?.route.map((visit) => visit.store_id)).size)
  const canWait = computed<Place[]>(() => {
    const stops = (groups.value?.canWait ?? []).map((visit) => stopOf(visit, facts.value!, now.value))
    const way = propose(stops, start.value)
    // Each from here, since nobody knows which of them will be visited.
    return way.map((stop) => ({ visit: byId.value.get(stop.id)!, leg: walk([stop], start.value)[0]! }))
  })

  const today = (): string => todayHere(now.value)

  /** Puts the visits into this order; null is the proposal. Kept for the day. */
  async function reorder(ids: readonly string[] | null): Promise<void> {
    moving.value = ids && [...ids]
    await keepOrder(userId(), today(), ids)
  }

  const pick = (id: string): Promise<void> => pickVisit(userId(), today(), id)
  const unpick = (id: string): Promise<void> => unpickVisit(userId(), today(), id)

  return { groups, route, canWait, metres, stores, isOwn: computed(() => order.value !== null), reorder, pick, unpick }
}
