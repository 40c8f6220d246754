/**
 * Keys of sections and items, and of the rounds in which they are walked.
 *
 * In round 2 the item `temp` is answered as `temp#2`; no key of a checklist has a # of its own.
 */

/** The key in round `number`, counted from 1. */
export const roundKey = (key: string, number: number): string => `${key}#${number}`

/** The key that stands in the checklist: `temp` of `temp#2`; a key without a round is its own. */
export const baseKey = (key: string): string => key.replace(/(.)#[1-9][0-9]?$/s, '$1')

/** The number of the round in a key, or null where the section is not repeated. */
export function roundOf(key: string): number | null {
  const base = baseKey(key)
  return base === key ? null : Number(key.slice(base.length + 1))
}
