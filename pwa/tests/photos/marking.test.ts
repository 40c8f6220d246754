import { describe, expect, it } from 'vitest'
import { countPhotos, marksOf, originals, shownHashes, shownPhotos, withMarked, withoutPhoto } from '@/domain/marks'
import { arrowHead, isDrawn, moved, paint, placeIn, type Mark, type Point } from '@/screens/camera/marking'

const mark = (tool: Mark['tool'], ...points: Point[]): Mark => ({ tool, colour: 'red', points })

/** Writes down what is drawn. */
function aPen() {
  const said: (string | number)[][] = []
  const note = (name: string) => (...numbers: number[]) => void said.push([name, ...numbers.map((n) => Math.round(n))])
  const pen = { beginPath: note('begin'), moveTo: note('move'), lineTo: note('line'), ellipse: note('ellipse'), stroke: note('stroke'), lineWidth: 0, lineCap: 'butt', lineJoin: 'miter', strokeStyle: '' }
  return { said, pen: pen as unknown as Parameters<typeof paint>[0], state: pen }
}

describe('drawing with a finger', () => {
  const box = { left: 10, top: 100, width: 200, height: 100 }

  it('a place on the screen is a share of the picture, held at its edge', () => {
    expect(placeIn(box, 110, 150)).toEqual([0.5, 0.5])
    expect(placeIn(box, -40, 900)).toEqual([0, 1])
  })

  it('a pen leaves its whole way, arrow and circle a beginning and an end', () => {
    const way = (tool: Mark['tool']) => [[0.2, 0.2], [0.3, 0.4]].reduce((one, to) => moved(one, to as unknown as Point), mark(tool, [0.1, 0.1])).points
    expect(way('pen')).toEqual([[0.1, 0.1], [0.2, 0.2], [0.3, 0.4]])
    expect(way('arrow')).toEqual([[0.1, 0.1], [0.3, 0.4]])
    expect(way('circle')).toEqual([[0.1, 0.1], [0.3, 0.4]])
  })

  it('a slip of the finger is nothing', () => {
    expect(isDrawn(mark('pen', [0.5, 0.5]))).toBe(false)
    expect(isDrawn(mark('pen', [0.5, 0.5], [0.505, 0.5]))).toBe(false)
    expect(isDrawn(mark('pen', [0.5, 0.5], [0.6, 0.5], [0.5, 0.5]))).toBe(true)
  })

  it('an arrow points where the finger ended', () => {
    const [one, other] = arrowHead([0, 0], [100, 0], 10)
    expect(one![0]).toBeLessThan(100)
    expect(one![0]).toBeCloseTo(other![0])
    expect(one![1]).toBeCloseTo(-other![1])
  })

  it('is drawn in the size of the picture, colour above a dark edge', () => {
    const { pen, said, state } = aPen()
    paint(pen, mark('arrow', [0, 0], [0.5, 0.5]), 1000, 500)
    expect(said.slice(0, 3)).toEqual([['begin'], ['move', 0, 0], ['line', 500, 250]])
    expect(said.filter(([name]) => name === 'line')).toHaveLength(3)
    expect(said.filter(([name]) => name === 'stroke')).toHaveLength(2)
    expect(state.strokeStyle).toBe('#ff3b30')
    expect(state.lineWidth).toBeCloseTo(4.5)
  })

  it('a circle fits between the two ends, whichever came first', () => {
    const { pen, said } = aPen()
    paint(pen, mark('circle', [0.8, 0.6], [0.2, 0.2]), 100, 100)
    expect(said[1]).toEqual(['ellipse', 50, 40, 30, 20, 0, 0, 6])
  })
})

describe('a drawing and its original', () => {
  const photo = (id: string, marks_of?: string) => ({ id, sha256: id.repeat(4), ...(marks_of ? { marks_of: marks_of.repeat(4) } : {}) })
  const ids = (photos: { id: string }[]) => photos.map((one) => one.id)

  it('stand together and count once', () => {
    const list = withMarked([photo('a'), photo('b')], 'a', photo('m', 'a'))
    expect(ids(list)).toEqual(['m', 'a', 'b'])
    expect(countPhotos(list)).toBe(2)
    expect(ids(shownPhotos(list))).toEqual(['m', 'b'])
    expect([...originals(list)]).toEqual(['aaaa'])
  })

  it('drawn on once more, the newer drawing stands for both', () => {
    const list = withMarked([photo('m', 'a'), photo('a')], 'm', photo('n', 'a'))
    expect(ids(list)).toEqual(['n', 'a'])
  })

  it('go together', () => {
    expect(ids(withoutPhoto([photo('m', 'a'), photo('a'), photo('b')], 'm'))).toEqual(['b'])
    expect(ids(withoutPhoto([photo('m', 'a'), photo('n', 'a'), photo('a')], 'm'))).toEqual(['n', 'a'])
    expect(ids(withoutPhoto([photo('a'), photo('b')], 'b'))).toEqual(['a'])
    expect(ids(withoutPhoto([photo('a')], 'z'))).toEqual(['a'])
  })

  it('of hashes alone, the same by what belongs together', () => {
    const list = [photo('m', 'a'), photo('a'), photo('n', 'gone')]
    expect(marksOf(list)).toEqual({ mmmm: 'aaaa' })
    expect(shownHashes(['mmmm', 'aaaa', 'nnnn'], marksOf(list))).toEqual(['mmmm', 'nnnn'])
    expect(shownHashes(['x'], undefined)).toEqual(['x'])
  })

  it('nothing, and photos that say nothing, count as they are', () => {
    expect(countPhotos(undefined)).toBe(0)
    expect(countPhotos([{}, {}])).toBe(2)
  })
})
