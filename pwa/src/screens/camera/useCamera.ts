/** The live camera: opened when shown, let go when hidden, with light, lens and zoom as far as the phone has them. */
import { onBeforeUnmount, ref, shallowRef, type Ref } from 'vue'
import { canOpen, lensesOf, nextLens, wanted, whyNot, zoomOf, type Lens, type TrackAbilities, type WhyNot, type Zoom } from './device'

export function useCamera(video: Ref<HTMLVideoElement | undefined>) {
  const state = ref<'starting' | 'live' | WhyNot>('starting')
  const lenses = shallowRef<Lens[]>([])
  const lensId = ref<string | null>(null)
  const torch = ref<boolean | null>(null)
  const zoomRange = shallowRef<Zoom | null>(null)
  const zoom = ref(1)
  let stream: MediaStream | null = null
  let opening = 0

  const track = (): MediaStreamTrack | undefined => stream?.getVideoTracks()[0]

  function stop(): void {
    opening += 1
    stream?.getTracks().forEach((one) => one.stop())
    stream = null
    if (video.value) video.value.srcObject = null
  }

  async function start(lens: string | null = lensId.value): Promise<void> {
    stop()
    const mine = opening
    state.value = 'starting'
    if (!canOpen()) {
      state.value = 'unsupported'
      return
    }
    try {
      const opened = await navigator.mediaDevices.getUserMedia(wanted(lens))
      // Closed, or another lens chosen, while the phone was asking.
      if (mine !== opening || !video.value) return opened.getTracks().forEach((one) => one.stop())
      stream = opened
      video.value.srcObject = opened
      await video.value.play()
      track()?.addEventListener('ended', () => mine === opening && (state.value = 'busy'))
      await learn()
      state.value = 'live'
    } catch (error) {
      if (mine === opening) state.value = whyNot(error)
    }
  }

  /** What this track can do; browsers that do not say can do nothing of it. */
  async function learn(): Promise<void> {
    const abilities = (track()?.getCapabilities?.() ?? {}) as TrackAbilities
    const settings = track()?.getSettings() as MediaTrackSettings & { zoom?: number }
    lensId.value = settings.deviceId ?? null
    torch.value = abilities.torch ? false : null
    zoomRange.value = zoomOf(abilities)
    zoom.value = settings.zoom ?? zoomRange.value?.min ?? 1
    lenses.value = lensesOf(await navigator.mediaDevices.enumerateDevices().catch(() => []))
  }

  const apply = (set: Record<string, unknown>): Promise<void> | undefined => track()?.applyConstraints({ advanced: [set as MediaTrackConstraintSet] })

  async function turnTorch(): Promise<void> {
    const on = !torch.value
    await apply({ torch: on })
      ?.then(() => void (torch.value = on))
      .catch(() => void (torch.value = null))
  }

  async function zoomTo(value: number): Promise<void> {
    zoom.value = value
    await apply({ zoom: value })?.catch(() => void (zoomRange.value = null))
  }

  async function otherLens(): Promise<void> {
    const next = nextLens(lenses.value, lensId.value)
    if (next) await start(next.id)
  }

  /** The frame that is seen now. Throws while nothing is seen. */
  async function shoot(): Promise<ImageBitmap> {
    if (state.value !== 'live' || !video.value?.videoWidth) throw new Error('no-picture-yet')
    return createImageBitmap(video.value)
  }

  function seen(): void {
    if (document.visibilityState === 'hidden') stop()
    else if (state.value === 'live' || state.value === 'busy') void start()
  }

  document.addEventListener('visibilitychange', seen)
  onBeforeUnmount(() => {
    document.removeEventListener('visibilitychange', seen)
    stop()
  })
  return { state, lenses, lensId, torch, zoomRange, zoom, start, turnTorch, zoomTo, otherLens, shoot }
}
