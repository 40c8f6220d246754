import { describe, expect, it } from 'vitest'
import { filled, nextChoiceKey } from '@/screens/builder/blanks'
import { KEY, keyMaker, keyRefused, keysOf } from '@/screens/builder/keys'
import { counted, three } from './parts'

/** Dice that show these numbers, again and again. */
function loaded(...numbers: number[]): () => number {
  let at = 0
  return () => numbers[at++ % numbers.length] ?? 0
}

describe('new keys', () => {
  it('are short, of the allowed letters, and all different', () => {
    const make = keyMaker(new Set())
    const keys = Array.from({ length: 2_000 }, make)
    expect(new Set(keys).size).toBe(2_000)
    expect(keys.every((key) => KEY.test(key) && key.length <= 6)).toBe(true)
  })

  it('never come back, whatever the dice say', () => {
    const make = keyMaker(new Set(['aaaaa']), loaded(0))
    const keys = [make(), make(), make()]
    expect(keys).not.toContain('aaaaa')
    expect(new Set(keys).size).toBe(3)
  })
})

describe('a key that was typed', () => {
  it.each([
    ['freezer-temp', null],
    ['a', null],
    ['b', 'taken'],
    ['s2', 'taken'],
    ['old', 'published'],
    ['', 'shape'],
    ['-x', 'shape'],
    ['two words', 'shape'],
    ['x'.repeat(61), 'shape'],
    ['冷柜', 'shape'],
  ] as const)('%s is %s', (key, expected) => {
    expect(keyRefused(key, 'a', three(), new Set(['old']))).toBe(expected)
  })
})

it('keys of choices go through the alphabet and fill gaps', () => {
  const named = (...keys: string[]) => keys.map((key) => ({ key, name: { zh: '', en: '' }, percent: 0 }))
  expect(nextChoiceKey(named('a', 'c'))).toBe('b')
  expect(nextChoiceKey(named(...'abcdefghijklmnopqrstuvwxyz'))).toBe('aa')
})

describe('a draft that is not whole', () => {
  it('gets every field, and keys where they are missing or twice', () => {
    const content = filled({ sections: [{ key: 's', items: [{ key: 'a' }, { key: 'a', flag: 'redline' }, {}] as never }, {}] }, counted())
    expect(keysOf(content)).toEqual(['s', 'a', 'n1', 'n2', 'n3'])
    expect(content.sections[0]?.items[1]).toMatchObject({ flag: 'redline', fix_hours: 24, kind: 'pass_fail', weight: 1, photo: { rule: 'none', max: 5 } })
    expect(content.scoring.mode).toBe('additive')
  })

  it('keeps what is written', () => {
    const whole = three()
    expect(filled(whole, counted())).toEqual(whole)
  })
})
