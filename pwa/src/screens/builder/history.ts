/**
 * Undo and redo over something that never changes in place.
 *
 * Every step keeps the value as it was before, and where on the page it was changed. Changes that carry the same
 * group, such as the letters typed into one field, make one step; `seal` ends the group.
 */
export const MOST_STEPS = 200

interface Step<T> {
  value: T
  where: string
}

export interface History<T> {
  readonly past: readonly Step<T>[]
  readonly present: T
  readonly future: readonly Step<T>[]
  /** The group that the next change may still join. */
  readonly group: string | null
}

export function begin<T>(value: T): History<T> {
  return { past: [], present: value, future: [], group: null }
}

/** The history with one change more; nothing when the value is the same. What was undone can be redone no more. */
export function commit<T>(history: History<T>, value: T, where: string, group: string | null = null): History<T> {
  if (value === history.present) return history
  if (group !== null && group === history.group) return { ...history, present: value, future: [] }
  const past = [...history.past, { value: history.present, where }].slice(-MOST_STEPS)
  return { past, present: value, future: [], group }
}

/** The next change begins a step of its own. */
export function seal<T>(history: History<T>): History<T> {
  return history.group === null ? history : { ...history, group: null }
}

/** One step back, and where it was made; null when there is none. */
export function undo<T>(history: History<T>): { history: History<T>; where: string } | null {
  const step = history.past.at(-1)
  if (!step) return null
  const future = [{ value: history.present, where: step.where }, ...history.future]
  return { history: { past: history.past.slice(0, -1), present: step.value, future, group: null }, where: step.where }
}

/** One step forward again, and where it was made; null when there is none. */
export function redo<T>(history: History<T>): { history: History<T>; where: string } | null {
  const step = history.future[0]
  if (!step) return null
  const past = [...history.past, { value: history.present, where: step.where }]
  return { history: { past, present: step.value, future: history.future.slice(1), group: null }, where: step.where }
}
