import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { measureOnce, watchPosition } from '@/composables/positionWatch'

type Heard = (position: { coords: { latitude: number; longitude: number; accuracy: number }; timestamp: number }) => void
let hear: Heard = () => {}
let refuse: () => void = () => {}
const cleared = vi.fn()

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('navigator', {
    geolocation: {
      watchPosition: (found: Heard, failed: () => void) => {
        hear = found
        refuse = failed
        return 7
      },
      clearWatch: cleared,
    },
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  cleared.mockClear()
})

const fix = (accuracy: number): void => hear({ coords: { latitude: 31.2, longitude: 121.4, accuracy }, timestamp: Date.now() })
/** What came of it, or null while it is still measured. */
async function soFar<T>(promise: Promise<T>, milliseconds: number): Promise<T | null> {
  await vi.advanceTimersByTimeAsync(milliseconds)
  return Promise.race([promise, Promise.resolve(null)])
}

describe('measuring where the phone is', () => {
  it('is over at once when it is good enough', async () => {
    const measured = measureOnce()
    fix(12)
    expect(await soFar(measured, 0)).toMatchObject({ source: 'gps', accuracy: 12, fixes: [{ accuracy: 12 }] })
    expect(cleared).toHaveBeenCalledWith(7)
  })

  it('waits some seconds for a better one, and takes the best with all of them', async () => {
    const measured = measureOnce()
    fix(900)
    expect(await soFar(measured, 2_000)).toBeNull()
    fix(120)
    expect(await soFar(measured, 1_900)).toBeNull()
    expect(await soFar(measured, 200)).toMatchObject({ accuracy: 120, fixes: [{ accuracy: 900 }, { accuracy: 120 }] })
  })

  it('a good one ends the waiting', async () => {
    const measured = measureOnce()
    fix(900)
    await vi.advanceTimersByTimeAsync(1_000)
    fix(20)
    expect(await soFar(measured, 0)).toMatchObject({ accuracy: 20 })
  })

  it('says so when there is none: refused at once, silent after twelve seconds', async () => {
    const refused = measureOnce()
    refuse()
    expect(await soFar(refused, 0)).toMatchObject({ source: 'none', latitude: null, fixes: [] })
    const silent = measureOnce()
    expect(await soFar(silent, 11_000)).toBeNull()
    expect(await soFar(silent, 1_100)).toMatchObject({ source: 'none' })
  })

  it('does not go on for ever', async () => {
    watchPosition()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(cleared).toHaveBeenCalledWith(7)
  })
})
