/**
 * Which sections are on the screen. It is one; when the last open item in it has been answered, the next section with
 * something open follows below, so that a whole checklist is walked by scrolling and answering, without a tap between
 * its sections. Never more than two, so that the page stays quick.
 */
import { computed, ref, watch, type Ref } from 'vue'
import type { Section } from '@/domain/checklist'

export function useWalk(sections: Ref<Section[]>, open: Ref<Set<string>>) {
  const firstKey = ref('')
  const followingKey = ref('')
  /** Where the first stood last, in case it is taken away while it is shown. */
  const firstAt = ref(0)
  const named = (key: string): Section | undefined => sections.value.find((one) => one.key === key)
  const first = computed(() => named(firstKey.value) ?? sections.value[Math.min(firstAt.value, sections.value.length - 1)])
  const shown = computed(() => [first.value, named(followingKey.value)].filter((one, at, all): one is Section => one !== undefined && all.indexOf(one) === at))
  const last = computed(() => shown.value.at(-1))
  const isOpen = (one: Section): boolean => one.items.some((item) => open.value.has(item.key))
  watch(first, (one) => one && (firstAt.value = sections.value.indexOf(one)))

  /** Lets the answer be painted first; a section takes a while to be built. */
  function follow(key: string): void {
    if (last.value?.key !== key || isOpen(last.value)) return
    const next = sections.value.slice(sections.value.indexOf(last.value) + 1).find(isOpen)
    if (!next) return
    firstKey.value = key
    followingKey.value = next.key
  }

  watch(
    () => [last.value?.key, last.value !== undefined && isOpen(last.value)] as const,
    ([key, open], [keyBefore, openBefore]) => {
      if (key && key === keyBefore && openBefore && !open) requestAnimationFrame(() => setTimeout(() => follow(key)))
    },
  )

  /** Shows this section alone. */
  function choose(key: string): void {
    firstKey.value = key
    followingKey.value = ''
  }

  return { shown, last, choose }
}
