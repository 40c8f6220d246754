/**
 * Moving rows of a list: by a finger or a mouse on the handle of a row, or by keys on it.
 *
 * Keys: Alt and an arrow moves at once; Space or Enter lifts the row, then arrows move it, Space or Enter puts it
 * down and Escape puts it back. Every place is said by whoever owns the list.
 */
import { computed, nextTick, onScopeDispose, ref, shallowRef, type Ref } from 'vue'

/** How far a pointer must go before it drags. */
const SLACK = 5
const EDGE = 56
const FASTEST = 18

export type Said = 'lifted' | 'moved' | 'dropped' | 'putBack'

/** What is moved, and what moving means there. `D` is a place between rows, with the height of its line on the screen. */
export interface Movable<R, D extends { line: number }> {
  /** Names the row in the list: its `data-row`. */
  rowName(row: R): string
  handleId(row: R): string
  /** What a person calls it. */
  nameOf(row: R): string
  dropAt(row: R, y: number): D | null
  dropInto(row: R, drop: D): void
  /** One place up or down, by a key. */
  step(row: R, way: -1 | 1): void
  /** Keys will move it; gives the way to put all back. */
  lift(row: R): () => void
  /** It stays where it is now. */
  settle(): void
  say(row: R, what: Said): void
}

/** How far to scroll in one frame while the pointer is near an edge of what scrolls; 0 in the middle. */
export function scrollStep(y: number, top: number, bottom: number): number {
  if (y < top + EDGE) return -Math.ceil(FASTEST * Math.min(1, (top + EDGE - y) / EDGE))
  if (y > bottom - EDGE) return Math.ceil(FASTEST * Math.min(1, (y - bottom + EDGE) / EDGE))
  return 0
}

/** The edges on the screen of the rows of a list, by their `data-row`. */
export function edgesIn(list: HTMLElement | undefined): Map<string, { top: number; bottom: number }> {
  const elements = [...(list?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
  return new Map(elements.map((element) => [element.dataset.row ?? '', element.getBoundingClientRect()]))
}

export function useMoving<R, D extends { line: number }>(what: Movable<R, D>, list: Ref<HTMLElement | undefined>, scroller: () => HTMLElement | null) {
  /** What is being dragged, and where it would go. */
  const dragged = shallowRef<R | null>(null) as Ref<R | null>
  const drop = shallowRef<D | null>(null) as Ref<D | null>
  const lifted = shallowRef<{ row: R; putBack: () => void } | null>(null)
  const line = ref(0)
  /** Where the pointer is, on the screen. */
  const pointer = ref({ x: 0, y: 0 })
  let pressed: { row: R; y: number } | null = null
  let frame = 0
  /** While the focus goes after a moved row, losing it puts nothing down. */
  let following = false

  function look(): void {
    if (!dragged.value) return
    drop.value = what.dropAt(dragged.value, pointer.value.y)
    line.value = (drop.value?.line ?? 0) - (list.value?.getBoundingClientRect().top ?? 0)
  }

  /** One frame: scrolls while the pointer is near an edge, and looks where the row would go now. */
  function tick(): void {
    const element = scroller()
    if (!dragged.value || !element) return
    const isPage = element === document.scrollingElement
    const edges = isPage ? { top: 0, bottom: window.innerHeight } : element.getBoundingClientRect()
    const step = scrollStep(pointer.value.y, edges.top, edges.bottom)
    if (step) element.scrollBy(0, step)
    look()
    frame = requestAnimationFrame(tick)
  }

  function press(event: PointerEvent, row: R): void {
    if (event.button !== 0) return
    pressed = { row, y: event.clientY }
    ;(event.currentTarget as HTMLElement).setPointerCapture(event.pointerId)
  }

  function move(event: PointerEvent): void {
    pointer.value = { x: event.clientX, y: event.clientY }
    if (!pressed || dragged.value || Math.abs(event.clientY - pressed.y) < SLACK) return
    dragged.value = pressed.row
    frame = requestAnimationFrame(tick)
  }

  function stop(): void {
    cancelAnimationFrame(frame)
    pressed = null
    dragged.value = drop.value = null
  }

  function release(): void {
    look()
    const [row, to] = [dragged.value, drop.value]
    stop()
    if (!row || !to) return
    what.dropInto(row, to)
    what.say(row, 'dropped')
  }

  async function follow(row: R): Promise<void> {
    following = true
    await nextTick()
    document.getElementById(what.handleId(row))?.focus()
    following = false
  }

  function step(row: R, way: -1 | 1): void {
    what.step(row, way)
    if (!lifted.value) what.settle()
    what.say(row, 'moved')
    void follow(row)
  }

  function putDown(): void {
    const up = lifted.value
    if (!up) return
    lifted.value = null
    what.settle()
    what.say(up.row, 'dropped')
  }

  function putBack(): void {
    const up = lifted.value
    if (!up) return
    lifted.value = null
    up.putBack()
    what.settle()
    what.say(up.row, 'putBack')
    void follow(up.row)
  }

  function lift(row: R): void {
    lifted.value = { row, putBack: what.lift(row) }
    what.say(row, 'lifted')
  }

  function key(event: KeyboardEvent, row: R): void {
    if (event.key === 'Escape' && dragged.value) return stop()
    const isUp = lifted.value !== null && what.rowName(lifted.value.row) === what.rowName(row)
    const way = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null
    if (way !== null && (event.altKey || isUp)) step(row, way)
    else if (event.key === ' ' || event.key === 'Enter') (isUp ? putDown : lift)(row)
    else if (event.key === 'Escape' && isUp) putBack()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  function blur(): void {
    if (!following) putDown()
  }

  onScopeDispose(stop)
  const name = computed(() => (dragged.value ? what.nameOf(dragged.value) : ''))
  const up = computed(() => (lifted.value ? what.rowName(lifted.value.row) : null))
  return { dragged, drop, line, pointer, name, lifted: up, press, move, release, cancel: stop, key, blur }
}
