/**
 * Keys of sections, items, grades and choices: short, and never the same twice.
 *
 * Trends and repeat findings join over versions by the key of an item, so a key that was ever published must
 * not come back for something else. New ones are drawn by lot from letters that nobody mistakes for others.
 */
import type { Content } from '@/domain/checklist'

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'
const LENGTH = 5
export const KEY = /^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$/

export type Dice = () => number
export type MakeKey = () => string

function drawn(length: number, dice: Dice): string {
  return Array.from({ length }, () => LETTERS[Math.floor(dice() * LETTERS.length)]).join('')
}

/** Gives keys that are in `used` no more, and remembers in it what it gave. */
export function keyMaker(used: Set<string>, dice: Dice = Math.random): MakeKey {
  return () => {
    let length = LENGTH
    let key = drawn(length, dice)
    for (let tries = 1; used.has(key); tries++) {
      if (tries % 20 === 0) length += 1
      key = drawn(length, dice)
    }
    used.add(key)
    return key
  }
}

/** All keys of sections and items of a checklist. */
export function keysOf(content: Content): string[] {
  return content.sections.flatMap((section) => [section.key, ...section.items.map((item) => item.key)])
}

export type KeyRefusal = 'shape' | 'taken' | 'published'

/** Why a key that was typed cannot be had, or null when it can. */
export function keyRefused(key: string, own: string, content: Content, published: ReadonlySet<string>): KeyRefusal | null {
  if (!KEY.test(key)) return 'shape'
  if (key === own) return null
  if (published.has(key)) return 'published'
  return keysOf(content).includes(key) ? 'taken' : null
}
