/**
 * The score of a report and why it is what it is; the same steps as on the server.
 *
 * Points earned are set against points possible. "Not applicable", "could not be checked" and unanswered
 * items leave both sides. `tally` adds up, `verdict` decides, `trace` tells the steps; here they meet.
 */
import type { AnswerFacts, Content, Score } from './checklist'
import { plain, tenth } from './decimal'
import { fullOf, marksOf, points, tallyOf, type Mark } from './tally'
import { rateOf, stepsOf } from './trace'
import { verdictOf } from './verdict'

const RANKED_PERCENT = 60n

/**
 * The score of these answers to the checklist in force.
 *
 * Unanswered items count like "not applicable", as in a preview. `earlier` holds the keys of items that
 * failed in one of the last two visits within 90 days; those that fail again are the `repeats`.
 */
export function score(
  content: Content,
  answers: readonly AnswerFacts[],
  onDate: string,
  earlier: readonly string[] = [],
): Score {
  return scoreOf(content, marksOf(content, answers, onDate), earlier)
}

/** The score of answers that were marked already. */
export function scoreOf(content: Content, marks: readonly Mark[], earlier: readonly string[] = []): Score {
  const tally = tallyOf(content, marks)
  const found = verdictOf(content, tally)
  const repeats = tally.findings.filter((key) => earlier.includes(key))
  return {
    earned: plain(points(tally.earned)),
    max: plain(points(tally.max)),
    raw: found && plain(tenth(found.raw)),
    score: found && plain(found.score),
    band: found?.band ?? null,
    outcome: found?.outcome ?? 'not_scored',
    ranked: found !== null && tally.max * 100n >= fullOf(content) * RANKED_PERCENT,
    redline_failed: tally.redline,
    key_failed: tally.key,
    findings: tally.findings,
    repeats,
    coverage: coverageOf(marks),
    sections: content.sections.map(({ key }, place) => {
      const sums = tally.sections[place] ?? { earned: 0n, max: 0n }
      return { key, earned: plain(points(sums.earned)), max: plain(points(sums.max)), rate: rateOf(sums) }
    }),
    trace: stepsOf(content, tally, found, repeats),
  }
}

function coverageOf(marks: readonly Mark[]): Score['coverage'] {
  const count = (result: string) => marks.filter((mark) => mark.judgement.result === result).length
  const [na, cannot_check, unanswered] = [count('na'), count('cannot_check'), count('unanswered')]
  return { total: marks.length, scored: marks.length - na - cannot_check - unanswered, na, cannot_check, unanswered }
}
