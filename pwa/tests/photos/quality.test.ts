import { describe, expect, it } from 'vitest'
import { BURNT_SHARE, DARK_MEAN, greyOf, histogramOf, judgeQuality, sharpnessOf, SHARP_LEAST } from '@/photos/quality'
import { MOST_BYTES, QUALITY, secondQuality, within } from '@/photos/process'
import { FRESH_MS, isFresh } from '@/photos/source'

const WIDTH = 96
const HEIGHT = 72

/** A picture in which each pixel's brightness is told by its place. */
function picture(brightness: (x: number, y: number) => number): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(WIDTH * HEIGHT * 4)
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) rgba.set([brightness(x, y), brightness(x, y), brightness(x, y), 255], (y * WIDTH + x) * 4)
  }
  return rgba
}
const verdict = (brightness: (x: number, y: number) => number) => judgeQuality(picture(brightness), WIDTH, HEIGHT)
const shelf = (x: number, y: number): number => ((x >> 2) + (y >> 2)) % 2 ? 210 : 60
/** The same shelf, out of focus: brightness goes up and down slowly. */
const soft = (x: number, y: number): number => 128 + 60 * Math.sin(x / 7) * Math.cos(y / 7)

describe('the look at a photo', () => {
  it.each([
    ['edges everywhere', shelf, []],
    ['no edge anywhere', soft, ['blurred']],
    ['one sharp label before a wall', (x: number, y: number) => (x > 70 && y > 50 ? shelf(x, y) : 150), []],
    ['a bare wall has nothing to be sharp', () => 150, []],
    ['a bare wall with faint shades', (x: number) => 150 + 5 * Math.sin(x / 9), []],
    ['night, with edges', (x: number, y: number) => shelf(x, y) / 8, ['dark']],
    ['night, out of focus', (x: number, y: number) => 15 + soft(x, y) / 40, ['dark']],
    ['night with a lit sign', (x: number, y: number) => (y < 12 ? 240 : shelf(x, y) / 8), []],
    ['half of it burnt out', (x: number, y: number) => (x < 60 ? 255 : shelf(x, y)), ['bright']],
    ['a sheet of white paper that can be read', (x: number, y: number) => (y % 6 === 0 && x % 3 ? 40 : 235), []],
    ['burnt out and nothing sharp', (x: number) => (x < 60 ? 255 : 255 - (x - 60) * 3), ['bright', 'blurred']],
  ] as const)('%s: %o', (_name, brightness, faults) => {
    expect(verdict(brightness).faults).toEqual(faults)
  })

  it('tells how sharp and how bright, as whole numbers', () => {
    expect(verdict(() => 128)).toEqual({ faults: [], sharpness: 0, brightness: 128 })
    expect(verdict(shelf).sharpness).toBeGreaterThan(SHARP_LEAST * 10)
    expect(verdict(() => DARK_MEAN - 1).faults).toEqual(['dark'])
    expect(verdict(() => DARK_MEAN).faults).toEqual([])
  })

  it('a picture of a few pixels, or of none, is no mistake', () => {
    expect(judgeQuality(new Uint8ClampedArray([9, 9, 9, 255]), 1, 1).faults).toEqual(['dark'])
    expect(judgeQuality(new Uint8ClampedArray(0), 0, 0).faults).toEqual([])
    expect(sharpnessOf(new Uint8Array(9).fill(7), 3, 3)).toBe(0)
  })

  it('sees grey as the eye does, and counts each pixel once', () => {
    const grey = greyOf(new Uint8ClampedArray([255, 255, 255, 255, 255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255]))
    expect([...grey]).toEqual([255, 76, 150, 27])
    const counts = histogramOf(grey)
    expect([counts[255], counts[76], counts.reduce((sum, n) => sum + n, 0)]).toEqual([1, 1, 4])
    expect(BURNT_SHARE).toBeLessThan(1)
  })
})

describe('shrinking', () => {
  it.each([
    [4032, 3024, 1920, 1440],
    [3024, 4032, 1440, 1920],
    [1920, 1080, 1920, 1080],
    [640, 480, 640, 480],
    [10000, 3, 1920, 1],
  ])('%i × %i becomes %i × %i', (width, height, w, h) => {
    expect(within(width, height, 1920)).toEqual({ width: w, height: h })
  })

  it('tries once more when the file is too big, never worse than half', () => {
    expect(secondQuality(MOST_BYTES)).toBeNull()
    const again = [500_000, 900_000, 9_000_000].map((bytes) => secondQuality(bytes)!)
    expect(again).toEqual([0.62, 0.5, 0.5])
    expect(Math.max(...again)).toBeLessThan(QUALITY)
  })
})

describe('a picture from where the camera was asked for', () => {
  const now = Date.parse('2026-11-25T02:00:00Z')
  it.each([
    ['just taken', now - 3_000, true],
    ['almost ten minutes old', now - FRESH_MS + 1, true],
    ['ten minutes old', now - FRESH_MS, false],
    ['from last year', now - 400 * 86_400_000, false],
    ['of a browser that does not say', 0, true],
  ])('%s', (_name, lastModified, fresh) => {
    expect(isFresh({ lastModified }, now)).toBe(fresh)
  })
})
