/**
 * The steps from raw score to band, as facts: what a store is shown when it asks why.
 *
 * The order is fixed: raw, bonus, redline, key, section_floor, band, repeat; a step that changed nothing and
 * could not have changed anything is left out. Scores are to a tenth.
 */
import type { Content, Section, TraceStep } from './checklist'
import { exact, plain, smaller, tenth, type Fraction } from './decimal'
import { points, type Sums, type Tally } from './tally'
import { capOf, type Verdict } from './verdict'

const shown = (value: Fraction): number => plain(tenth(value))

/** The rate of a section in percent to a tenth; null when nothing in it was scored. */
export const rateOf = ({ earned, max }: Sums): number | null => (max ? shown({ n: earned * 100n, d: max }) : null)

/** The trace of a verdict. */
export function stepsOf(content: Content, tally: Tally, found: Verdict | null, repeats: string[]): TraceStep[] {
  const trace: TraceStep[] = [
    {
      step: 'raw',
      mode: content.scoring.mode,
      earned: plain(points(tally.earned)),
      max: plain(points(tally.max)),
      value: found && shown(found.raw),
    },
  ]
  if (found) trace.push(...afterRaw(content, tally, found))
  if (repeats.length) trace.push({ step: 'repeat', items: repeats })
  return trace
}

function afterRaw(content: Content, tally: Tally, found: Verdict): TraceStep[] {
  const { scoring: rules } = content
  const steps: TraceStep[] = []
  if (tally.bonus) {
    const earned = points(tally.bonus)
    const added = smaller(earned, exact(rules.bonus_cap))
    steps.push({ step: 'bonus', earned: plain(earned), added: plain(added), value: shown(found.withBonus) })
  }
  if (tally.redline.length) {
    steps.push({ step: 'redline', items: tally.redline, policy: rules.redline_policy, value: shown(found.afterRedline) })
  }
  if (tally.key.length) {
    const effect = found.band === null ? { effect: 'unrated' } : { effect: 'cap', cap: capOf(rules) }
    steps.push({ step: 'key', items: tally.key, ...effect })
  }
  for (const place of found.under) {
    const [section, sums] = [content.sections[place], tally.sections[place]]
    if (section && sums) steps.push(floorOf(content, section, sums, found))
  }
  steps.push({ step: 'band', score: plain(found.score), band: found.band, outcome: found.outcome })
  return steps
}

function floorOf({ scoring: rules }: Content, section: Section, sums: Sums, found: Verdict): TraceStep {
  const effect = rules.floor_effect === 'cap' ? { value: shown(found.afterFloors) } : { cap: capOf(rules) }
  return { step: 'section_floor', section: section.key, rate: rateOf(sums), floor: section.floor, ...effect }
}
