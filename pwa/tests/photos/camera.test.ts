import { describe, expect, it } from 'vitest'
import { CLOSE, CLOSEST, fitted, held, swiped, WHOLE, zoomedAt } from '@/components/viewer/zooming'
import { lensesOf, nextLens, wanted, whyNot, zoomOf } from '@/screens/camera/device'

const lens = (deviceId: string, label: string, kind: MediaDeviceKind = 'videoinput') => ({ deviceId, label, kind })

describe('what a camera can do', () => {
  it('the lens at the back is asked for first, then exactly the chosen one, never a sound', () => {
    expect(wanted(null)).toMatchObject({ audio: false, video: { facingMode: { ideal: 'environment' } } })
    expect(wanted('x')).toMatchObject({ audio: false, video: { deviceId: { exact: 'x' } } })
    expect(wanted('x').video).not.toHaveProperty('facingMode')
  })

  it.each([
    ['NotAllowedError', 'denied'],
    ['SecurityError', 'denied'],
    ['NotFoundError', 'none'],
    ['OverconstrainedError', 'none'],
    ['NotReadableError', 'busy'],
    ['AbortError', 'busy'],
    ['TypeError', 'failed'],
  ])('%s is said as %s', (name, why) => {
    expect(whyNot(Object.assign(new Error('x'), { name }))).toBe(why)
    expect(whyNot('odd')).toBe('failed')
  })

  it('lenses at the back come first; microphones and what has no id are none', () => {
    const found = lensesOf([lens('f', 'Front camera'), lens('', ''), lens('m', 'Mic', 'audioinput'), lens('b', 'camera2 0, facing back'), lens('w', 'camera2 2, facing back')])
    expect(found.map((one) => [one.id, one.number, one.front])).toEqual([['b', 1, false], ['w', 2, false], ['f', 3, true]])
    expect(nextLens(found, 'b')?.id).toBe('w')
    expect(nextLens(found, 'f')?.id).toBe('b')
    expect(nextLens(found, 'unknown')?.id).toBe('b')
    expect(nextLens(found.slice(0, 1), 'b')).toBeNull()
  })

  it.each([
    [{}, null],
    [{ zoom: { min: 1, max: 1 } }, null],
    [{ zoom: { min: 1, max: 4, step: 0.5 } }, { min: 1, max: 4, step: 0.5 }],
    [{ zoom: { min: 1, max: 100, step: 0 } }, { min: 1, max: 10, step: 0.1 }],
  ])('zoom of %o', (abilities, expected) => {
    expect(zoomOf(abilities)).toEqual(expected)
  })
})

describe('looking closer', () => {
  const stage = { width: 360, height: 600 }

  it('all of a picture is seen first, small ones as they are', () => {
    expect(fitted({ width: 1920, height: 1440 }, stage)).toEqual({ width: 360, height: 270 })
    expect(fitted({ width: 100, height: 80 }, stage)).toEqual({ width: 100, height: 80 })
    expect(fitted({ width: 100, height: 80 }, { width: 0, height: 0 })).toEqual({ width: 0, height: 0 })
  })

  it('what lies under the fingers stays there', () => {
    const view = zoomedAt(WHOLE, 2, { x: 100, y: -50 })
    expect(view).toEqual({ scale: 2, x: -100, y: 50 })
    expect((100 - view.x) / view.scale).toBe(100)
    expect(zoomedAt(view, 0.5, { x: 100, y: -50 })).toEqual(WHOLE)
  })

  it('never farther than whole, never closer than six times, no empty edge', () => {
    const shown = { width: 360, height: 270 }
    expect(zoomedAt(WHOLE, 99, { x: 0, y: 0 }).scale).toBe(CLOSEST)
    expect(held({ scale: 0.3, x: 50, y: 50 }, shown, stage)).toEqual(WHOLE)
    expect(held({ scale: CLOSE, x: 9999, y: 9999 }, shown, stage)).toEqual({ scale: CLOSE, x: 270, y: 37.5 })
    expect(held({ scale: 2, x: -9999, y: 40 }, shown, stage)).toEqual({ scale: 2, x: -180, y: 0 })
  })

  it.each([
    [-80, 10, 1],
    [80, 10, -1],
    [30, 0, 0],
    [-80, 70, 0],
  ])('a finger that went %i, %i', (dx, dy, way) => {
    expect(swiped(dx, dy)).toBe(way)
  })
})
