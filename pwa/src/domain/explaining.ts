/**
 * A score that everybody can explain: its steps in words, what each item cost, and what mending restores.
 *
 * An item is asked "what if you alone had been right?", and the report is scored again with just that
 * changed. Caps are kept in mind: behind a failed redline a general item costs nothing, and is told so.
 * Dearest items come first. The server's twin is api/inspections/explaining.py.
 */
import type { AnswerFacts, Content, Explanation, Flag, ItemCost, WhatIf } from './checklist'
import { compare, minus, plain, ZERO, type Fraction } from './decimal'
import { itemWords, traceWords } from './scoreWords'
import { scoreOf } from './scoring'
import { marksOf, points, righted, tallyOf, type Mark } from './tally'
import { shortly, verdictOf, type Verdict } from './verdict'

const FLAGS: readonly Flag[] = ['redline', 'key', 'general']

/**
 * The explanation of a score; arguments as in `score`.
 *
 * `words` has one sentence for each step of the trace. `items` are those that lost points or are findings;
 * `all_closed` is what the report would have come to with every finding put right.
 */
export function explain(
  content: Content,
  answers: readonly AnswerFacts[],
  onDate: string,
  earlier: readonly string[] = [],
): Explanation {
  const marks = marksOf(content, answers, onDate)
  const score = scoreOf(content, marks, earlier)
  return {
    score,
    words: traceWords(content, score),
    items: costsOf(content, marks),
    all_closed: shortly(judged(content, righted(marks, new Set(score.findings))), plain),
  }
}

/** Score, band and outcome as if these items had been right; those set aside or unknown stay so. */
export function whatIf(content: Content, answers: readonly AnswerFacts[], onDate: string, closed: readonly string[]): WhatIf {
  return shortly(judged(content, righted(marksOf(content, answers, onDate), new Set(closed))), plain)
}

const judged = (content: Content, marks: readonly Mark[]): Verdict | null => verdictOf(content, tallyOf(content, marks))

function costsOf(content: Content, marks: readonly Mark[]): ItemCost[] {
  const now = judged(content, marks)
  return marks
    .filter((mark) => mark.judgement.finding || mark.earned < mark.max)
    .map((mark) => ({ mark, shown: costOf(content, marks, now, mark) }))
    .sort((a, b) => b.shown.cost - a.shown.cost || flagOf(a.mark) - flagOf(b.mark) || compareLost(b.mark, a.mark))
    .map(({ shown }) => shown)
}

const flagOf = (mark: Mark): number => FLAGS.indexOf(mark.item.flag)
const compareLost = (a: Mark, b: Mark): number => Number(a.max - a.earned - (b.max - b.earned))

function costOf(content: Content, marks: readonly Mark[], now: Verdict | null, mark: Mark): ItemCost {
  const { item, section } = mark
  const then = judged(content, righted(marks, new Set([item.key])))
  const rise: Fraction = now && then ? minus(then.score, now.score) : ZERO
  const closed = shortly(then, plain)
  const lost = plain(points(mark.max - mark.earned))
  const cost = plain(rise)
  const facts = { result: mark.judgement.result, lost, max: plain(points(mark.max)), cost, score: closed.score, band: closed.band }
  const follows = followsOf(now, then)
  return {
    item_key: item.key,
    section_key: section.key,
    flag: item.flag,
    lost,
    cost,
    if_closed: closed,
    words: itemWords(item, facts, effectOf(cost, follows, then), follows),
  }
}

/** What else changes when an item is put right: the band, and whether the report passes. */
function followsOf(now: Verdict | null, then: Verdict | null): string[] {
  if (!now || !then) return []
  const band = then.band !== null && then.band !== now.band ? ['band'] : []
  return then.outcome === 'pass' && now.outcome !== 'pass' ? [...band, 'pass'] : band
}

function effectOf(cost: number, follows: readonly string[], then: Verdict | null): string {
  if (!then) return 'none'
  if (cost) return 'rise'
  if (follows.length) return 'stays'
  return compare(then.afterFloors, then.withBonus) < 0 ? 'held' : 'small'
}
