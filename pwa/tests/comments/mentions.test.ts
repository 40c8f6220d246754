import { describe, expect, it } from 'vitest'
import { asking, fitting, namedIn, parts, withName } from '@/domain/mentions'

const people = [
  { id: '1', name: 'Li' },
  { id: '2', name: 'Li Wei' },
  { id: '3', name: '陈店长' },
  { id: '4', name: 'Wei Chen' },
]

describe('whom somebody is looking for', () => {
  it.each<[string, string | null]>([
    ['@', ''],
    ['@Li', 'Li'],
    ['please @Li W', 'Li W'],
    ['请@陈', '陈'],
    ['no at', null],
    ['me@example', null],
    ['@ ', null],
    ['@Li\n', null],
    ['@one @', ''],
    [`@${'x'.repeat(31)}`, null],
  ])('in %j is %j', (text, words) => {
    expect(asking(text, text.length)?.words ?? null).toBe(words)
  })

  it('is read before the caret alone', () => {
    expect(asking('@Li and more', 3)).toEqual({ start: 0, words: 'Li' })
  })
})

it('offers who fits, names that begin so first, whatever the case', () => {
  expect(fitting(people, 'wei').map((one) => one.id)).toEqual(['4', '2'])
  expect(fitting(people, '店').map((one) => one.id)).toEqual(['3'])
  expect(fitting(people, '')).toHaveLength(4)
  expect(fitting(people, 'zz')).toEqual([])
})

it('puts the name in place of what was typed, with one space behind it', () => {
  expect(withName('hi @Li, ok', { start: 3, words: 'Li' }, 6, 'Li Wei')).toEqual({ text: 'hi @Li Wei , ok', caret: 11 })
  expect(withName('hi @L ok', { start: 3, words: 'L' }, 5, 'Li')).toEqual({ text: 'hi @Li ok', caret: 7 })
})

describe('who is named', () => {
  it.each<[string, string[]]>([
    ['@Li Wei please', ['2']],
    ['@Li please', ['1']],
    ['@陈店长请看，还有@Li', ['1', '3']],
    ['@Li @Li', ['1']],
    ['@Nobody', []],
    ['Li Wei', []],
    ['', []],
  ])('in %j are %j', (text, ids) => {
    expect(namedIn(text, people)).toEqual(ids)
  })

  it('are shown as such, and nothing of the text is lost', () => {
    const text = '请@陈店长看 a@b.c @Li Wei!'
    const found = parts(text, people)
    expect(found.map((part) => part.text).join('')).toBe(text)
    expect(found.filter((part) => part.named).map((part) => part.text)).toEqual(['@陈店长', '@Li Wei'])
    expect(parts('plain', [])).toEqual([{ text: 'plain', named: false }])
  })
})
