/** What a camera can do, and why one does not open: in plain values, without the device itself. */

export type WhyNot = 'denied' | 'none' | 'busy' | 'unsupported' | 'failed'

export interface Lens {
  id: string
  /** From 1. */
  number: number
  front: boolean
}

export interface Zoom {
  min: number
  max: number
  step: number
}

/** What browsers say of a track beyond the standard's types. */
export interface TrackAbilities {
  torch?: boolean
  zoom?: { min?: number; max?: number; step?: number }
}

/** What is asked of the phone: the lens at the back, more pixels than are kept, no sound. */
export function wanted(lensId: string | null): MediaStreamConstraints {
  const size = { width: { ideal: 2560 }, height: { ideal: 1920 } }
  return { audio: false, video: lensId === null ? { ...size, facingMode: { ideal: 'environment' } } : { ...size, deviceId: { exact: lensId } } }
}

export const canOpen = (): boolean => navigator.mediaDevices?.getUserMedia !== undefined

/** The reason behind what getUserMedia threw. */
export function whyNot(error: unknown): WhyNot {
  const name = error instanceof Error || error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  if (name === 'NotFoundError' || name === 'OverconstrainedError' || name === 'DevicesNotFoundError') return 'none'
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'failed'
}

/** The lenses to choose from, those at the back first. Before permission they have no ids and are none. */
export function lensesOf(devices: readonly Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'label'>[]): Lens[] {
  const found = devices
    .filter((device) => device.kind === 'videoinput' && device.deviceId)
    .map((device) => ({ id: device.deviceId, front: /front|user|facetime|前/i.test(device.label) }))
  return found.toSorted((a, b) => Number(a.front) - Number(b.front)).map((lens, i) => ({ ...lens, number: i + 1 }))
}

/** The lens after this one, around in a circle; null when there is no other. */
export function nextLens(lenses: readonly Lens[], current: string | null): Lens | null {
  if (lenses.length < 2) return null
  return lenses[(lenses.findIndex((lens) => lens.id === current) + 1) % lenses.length] ?? null
}

/** How far one can zoom; null when the track cannot, or hardly. */
export function zoomOf(abilities: TrackAbilities): Zoom | null {
  const { min = 1, max = 1, step = 0.1 } = abilities.zoom ?? {}
  return max - min < 0.2 ? null : { min, max: Math.min(max, 10), step: step > 0 ? step : 0.1 }
}
