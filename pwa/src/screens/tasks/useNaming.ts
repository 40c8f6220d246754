/** Choosing somebody while a comment is typed: what is offered, which one is lit, and the keys for it. */
import { computed, nextTick, ref, type Ref } from 'vue'
import type { Mentionable } from '@/api/types'
import { asking, fitting, withName, type Asking } from '@/domain/mentions'

const MOST_SHOWN = 8

export function useNaming(text: Ref<string>, people: () => readonly Mentionable[], field: () => HTMLTextAreaElement | null | undefined) {
  const at = ref<Asking | null>(null)
  const lit = ref(0)
  const offered = computed(() => (at.value ? fitting(people(), at.value.words).slice(0, MOST_SHOWN) : []))
  /** Nothing fits any more: whoever goes on writing is left in peace. */
  const isOpen = computed(() => at.value !== null && (offered.value.length > 0 || at.value.words === ''))

  function look(): void {
    const caret = field()?.selectionStart ?? text.value.length
    const found = asking(text.value, caret)
    if (found?.start !== at.value?.start || found?.words !== at.value?.words) lit.value = 0
    at.value = found
  }

  function close(): void {
    at.value = null
  }

  async function put(words: string, caret: number): Promise<void> {
    text.value = words
    await nextTick()
    field()?.focus()
    field()?.setSelectionRange(caret, caret)
  }

  async function choose(person: Mentionable | undefined): Promise<void> {
    if (!at.value || !person) return
    const done = withName(text.value, at.value, field()?.selectionStart ?? text.value.length, person.name)
    close()
    await put(done.text, done.caret)
  }

  /** An "@" without a keyboard that has one at hand. */
  async function begin(): Promise<void> {
    const caret = field()?.selectionStart ?? text.value.length
    if (asking(text.value, caret)) await put(text.value, caret)
    else await putSign(caret)
    look()
  }

  async function putSign(caret: number): Promise<void> {
    const gap = caret > 0 && /[\w.+-]/.test(text.value[caret - 1] ?? '') ? ' ' : ''
    await put(`${text.value.slice(0, caret)}${gap}@${text.value.slice(caret)}`, caret + gap.length + 1)
  }

  const KEYS: Record<string, () => void> = {
    ArrowDown: () => (lit.value = (lit.value + 1) % offered.value.length),
    ArrowUp: () => (lit.value = (lit.value + offered.value.length - 1) % offered.value.length),
    Enter: () => void choose(offered.value[lit.value]),
    Tab: () => void choose(offered.value[lit.value]),
    Escape: close,
  }

  /** True when the key was for the list. */
  function press(event: KeyboardEvent): boolean {
    const deed = KEYS[event.key]
    if (!deed || !isOpen.value || event.isComposing || event.shiftKey || (!offered.value.length && event.key !== 'Escape')) return false
    event.preventDefault()
    event.stopPropagation()
    deed()
    return true
  }

  return { offered, isOpen, lit, look, close, choose, begin, press }
}
