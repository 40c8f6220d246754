/** Walking a short check one item at a time. Pure. */
import type { Answer, Item } from '@/domain/checklist'
import type { Gap } from '@/domain/completeness'

/** Kinds that one tap answers wholly. */
export const ONE_TAP: readonly Item['kind'][] = ['pass_fail', 'graded', 'single']

/** Whether the walk may go on by itself after a tap: right, and nothing more is wanted. */
export function goesOn(item: Item, gaps: readonly Gap[], findings: readonly string[]): boolean {
  return ONE_TAP.includes(item.kind) && !findings.includes(item.key) && !gaps.some((gap) => gap.item_key === item.key)
}

/** Where to stand when the check is opened: the first item with something missing, else behind the last. */
export function firstOpen(items: readonly Item[], gaps: readonly Gap[], answers: Readonly<Record<string, Answer>>): number {
  const missing = new Set(gaps.map((gap) => gap.item_key))
  const at = items.findIndex((item) => missing.has(item.key) || !answers[item.key])
  return at < 0 ? items.length : at
}
