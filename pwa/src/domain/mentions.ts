/**
 * Naming people in what is written: "@" and a name. While somebody types after an "@" the fitting people are
 * offered; whose whole name stands there in the end is named. Of two names that both fit the longer one counts. Pure.
 */

export interface Nameable {
  id: string
  name: string
}

export interface Asking {
  /** Where the "@" stands. */
  start: number
  /** What was typed after it. */
  words: string
}

const LONGEST = 30
/** An "@" behind a letter or digit of an address is no naming; behind Chinese it is. */
const ADDRESS = /[\w.+-]$/

/** Whom somebody is looking for right before the caret; null when they are not. */
export function asking(text: string, caret: number): Asking | null {
  const before = text.slice(0, caret)
  const start = before.lastIndexOf('@')
  const words = before.slice(start + 1)
  if (start < 0 || words.length > LONGEST || /[\n@]|\s\s|^\s/.test(words) || ADDRESS.test(before.slice(0, start))) return null
  return { start, words }
}

/** The people whose name holds these words, those whose name begins with them first. */
export function fitting<P extends Nameable>(people: readonly P[], words: string): P[] {
  const wanted = words.trim().toLocaleLowerCase()
  const place = (person: P): number => person.name.toLocaleLowerCase().indexOf(wanted)
  return people.filter((person) => place(person) >= 0).toSorted((a, b) => Number(place(a) > 0) - Number(place(b) > 0))
}

/** The text with somebody's name put in place of what was typed, and where the caret stands then. */
export function withName(text: string, at: Asking, caret: number, name: string): { text: string; caret: number } {
  const put = `@${name} `
  return { text: text.slice(0, at.start) + put + text.slice(caret).replace(/^ /, ''), caret: at.start + put.length }
}

export interface Part {
  text: string
  named: boolean
}

/** A text in its parts: names of these people with their "@", and what stands between. */
export function parts(text: string, people: readonly Nameable[]): Part[] {
  const names = people.map((person) => person.name).filter(Boolean).toSorted((a, b) => b.length - a.length)
  const found: Part[] = []
  let from = 0
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const name = names.find((one) => text.startsWith(one, at + 1))
    if (name === undefined || at < from) continue
    if (at > from) found.push({ text: text.slice(from, at), named: false })
    found.push({ text: `@${name}`, named: true })
    from = at + 1 + name.length
  }
  if (from < text.length) found.push({ text: text.slice(from), named: false })
  return found
}

/** Ids of the people who are named in a text; people of one name are all meant. */
export function namedIn(text: string, people: readonly Nameable[]): string[] {
  const names = new Set(parts(text, people).filter((part) => part.named).map((part) => part.text.slice(1)))
  return people.filter((person) => names.has(person.name)).map((person) => person.id)
}
