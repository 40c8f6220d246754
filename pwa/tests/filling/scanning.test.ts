import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { canScan, scan } from '@/screens/checklist/inputs/scanning'

const stop = vi.fn()
const seen: string[][] = []

/** What a browser with a detector and a camera brings. */
function aCamera(): void {
  vi.stubGlobal('BarcodeDetector', class {
    async detect() {
      return (seen.shift() ?? []).map((rawValue) => ({ rawValue }))
    }
  })
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia: async () => ({ getTracks: () => [{ stop }] }) } })
}
const video = () => ({ play: async () => {}, srcObject: null }) as unknown as HTMLVideoElement

beforeEach(() => {
  stop.mockClear()
  seen.length = 0
})
afterEach(() => vi.unstubAllGlobals())

describe('scanning', () => {
  it('is offered only where the browser can read codes and has a camera', () => {
    expect(canScan()).toBe(false)
    aCamera()
    expect(canScan()).toBe(true)
    vi.stubGlobal('navigator', {})
    expect(canScan()).toBe(false)
  })

  it('gives the first code that is seen and lets the camera go', async () => {
    aCamera()
    seen.push([], ['  '], [' FZ-0001 ', 'FZ-0002'])
    expect(await scan(video(), new AbortController().signal)).toBe('FZ-0001')
    expect(stop).toHaveBeenCalledOnce()
  })

  it('lets the camera go when the sheet is closed before', async () => {
    aCamera()
    const ending = new AbortController()
    const found = scan(video(), ending.signal)
    ending.abort()
    expect(await found).toBeNull()
    expect(stop).toHaveBeenCalledOnce()
  })

  it('says so when the camera may not be used', async () => {
    aCamera()
    vi.stubGlobal('navigator', { mediaDevices: { getUserMedia: () => Promise.reject(new DOMException('no', 'NotAllowedError')) } })
    await expect(scan(video(), new AbortController().signal)).rejects.toThrow('no')
  })
})
