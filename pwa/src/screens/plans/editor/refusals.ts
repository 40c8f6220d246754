/** What the server found wrong, by the place it named. Pure. */
import { ApiProblem } from '@/api/problems'
import type { Fault } from '@/api/types'

/** By pointer; empty when the thrown thing names no places. */
export function refusals(thrown: unknown): Record<string, Fault> {
  if (!(thrown instanceof ApiProblem) || thrown.status !== 422) return {}
  return Object.fromEntries((thrown.body.errors ?? []).map((fault) => [fault.pointer, fault]))
}

/** The first fault at a place, or below it with `deep`. */
export function faultAt<T>(faults: Record<string, T>, pointer: string, deep = false): T | undefined {
  const below = deep ? Object.keys(faults).find((place) => place.startsWith(`${pointer}/`)) : undefined
  return faults[pointer] ?? (below === undefined ? undefined : faults[below])
}
