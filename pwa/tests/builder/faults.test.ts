import { describe, expect, it } from 'vitest'
import { countsOf, faultsOf, fieldFor, nameOf, placed, placeOf, targetOf } from '@/screens/builder/faults'
import { three } from './parts'

it.each([
  ['', 'about', ''],
  ['/sections', 'about', 'sections'],
  ['/scoring', 'scoring', ''],
  ['/scoring/bands/1/1', 'scoring', 'bands/1/1'],
  ['/scoring/key_cap', 'scoring', 'key_cap'],
  ['/sections/1', 'section:s2', ''],
  ['/sections/1/name', 'section:s2', 'name'],
  ['/sections/2/items', 'section:s3', 'items'],
  ['/sections/0/repeat/max', 'section:s1', 'repeat/max'],
  ['/sections/0/items/2', 'item:c', ''],
  ['/sections/0/items/2/text', 'item:c', 'text'],
  ['/sections/1/items/0/grades/3/percent', 'item:d', 'grades/3/percent'],
  ['/sections/1/items/0/show_if/all/0/item', 'item:d', 'show_if/all/0/item'],
  ['/content/sections/1/items/1/points', 'item:e', 'points'],
  ['/sections/1/items/1/a~1b~0c', 'item:e', 'a/b~c'],
  ['/sections/9/items/1/points', 'about', 'sections/9/items/1/points'],
  ['/sections/0/items/9/points', 'section:s1', 'items/9/points'],
])('%s is at %s, field “%s”', (pointer, target, field) => {
  const place = placeOf(pointer, three())
  expect([nameOf(place.target), place.field]).toEqual([target, field])
})

describe('placed faults', () => {
  const at = (pointer: string) => ({ pointer, code: 'required', message: 'The text is missing.' })
  const faults = placed([at('/sections/0/items/0/text'), at('/sections/0/items/0/grades/1/name'), at('/sections/1/name')], three())

  it('name their item by its key, so that they stay with it when it is moved', () => {
    expect(faults[0]?.target).toEqual({ at: 'item', key: 'a' })
  })

  it('are found by field, and below it when asked', () => {
    expect(faultsOf(faults, { at: 'item', key: 'a' }, 'text')).toHaveLength(1)
    expect(faultsOf(faults, { at: 'item', key: 'a' }, 'grades')).toHaveLength(0)
    expect(faultsOf(faults, { at: 'item', key: 'a' }, 'grades', true)).toHaveLength(1)
    expect(faultsOf(faults, { at: 'item', key: 'b' }, 'text')).toHaveLength(0)
  })

  it('are counted by target', () => {
    expect([...countsOf(faults)]).toEqual([['item:a', 2], ['section:s2', 1]])
  })
})

it.each([
  ['grades/1/name', ['text', 'grades', 'grades/1/name'], 'grades/1/name'],
  ['grades/1/name', ['text', 'grades'], 'grades'],
  ['photo/min', ['photo', 'photos'], 'photo'],
  ['nothing', ['text'], null],
])('the fault of %s among %j shows at %s', (field, shown, expected) => {
  expect(fieldFor(field, shown)).toBe(expected)
})

it.each([
  ['about', { at: 'about' }],
  ['scoring', { at: 'scoring' }],
  ['item:a.b:c', { at: 'item', key: 'a.b:c' }],
  ['section:s1', { at: 'section', key: 's1' }],
  ['item:', null],
  ['elsewhere', null],
  [undefined, null],
])('%s as an address names %j', (name, expected) => {
  expect(targetOf(name)).toEqual(expected)
})
