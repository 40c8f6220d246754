import { describe, expect, it } from 'vitest'
import { scrollStep } from '@/composables/useMoving'
import { dropAt, dropped, rowsOf, type Box } from '@/screens/builder/reorder'
import { order, three } from './parts'

const HEIGHT = 40
const boxes = (folded: string[] = []): Box[] => rowsOf(three(), new Set(folded)).map((row, i) => ({ ...row, top: i * HEIGHT, bottom: (i + 1) * HEIGHT }))

/** Rows: 0 s1 · 1 a · 2 b · 3 c · 4 s2 · 5 d · 6 e · 7 s3 */
const after = (type: 'item' | 'section', key: string, y: number, folded: string[] = []): string => {
  const drop = dropAt(boxes(folded), type, y)
  return drop ? order(dropped(three(), { type, key }, drop)) : 'nowhere'
}

it('an outline has a row for each section and each item that is not folded away', () => {
  expect(rowsOf(three(), new Set(['s1'])).map((row) => row.key)).toEqual(['s1', 's2', 'd', 'e', 's3'])
})

describe('dropping an item', () => {
  it.each([
    ['above everything', -50, 's1:c a b | s2:d e | s3:'],
    ['behind the first', 82, 's1:a c b | s2:d e | s3:'],
    ['where it is', 125, 's1:a b c | s2:d e | s3:'],
    ['behind the head of another section', 199, 's1:a b | s2:c d e | s3:'],
    ['at the end of another section', 281, 's1:a b | s2:d e c | s3:'],
    ['into an empty section, below everything', 900, 's1:a b | s2:d e | s3:c'],
  ])('%s', (_, y, expected) => {
    expect(after('item', 'c', y)).toBe(expected)
  })

  it('onto a folded section puts it at its end', () => {
    expect(after('item', 'd', 40, ['s1'])).toBe('s1:a b c d | s2:e | s3:')
  })
})

describe('dropping a section', () => {
  it.each([
    ['to the top', 0, 's2:d e | s1:a b c | s3:'],
    ['where it is', 170, 's1:a b c | s2:d e | s3:'],
    ['below everything', 900, 's1:a b c | s3: | s2:d e'],
  ])('%s', (_, y, expected) => {
    expect(after('section', 's2', y)).toBe(expected)
  })
})

it.each([
  [0, -1],
  [55, -1],
  [57, 0],
  [300, 0],
  [443, 0],
  [445, 1],
  [500, 1],
])('scrolls only near the edges: at %i of 500', (y, sign) => {
  expect(Math.sign(scrollStep(y, 0, 500))).toBe(sign)
})

it('scrolls faster the nearer the edge, and never beyond its fastest', () => {
  expect(scrollStep(495, 0, 500)).toBeGreaterThan(scrollStep(455, 0, 500))
  expect(scrollStep(2_000, 0, 500)).toBe(scrollStep(5_000, 0, 500))
})
