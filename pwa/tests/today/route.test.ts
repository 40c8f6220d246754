import { describe, expect, it } from 'vitest'
import { arranged, lengthOf, propose, standingOf, walk, type Stop } from '@/domain/route'
import { at, spot, stop } from './stops'

const start = (now = 9, x: number | null = 0) => ({ now: at(now), at: x === null ? null : spot(x) })
const names = (stops: readonly Stop[]): string => stops.map((one) => one.id).join(' ')

const CASES: [what: string, stops: Stop[], expected: string, from?: ReturnType<typeof start>][] = [
  ['nothing to do', [], ''],
  ['one store', [stop('a', { x: 3 })], 'a'],
  ['the nearest first', [stop('far', { x: 9 }), stop('near', { x: 1 })], 'near far'],
  ['then the nearest to that one', [stop('a', { x: 2 }), stop('b', { x: -3 }), stop('c', { x: 4 })], 'a c b'],
  ['a chain of neighbours', [stop('d', { x: 8 }), stop('b', { x: 2 }), stop('c', { x: 5 }), stop('a', { x: 1 })], 'a b c d'],
  ['from somewhere else', [stop('a', { x: 1 }), stop('b', { x: 9 })], 'b a', start(9, 10)],
  ['urgent before near', [stop('near', { x: 1 }), stop('hot', { x: 9, urgency: 'urgent' })], 'hot near'],
  ['soon before routine, urgent before soon', [stop('r', { x: 1 }), stop('s', { x: 2, urgency: 'soon' }), stop('u', { x: 3, urgency: 'urgent' })], 'u s r'],
  ['the nearest among the urgent', [stop('u2', { x: 6, urgency: 'urgent' }), stop('r', { x: 1 }), stop('u1', { x: 5, urgency: 'urgent' })], 'u1 u2 r'],
  ['the next class from where the last one ended', [stop('u', { x: 9, urgency: 'urgent' }), stop('a', { x: 1 }), stop('b', { x: 8 })], 'u b a'],
  ['overdue before urgent', [stop('hot', { x: 1, urgency: 'urgent' }), stop('over', { x: 9, due: 8 })], 'over hot'],
  ['the nearest among the overdue', [stop('o2', { x: 7, due: 3 }), stop('o1', { x: 2, due: 8 })], 'o1 o2'],
  ['due right now is not overdue', [stop('a', { x: 2, due: 9 }), stop('b', { x: 1 })], 'b a'],
  ['begun before everything', [stop('over', { x: 1, due: 8 }), stop('mine', { x: 9, begun: true })], 'mine over'],
  ['begun even when the doors are shut by now', [stop('a', { x: 1 }), stop('mine', { x: 2, begun: true, hours: [[6, 8]] })], 'mine a'],
  ['closed until noon waits', [stop('late', { x: 1, hours: [[12, 22]] }), stop('a', { x: 5 })], 'a late'],
  ['urgent but closed until noon waits too', [stop('hot', { x: 1, urgency: 'urgent', hours: [[12, 22]] }), stop('a', { x: 5 })], 'a hot'],
  ['urgent comes as soon as it is open', [stop('hot', { x: 1, urgency: 'urgent', hours: [[9.5, 22]] }), stop('a', { x: 2 }), stop('b', { x: 3 })], 'a hot b'],
  ['a few minutes at the door are no reason to go away', [stop('a', { x: 1, hours: [[9.3, 22]] }), stop('b', { x: 4 })], 'a b'],
  ['all closed: what opens first', [stop('a', { x: 1, hours: [[14, 22]] }), stop('b', { x: 9, hours: [[11, 22]] })], 'b a'],
  ['all closed until the same hour: the urgent one', [stop('a', { x: 1, hours: [[12, 22]] }), stop('u', { x: 9, urgency: 'urgent', hours: [[12, 22]] })], 'u a'],
  ['closed all day comes last', [stop('shut', { x: 1, hours: [] }), stop('a', { x: 9 })], 'a shut'],
  ['closed for today comes last, urgent or not', [stop('shut', { x: 1, urgency: 'urgent', hours: [[6, 8]] }), stop('wait', { x: 2, hours: [[15, 20]] }), stop('a', { x: 9 })], 'a wait shut'],
  ['all closed for today: by class, then near', [stop('b', { x: 5, hours: [] }), stop('a', { x: 1, hours: [] }), stop('u', { x: 9, urgency: 'urgent', hours: [] })], 'u b a'],
  ['a noon break is kept', [stop('a', { x: 1, hours: [[8, 9], [13, 20]] }), stop('b', { x: 2 })], 'b a'],
  ['not before it may be begun', [stop('noon', { x: 1, from: 12 }), stop('a', { x: 8 })], 'a noon'],
  ['begun late enough when the way is that long', [stop('far', { x: 18, from: 10 }), stop('noon', { x: 1, from: 12 })], 'far noon'],
  ['two visits to one store in one go', [stop('a1', { x: 1, store: 'a' }), stop('b', { x: 1.5, urgency: 'soon' }), stop('a2', { x: 1, store: 'a', urgency: 'urgent' })], 'a2 a1 b'],
  ['without a position: what is due first', [stop('a', { x: 1, due: 20 }), stop('b', { x: 5, due: 12 })], 'b a', start(9, null)],
  ['without a position: equal times by points', [stop('a', { x: 1, points: 10 }), stop('b', { x: 5, points: 25 })], 'b a', start(9, null)],
  ['without a position: near the first one', [stop('a', { x: 1, due: 12 }), stop('c', { x: 9, due: 15 }), stop('b', { x: 2, due: 20 })], 'a b c', start(9, null)],
  ['a store without a point comes behind its class', [stop('lost', { urgency: 'soon' }), stop('a', { x: 9, urgency: 'soon' }), stop('r', { x: 1 })], 'a lost r'],
  ['without any point: due, points, name', [stop('c', { due: 20 }), stop('b', { due: 12, points: 5 }), stop('a', { due: 12, points: 5 })], 'a b c'],
]

describe('the proposed route', () => {
  it.each(CASES)('%s', (_, stops, expected, from = start()) => {
    expect(names(propose(stops, from))).toBe(expected)
    expect(names(propose(stops.toReversed(), from))).toBe(expected)
  })

  it('leaves nobody out and names nobody twice', () => {
    const many = Array.from({ length: 60 }, (_, i) => stop(`s${i}`, { x: (i * 37) % 23, urgency: (['urgent', 'soon', 'routine'] as const)[i % 3]!, hours: i % 4 ? [[i % 12, 22]] : undefined, store: `s${i % 50}` }))
    expect(propose(many, start()).map((one) => one.id).toSorted()).toEqual(many.map((one) => one.id).toSorted())
  })
})

describe('an order of one’s own', () => {
  const proposed = ['a', 'b', 'c', 'd'].map((id) => stop(id))
  it.each([
    ['as it was moved', ['c', 'a', 'd', 'b'], 'c a d b'],
    ['what is new comes behind as proposed', ['c', 'a'], 'c a b d'],
    ['what is gone is left out', ['x', 'd', 'y', 'a'], 'd a b c'],
    ['none is the proposal', [], 'a b c d'],
  ])('%s', (_, order, expected) => {
    expect(names(arranged(proposed, order))).toBe(expected)
  })
})

describe('the way', () => {
  it('measures from where one is, then from stop to stop', () => {
    const legs = walk([stop('a', { x: 2 }), stop('b', { x: 5 })], start())
    expect(legs.map((leg) => Math.round((leg.metres ?? 0) / 100) / 10)).toEqual([2, 3])
    expect(Math.round((lengthOf(legs) ?? 0) / 100) / 10).toBe(5)
  })

  it('measures from the last known point past a store without one', () => {
    const legs = walk([stop('a', { x: 2 }), stop('lost'), stop('b', { x: 5 })], start())
    expect(legs.map((leg) => leg.metres && Math.round(leg.metres))).toEqual([2000, null, 3000])
  })

  it('has no length when nothing is known', () => {
    expect(lengthOf(walk([stop('a'), stop('b')], start(9, null)))).toBeNull()
  })

  it('tells of doors that are shut on arrival, in any order', () => {
    const legs = walk([stop('shut', { hours: [[6, 9]] }), stop('wait', { hours: [[15, 20]] }), stop('open')], start())
    expect(legs.map((leg) => leg.doors)).toEqual(['closed', 'waits', 'open'])
    expect(legs[1]!.ready).toBe(at(15))
    expect(legs[2]!.arrive).toBeGreaterThan(at(15))
  })

  it('names how each stands', () => {
    const now = at(9)
    expect([stop('a', { begun: true, due: 1 }), stop('b', { due: 8 }), stop('c', { urgency: 'soon' })].map((one) => standingOf(one, now))).toEqual(['begun', 'overdue', 'soon'])
  })
})
