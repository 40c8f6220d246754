/** Why a store is where it is, in words. */
import type { PriorityLine, PriorityPart } from '@/api/types'

type T = (key: string, named?: Record<string, unknown>, plural?: number) => string

/** On a card the plainest reasons come first, whatever their points. */
const FIRST: readonly PriorityPart[] = ['redline', 'never', 'waiting', 'complaints', 'repeats', 'overdue', 'band']
const SHOWN = 3

export function reasonWord(t: T, { part, fact }: PriorityLine['parts'][number]): string {
  if (part === 'never') return t('today.reason.never')
  if (part === 'band') return fact === 'unrated' ? t('today.reason.unrated') : t('today.reason.band', { band: fact })
  const n = Number(fact)
  return t(`today.reason.${part}`, { n }, n)
}

/** The reasons that stand on the card. */
export function reasonsShort(t: T, line: PriorityLine): string[] {
  const parts = line.parts.toSorted((a, b) => FIRST.indexOf(a.part) - FIRST.indexOf(b.part))
  return parts.slice(0, SHOWN).map((part) => reasonWord(t, part))
}
