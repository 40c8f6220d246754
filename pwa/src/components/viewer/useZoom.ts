/** Fingers, wheel and keys on a picture: pinch and pan when close, swipe when whole, two taps for closer. */
import { computed, ref, shallowRef, type Ref } from 'vue'
import { CLOSE, fitted, held, swiped, WHOLE, zoomedAt, type Size, type View } from './zooming'

interface Finger {
  x: number
  y: number
}

const TAP_MS = 300
const TAP_PX = 12

export function useZoom(stage: Ref<HTMLElement | null>, picture: Ref<HTMLImageElement | null>, step: (by: number) => void) {
  const view = shallowRef<View>(WHOLE)
  const moving = ref(false)
  const fingers = new Map<number, Finger>()
  let start: Finger | null = null
  let tapped = { at: 0, x: 0, y: 0 }

  const size = (): Size => ({ width: stage.value?.clientWidth ?? 0, height: stage.value?.clientHeight ?? 0 })
  const natural = (): Size => ({ width: picture.value?.naturalWidth || 1, height: picture.value?.naturalHeight || 1 })
  const set = (next: View): void => void (view.value = held(next, fitted(natural(), size()), size()))
  const transform = computed(() => `translate(${view.value.x}px, ${view.value.y}px) scale(${view.value.scale})`)

  function fromMiddle(event: { clientX: number; clientY: number }): Finger {
    const box = stage.value?.getBoundingClientRect()
    return box ? { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 } : { x: 0, y: 0 }
  }

  function down(event: PointerEvent): void {
    stage.value?.setPointerCapture(event.pointerId)
    fingers.set(event.pointerId, fromMiddle(event))
    start = fingers.size === 1 ? fromMiddle(event) : null
    moving.value = true
  }

  function move(event: PointerEvent): void {
    const before = fingers.get(event.pointerId)
    if (!before) return
    const now = fromMiddle(event)
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1]
    if (other) pinch(before, now, other)
    else if (view.value.scale > 1) set({ ...view.value, x: view.value.x + now.x - before.x, y: view.value.y + now.y - before.y })
    fingers.set(event.pointerId, now)
  }

  function pinch(before: Finger, now: Finger, other: Finger): void {
    const far = (finger: Finger): number => Math.hypot(finger.x - other.x, finger.y - other.y) || 1
    const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }
    const zoomed = zoomedAt(view.value, far(now) / far(before), middle)
    set({ ...zoomed, x: zoomed.x + (now.x - before.x) / 2, y: zoomed.y + (now.y - before.y) / 2 })
  }

  function up(event: PointerEvent): void {
    if (!fingers.delete(event.pointerId)) return
    if (!fingers.size) moving.value = false
    if (!start || event.type === 'pointercancel') return
    const end = fromMiddle(event)
    const [dx, dy] = [end.x - start.x, end.y - start.y]
    start = null
    if (Math.hypot(dx, dy) < TAP_PX) tap(end, event.timeStamp)
    else if (view.value.scale === 1 && swiped(dx, dy)) step(swiped(dx, dy))
  }

  function tap(at: Finger, when: number): void {
    const isSecond = when - tapped.at < TAP_MS && Math.hypot(at.x - tapped.x, at.y - tapped.y) < 3 * TAP_PX
    tapped = { at: isSecond ? 0 : when, ...at }
    if (isSecond) set(view.value.scale > 1 ? WHOLE : zoomedAt(view.value, CLOSE, at))
  }

  const wheel = (event: WheelEvent): void => set(zoomedAt(view.value, Math.exp(-event.deltaY / 400), fromMiddle(event)))
  const closer = (factor: number): void => set(zoomedAt(view.value, factor, { x: 0, y: 0 }))

  /** Arrows lead to the next picture; close to one, they move it. True when the key meant something. */
  function key(name: string): boolean {
    const by: Record<string, [number, number]> = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }
    const way = by[name]
    if (way && view.value.scale > 1) set({ ...view.value, x: view.value.x + way[0], y: view.value.y + way[1] })
    else if (name === 'ArrowLeft' || name === 'ArrowRight') step(name === 'ArrowLeft' ? -1 : 1)
    else if (name === '+' || name === '=') closer(1.5)
    else if (name === '-') closer(1 / 1.5)
    else if (name === '0') set(WHOLE)
    else return false
    return true
  }

  return { view, moving, transform, down, move, up, wheel, closer, key, reset: () => void (view.value = WHOLE) }
}
