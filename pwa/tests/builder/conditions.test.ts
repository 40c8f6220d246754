import { describe, expect, it } from 'vitest'
import type { Content } from '@/domain/checklist'
import { SCORING } from '@/screens/builder/blanks'
import { askedIn, asGroup, askingsOf, earlier, groupOf, plusPart, resultsOf, withPart, type Asker } from '@/screens/builder/conditions'
import { item, section } from './parts'

const content: Content = {
  scoring: SCORING,
  sections: [
    section('s1', [item('a'), item('b')]),
    section('freezers', [item('f1'), item('f2')], { repeat: { min: 1, max: 5, name: { zh: '冷柜', en: 'Freezer' } } }),
    section('s3', [item('c'), item('d')]),
  ],
}
const asked = (asker: Asker): string => earlier(content, asker).map((one) => `${one.section.key}:${one.items.map((i) => i.key).join(' ')}`).join(' | ')

it.each<[string, Asker, string]>([
  ['the first item', { item: 'a' }, ''],
  ['a later item of the first section', { item: 'b' }, 's1:a'],
  ['an item in a repeated section: the same round, and sections that are not repeated', { item: 'f2' }, 's1:a b | freezers:f1'],
  ['an item behind a repeated section: not about its items', { item: 'd' }, 's1:a b | s3:c'],
  ['a section: only what stands before it', { section: 's3' }, 's1:a b'],
  ['the first section', { section: 's1' }, ''],
])('%s', (_, asker, expected) => {
  expect(asked(asker)).toBe(expected)
})

it.each([
  ['pass_fail', ['result']],
  ['graded', ['result', 'value']],
  ['multiple', ['result', 'value']],
  ['numeric', ['result', 'number']],
  ['count', ['result', 'number']],
  ['barcode', ['result']],
  [undefined, ['result']],
] as const)('of %s may be asked %j', (kind, expected) => {
  expect(askingsOf(kind)).toEqual(expected)
})

it('offers only results that the item can have', () => {
  expect(resultsOf(item('x'))).toEqual(['pass', 'fail', 'cannot_check', 'unanswered'])
  expect(resultsOf(item('x', { kind: 'graded', allow_na: true }))).toEqual(['pass', 'partial', 'fail', 'na', 'cannot_check', 'unanswered'])
})

describe('groups', () => {
  const leaf = { item: 'a', result: ['fail' as const] }
  const other = { item: 'b', least: 2 }

  it('a single condition gets one of its own', () => {
    expect(asGroup(leaf)).toEqual({ all: [leaf] })
    expect(asGroup({ any: [leaf] })).toEqual({ any: [leaf] })
    expect(asGroup(null)).toBeNull()
  })

  it('take parts in and out', () => {
    const two = plusPart(groupOf('any', [leaf]), other)
    expect(two).toEqual({ any: [leaf, other] })
    expect(withPart(two, 0, null)).toEqual({ any: [other] })
    expect(withPart(two, 1, leaf)).toEqual({ any: [leaf, leaf] })
    expect(askedIn({ all: [two, leaf] })).toEqual(['a', 'b', 'a'])
  })
})
