/**
 * A queue of fixes that are looked at one after the other. The order stays as it was when the queue was opened; what
 * is handed in meanwhile joins at the end, and what was decided keeps its place, so that one can go back to it. Pure.
 */

/** The order with what is new behind it. */
export function joined(order: readonly string[], waiting: readonly string[]): string[] {
  const known = new Set(order)
  return [...order, ...waiting.filter((id) => !known.has(id))]
}

/** The next one that still waits, from there on and round the end; null when none does. */
export function nextWaiting(order: readonly string[], waiting: ReadonlySet<string>, from: string | null): string | null {
  const at = from === null ? -1 : order.indexOf(from)
  const round = [...order.slice(at + 1), ...order.slice(0, at + 1)]
  return round.find((id) => waiting.has(id) && id !== from) ?? null
}

/** The one beside it, without going round. */
export function beside(order: readonly string[], from: string, way: 1 | -1): string | null {
  const at = order.indexOf(from)
  return at < 0 ? null : (order[at + way] ?? null)
}
