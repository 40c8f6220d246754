import { describe, expect, it } from 'vitest'
import { roundNames, withoutRound, withRound } from '@/domain/rounds'
import { roundTitles } from '@/screens/checklist/roundTitles'
import { content, item, section, words } from './items'

const freezers = section('freezers', [item('numeric', { key: 'temp' }), item('count', { key: 'frost' })], { repeat: { min: 1, max: 3, name: words('Freezer') } })
const given = (...keys: string[]) => Object.fromEntries(keys.map((key) => [key, { item_key: key, from: key }]))

it.each([
  [{}, ['']],
  [{ freezers: [] }, ['']],
  [{ freezers: ['door', ''] }, ['door', '']],
  [{ freezers: ['a', 'b', 'c', 'd'] }, ['a', 'b', 'c']],
])('rounds %o have the names %j', (rounds, names) => expect(roundNames(freezers, rounds)).toEqual(names))

it('none are walked when none have to be', () => {
  const free = section('s', [item('count')], { repeat: { min: 0, max: 2, name: words('Thing') } })
  expect(roundNames(free, { s: [] })).toEqual([])
  expect(roundNames(section('s', []), { s: ['a'] })).toEqual([])
})

describe('taking a round away', () => {
  const before = given('light', 'temp#1', 'frost#1', 'temp#2', 'temp#3', 'frost#3', 'other#2')

  it('moves the later ones up, and leaves everything else', () => {
    const { left, taken } = withoutRound(before, freezers, 2)
    expect(Object.fromEntries(Object.entries(left).map(([key, one]) => [key, one.from]))).toEqual({
      'light': 'light', 'temp#1': 'temp#1', 'frost#1': 'frost#1', 'temp#2': 'temp#3', 'frost#2': 'frost#3', 'other#2': 'other#2',
    })
    expect(Object.values(left).every((one) => left[one.item_key] === one)).toBe(true)
    expect(Object.keys(taken)).toEqual(['temp'])
  })

  it.each([1, 2, 3])('and putting round %d back makes all as it was', (n) => {
    const { left, taken } = withoutRound(before, freezers, n)
    expect(withRound(left, freezers, n, taken)).toEqual(before)
  })
})

it('a round is called by its own name, or by the thing and its number', () => {
  const titles = roundTitles(content(section('front', [item('pass_fail', { key: 'light' })]), freezers), { freezers: ['By the door', ''] })
  expect(titles.of({ key: 'freezers#1', name: words('Freezers') })).toEqual(words('By the door'))
  expect(titles.of({ key: 'freezers#2', name: words('Freezers') })).toEqual(words('Freezer #2'))
  expect(titles.of({ key: 'front', name: words('Front') })).toEqual(words('Front'))
  expect([titles.before('temp#2'), titles.before('light')]).toEqual([words('Freezer #2'), null])
})
