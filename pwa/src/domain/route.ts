/**
 * In which order to visit the stores of a day. Begun visits come first, then those that are overdue, then by the
 * class of their priority; among equals the nearest next. Nobody is sent to closed doors while other stores are
 * open: such a store waits until it opens, and one that does not open again today comes last. Two visits to one
 * store are done in one go. The supervisor may order it otherwise; what is new since then stands at its end.
 */
import { metresBetween, type Point } from './geo'
import { opensFrom, type Span } from './openingHours'

export type Urgency = 'urgent' | 'soon' | 'routine'
export type Standing = 'begun' | 'overdue' | Urgency

export interface Stop {
  id: string
  store: string
  point: Point | null
  begun: boolean
  urgency: Urgency
  /** Of its priority. */
  points: number
  due: number
  /** From when it may be begun. */
  from: number
  /** When the store is open; null is not known. */
  open: readonly Span[] | null
}

export interface Start {
  now: number
  /** Where the supervisor is; null is not known. */
  at: Point | null
}

/** open: somebody is there. waits: it opens (or may be begun) only at `ready`. closed: not again today. */
export type Doors = 'open' | 'waits' | 'closed'

export interface Leg {
  id: string
  standing: Standing
  /** Metres from the stop before, or from where one is; null when one of both is not known. */
  metres: number | null
  arrive: number
  doors: Doors
  ready: number
}

const RANK: Record<Standing, number> = { begun: 0, overdue: 1, urgent: 2, soon: 3, routine: 4 }
const MINUTE = 60_000
/** Straight lines are shorter than streets: 18 km an hour of them is what a town allows. */
const METRES_PER_MS = 18_000 / (60 * MINUTE)
const START_OFF = 5 * MINUTE
const STAY = 40 * MINUTE
const PATIENCE = 15 * MINUTE

export function standingOf(stop: Stop, now: number): Standing {
  if (stop.begun) return 'begun'
  return stop.due < now ? 'overdue' : stop.urgency
}

interface Place {
  clock: number
  at: Point | null
  store: string | null
}

/** The stops in the proposed order. */
export function propose(stops: readonly Stop[], start: Start): Stop[] {
  const left = [...stops]
  const route: Stop[] = []
  let place: Place = { clock: start.now, at: start.at, store: null }
  while (left.length) {
    const next = best(left, place, start.now)
    left.splice(left.indexOf(next), 1)
    route.push(next)
    place = after(next, place)
  }
  return route
}

/** The stops as somebody ordered them; those they did not know come behind, as proposed. */
export function arranged(proposed: readonly Stop[], order: readonly string[]): Stop[] {
  const known = new Map(proposed.map((stop) => [stop.id, stop]))
  const chosen = order.flatMap((id) => known.get(id) ?? [])
  return [...chosen, ...proposed.filter((stop) => !order.includes(stop.id))]
}

/** What the way through these stops is like. */
export function walk(stops: readonly Stop[], start: Start): Leg[] {
  let place: Place = { clock: start.now, at: start.at, store: null }
  return stops.map((stop) => {
    const leg = legTo(stop, place, start.now)
    place = after(stop, place)
    return leg
  })
}

/** Metres of the whole way; null when no leg of it is known. */
export function lengthOf(legs: readonly Leg[]): number | null {
  const known = legs.flatMap((leg) => leg.metres ?? [])
  return known.length ? known.reduce((sum, metres) => sum + metres, 0) : null
}

function legTo(stop: Stop, place: Place, now: number): Leg {
  const metres = place.at && stop.point ? metresBetween(place.at, stop.point) : null
  const arrive = place.store === stop.store ? place.clock : place.clock + START_OFF + (metres ?? 0) / METRES_PER_MS
  const opens = stop.begun ? arrive : opensFrom(stop.open, Math.max(arrive, stop.from))
  const doors = opens === null ? 'closed' : opens - arrive > PATIENCE ? 'waits' : 'open'
  return { id: stop.id, standing: standingOf(stop, now), metres, arrive, doors, ready: opens ?? arrive }
}

function after(stop: Stop, place: Place): Place {
  const { ready } = legTo(stop, place, place.clock)
  return { clock: ready + STAY, at: stop.point ?? place.at, store: stop.store }
}

function best(left: readonly Stop[], place: Place, now: number): Stop {
  const ways = left.map((stop) => ({ stop, leg: legTo(stop, place, now) }))
  const open = ways.filter(({ leg }) => leg.doors === 'open')
  const sameDoor = open.filter(({ stop }) => stop.store === place.store)
  const waiting = ways.filter(({ leg }) => leg.doors === 'waits')
  if (sameDoor.length) return first(sameDoor, now)
  if (open.length) return first(open, now)
  if (waiting.length) return first(waiting.filter(({ leg }) => leg.ready === Math.min(...waiting.map((one) => one.leg.ready))), now)
  return first(ways, now)
}

type Way = { stop: Stop; leg: Leg }

/** By standing, then the nearest, then what is due first, then the most points; ids settle the rest. */
function first(ways: readonly Way[], now: number): Stop {
  return ways.toSorted((a, b) => rankOf(a, now) - rankOf(b, now) || far(a) - far(b) || a.stop.due - b.stop.due || b.stop.points - a.stop.points || (a.stop.id < b.stop.id ? -1 : 1))[0]!.stop
}

const rankOf = (way: Way, now: number): number => RANK[standingOf(way.stop, now)]
const far = ({ leg }: Way): number => leg.metres ?? 1e9
