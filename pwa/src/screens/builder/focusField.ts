/** Finds a field of the editor on the page, opens what it is folded into, and puts the focus on it. */
import { fieldFor } from './faults'

const FOCUSABLE = 'input:not([type=hidden]), textarea, select, button, [tabindex]'

/** True when there was something to focus. */
export function focusField(editor: HTMLElement | null, field: string): boolean {
  if (!editor) return false
  const shown = new Map([...editor.querySelectorAll<HTMLElement>('[data-field]')].map((element) => [element.dataset.field ?? '', element]))
  const name = fieldFor(field, [...shown.keys()])
  const element = name === null ? null : shown.get(name)
  if (!element) return false
  for (let fold = element.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null) fold.open = true
  element.scrollIntoView({ block: 'center' })
  const own = element.matches(FOCUSABLE) ? element : element.querySelector<HTMLElement>(FOCUSABLE)
  own?.focus({ preventScroll: true })
  return own !== null
}
