/**
 * The rounds of a repeated section: a freezer each, with a name, added and taken away while the visit goes on.
 *
 * Answers of round n have `#n` behind their key. When a round is taken away, those behind it move up, so that
 * the numbers have no hole; put back, everything is where it was.
 */
import type { Rounds, Section } from './checklist'
import { baseKey, roundKey, roundOf } from './keys'

type Answers<A extends { item_key: string }> = Record<string, A>

/** The names of the rounds there are; one where nothing was said, at least `min` and at most `max`. */
export function roundNames(section: Section, rounds: Rounds): string[] {
  if (!section.repeat) return []
  const { min, max } = section.repeat
  const names = (rounds[section.key] ?? ['']).slice(0, max)
  return [...names, ...Array<string>(Math.max(0, min - names.length)).fill('')]
}

/** Takes round `n` (from 1) away: its answers come out, those of later rounds move up by one. */
export function withoutRound<A extends { item_key: string }>(answers: Answers<A>, section: Section, n: number): { left: Answers<A>; taken: Answers<A> } {
  const left: Answers<A> = {}
  const taken: Answers<A> = {}
  for (const [key, answer] of Object.entries(answers)) {
    const at = placeIn(section, key)
    if (!at || at.round < n) left[key] = answer
    else if (at.round === n) taken[at.item] = answer
    else put(left, roundKey(at.item, at.round - 1), answer)
  }
  return { left, taken }
}

/** Puts a round back where it was; `taken` is what `withoutRound` gave. */
export function withRound<A extends { item_key: string }>(answers: Answers<A>, section: Section, n: number, taken: Answers<A>): Answers<A> {
  const all: Answers<A> = {}
  for (const [key, answer] of Object.entries(answers)) {
    const at = placeIn(section, key)
    if (at && at.round >= n) put(all, roundKey(at.item, at.round + 1), answer)
    else all[key] = answer
  }
  for (const [item, answer] of Object.entries(taken)) put(all, roundKey(item, n), answer)
  return all
}

function put<A extends { item_key: string }>(answers: Answers<A>, key: string, answer: A): void {
  answers[key] = { ...answer, item_key: key }
}

function placeIn(section: Section, key: string): { item: string; round: number } | null {
  const item = baseKey(key)
  const round = roundOf(key)
  return round !== null && section.items.some((one) => one.key === item) ? { item, round } : null
}
