/**
 * Moving rows of the outline: by a finger or a mouse on the handle, or by keys on it.
 *
 * Keys: Alt and an arrow moves at once; Space or Enter lifts the row, then arrows move it, Space or Enter puts it
 * down and Escape puts it back. Every place is said. However far it went, it is one step to undo.
 */
import { computed, nextTick, onScopeDispose, ref, shallowRef, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { ChecklistDoc } from '@/db/schema'
import { useBi } from '@/i18n/bi'
import type { Builder } from './builder'
import { homeOf, itemOf, sectionOf, spotOf, stepItem, stepSection } from './edits'
import { dropAt, dropped, scrollStep, type Box, type Drop, type Row } from './reorder'

const SLACK = 5
export const handleId = (row: Pick<Row, 'type' | 'key'>): string => `handle-${row.type}-${row.key}`

export function useReorder(builder: Builder, rows: () => readonly Row[], list: Ref<HTMLElement | undefined>, scroller: () => HTMLElement | null) {
  const { t } = useI18n()
  const { bi } = useBi()
  /** What is being dragged, and where it would go. */
  const dragged = shallowRef<Row | null>(null)
  const drop = shallowRef<Drop | null>(null)
  const lifted = shallowRef<{ row: Row; before: ChecklistDoc } | null>(null)
  const line = ref(0)
  /** Where the pointer is, on the screen. */
  const pointer = ref({ x: 0, y: 0 })
  let pressed: { row: Row; y: number } | null = null
  let frame = 0
  /** While the focus goes after a moved row, losing it puts nothing down. */
  let following = false

  function boxes(): Box[] {
    const elements = new Map([...(list.value?.querySelectorAll<HTMLElement>('[data-row]') ?? [])].map((element) => [element.dataset.row, element]))
    return rows().flatMap((row) => {
      const edges = elements.get(`${row.type}:${row.key}`)?.getBoundingClientRect()
      return edges ? [{ ...row, top: edges.top, bottom: edges.bottom }] : []
    })
  }

  function look(): void {
    if (!dragged.value) return
    drop.value = dropAt(boxes(), dragged.value.type, pointer.value.y)
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

  function press(event: PointerEvent, row: Row): void {
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
    const [row, to] = [dragged.value, drop.value]
    stop()
    if (!row || !to) return
    builder.seal()
    builder.edit((content) => dropped(content, row, to))
    say(row, 'builder.dropped')
  }

  function nameOf(row: Row): string {
    return row.type === 'item' ? bi(itemOf(builder.content.value, row.key)?.text) || t('builder.unnamedItem') : bi(sectionOf(builder.content.value, row.key)?.name) || t('builder.unnamedSection')
  }

  function placeOf(row: Row): { section: string; at: number; n: number } {
    const { sections } = builder.content.value
    if (row.type === 'section') return { section: '', at: sections.findIndex((one) => one.key === row.key) + 1, n: sections.length }
    const home = homeOf(builder.content.value, row.key)
    return { section: bi(home?.name) || t('builder.unnamedSection'), at: (spotOf(builder.content.value, row.key)?.item ?? 0) + 1, n: home?.items.length ?? 0 }
  }

  function say(row: Row, key: string): void {
    const place = placeOf(row)
    builder.say(t(key, { name: nameOf(row), place: t(`builder.place.${row.type}`, { ...place }) }))
  }

  async function follow(row: Row): Promise<void> {
    following = true
    await nextTick()
    document.getElementById(handleId(row))?.focus()
    following = false
  }

  function step(row: Row, way: -1 | 1): void {
    builder.edit((content) => (row.type === 'item' ? stepItem(content, row.key, way) : stepSection(content, row.key, way)), `move:${row.key}`)
    if (!lifted.value) builder.seal()
    say(row, 'builder.moved')
    void follow(row)
  }

  function putDown(): void {
    const up = lifted.value
    if (!up) return
    lifted.value = null
    builder.seal()
    say(up.row, 'builder.dropped')
  }

  function putBack(): void {
    const up = lifted.value
    if (!up) return
    lifted.value = null
    builder.put(up.before, `move:${up.row.key}`)
    builder.seal()
    say(up.row, 'builder.putBack')
    void follow(up.row)
  }

  function lift(row: Row): void {
    builder.seal()
    lifted.value = { row, before: builder.doc.value }
    say(row, 'builder.lifted')
  }

  function key(event: KeyboardEvent, row: Row): void {
    if (event.key === 'Escape' && dragged.value) return stop()
    const isUp = lifted.value?.row.key === row.key
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
  const name = computed(() => (dragged.value ? nameOf(dragged.value) : ''))
  return { dragged, drop, line, pointer, name, lifted: computed(() => lifted.value?.row.key ?? null), press, move, release, cancel: stop, key, blur }
}
