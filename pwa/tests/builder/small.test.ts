import { describe, expect, it } from 'vitest'
import type { Region } from '@/api/types'
import { readNumber } from '@/screens/builder/fields/numbers'
import { regionTree } from '@/screens/builder/regions'
import { searched, type Source } from '@/screens/builder/useReuse'
import { SCORING } from '@/screens/builder/blanks'
import { item, section } from './parts'

describe('a number that is typed', () => {
  it.each([
    ['5', {}, 5],
    [' 7.25 ', {}, 7.25],
    ['7,5', {}, 7.5],
    ['−3', {}, -3],
    ['１２', {}, 12],
    ['0.001', {}, 0.001],
    ['', { empty: true }, null],
    ['12', { whole: true }, 12],
  ])('%j is %j', (text, how, value) => {
    expect(readNumber(text, how)).toEqual({ ok: true, value })
  })

  it.each([
    ['', {}, 'missing'],
    ['abc', {}, 'wrong'],
    ['1.2345', {}, 'wrong'],
    ['1e3', {}, 'wrong'],
    ['5-', {}, 'wrong'],
    ['2.5', { whole: true }, 'whole'],
  ])('%j is refused as %s', (text, how, why) => {
    expect(readNumber(text, how)).toEqual({ ok: false, why })
  })
})

describe('regions as a tree', () => {
  const region = (id: string, parent_id: string | null, code = id): Region => ({ id, parent_id, code, name: { zh: id, en: id } })
  const tree = (regions: Region[]): string => regionTree(regions).map((one) => `${'.'.repeat(one.depth)}${one.region.id}`).join(' ')

  it('puts parents before their children, siblings by code', () => {
    expect(tree([region('sz', 's'), region('s', 'all'), region('all', null), region('sh', 'e'), region('e', 'all')])).toBe('all .e ..sh .s ..sz')
  })

  it('shows a region whose parent is not known at the top', () => {
    expect(tree([region('sh', 'e')])).toBe('sh')
  })
})

describe('searching what may be reused', () => {
  const text = (en: string) => ({ zh: '', en })
  const source: Source = {
    id: 'x',
    code: 'X',
    name: text('Bakery visit'),
    load: () => Promise.reject(new Error('not asked')),
    content: { scoring: SCORING, sections: [section('s1', [item('a', { text: text('Cake fridge at 4 ℃') }), item('b', { text: text('Bread labels') })], { name: text('Cold chain') }), section('s2', [item('c', { text: text('Oven clean') })], { name: text('Kitchen') })] },
  }
  const found = (words: string): string => searched([source], words).flatMap((one) => one.sections.map(({ section: s, items }) => `${s.key}:${items.map((i) => i.key).join('')}`)).join(' ')

  it.each([
    ['', 's1:ab s2:c'],
    ['fridge', 's1:a'],
    ['FRIDGE cake', 's1:a'],
    ['cold', 's1:ab'],
    ['bakery', 's1:ab s2:c'],
    ['e', 's1:ab s2:c'],
    ['freezer', ''],
  ])('%j finds %j', (words, expected) => {
    expect(found(words)).toBe(expected)
  })

  it('finds nothing in what has not come yet, but its name', () => {
    const coming = { ...source, content: null }
    expect(searched([coming], 'fridge')).toEqual([])
    expect(searched([coming], 'bakery')).toHaveLength(1)
  })
})
