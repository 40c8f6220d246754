/**
 * Items come and go as answers change; what was tapped stays under the thumb. The card that was answered last is
 * measured before the page changes and put back to its place after; when the page gets too short for that, it
 * keeps its height until another section is shown.
 */
import { nextTick, watch, type Ref } from 'vue'

export function useSteady(keys: () => string, list: Ref<HTMLElement | undefined>) {
  let held: string | null = null

  watch(keys, async () => {
    const before = held === null ? null : document.getElementById(held)
    const box = list.value
    if (!before || !box) return
    const top = before.getBoundingClientRect().top
    await nextTick()
    const after = document.getElementById(before.id)
    if (!after) return
    const scrolled = window.scrollY
    const missing = window.innerHeight - (document.documentElement.scrollHeight - scrolled - (after.getBoundingClientRect().top - top))
    if (missing > 0) box.style.minHeight = `${box.offsetHeight + missing}px`
    window.scrollBy(0, after.getBoundingClientRect().top - top)
  }, { flush: 'pre' })

  return {
    /** This element is under the thumb. */
    hold: (id: string): void => void (held = id),
    /** Another section is shown; the page may have its own height again. */
    release: (): void => {
      held = null
      if (list.value) list.value.style.minHeight = ''
    },
  }
}
