/**
 * The trace of a score, and what each item cost, in words that a store can read.
 *
 * A trace has one sentence for each step, in its order. What an item cost is one sentence: what went wrong,
 * the points lost, and what putting this one item right would do.
 */
import type { Bilingual, Content, Item, Score, TraceStep } from './checklist'
import { exact, minus, plain } from './decimal'
import { figure, fill, joined, listed, named, type Facts } from './words'
import { FLOOR_CAP, placeOf } from './verdict'

type Saying = (content: Content, step: TraceStep, before: unknown) => Bilingual

/**
 * One sentence for each step of a score's trace, also of a score that came from the server.
 *
 * The checklist may be what was in force or the whole version: names of rounds are found in both.
 */
export function traceWords(content: Content, score: Pick<Score, 'trace' | 'score' | 'ranked'>): Bilingual[] {
  let value: unknown = null
  return score.trace.map((step) => {
    const spoken = STEPS[step.step](content, step, value)
    value = step.value ?? value
    const isUnranked = step.step === 'band' && score.score !== null && !score.ranked
    return isUnranked ? joined([spoken, fill('band.not_ranked')]) : spoken
  })
}

const numbers = (step: TraceStep, ...names: string[]): Facts =>
  Object.fromEntries(names.map((name) => [name, figure(step[name])]))

const keysOf = (step: TraceStep): string[] => (Array.isArray(step.items) ? step.items.map(String) : [])

/** The item or section of this key, else the one that it is a round of. */
const byKey = <Thing extends { key: string }>(all: readonly Thing[], key: string): Thing | undefined =>
  all.find((one) => one.key === key) ?? all.find((one) => one.key === key.split('#', 1)[0])

function items(content: Content, step: TraceStep): Bilingual {
  const all = content.sections.flatMap((section) => section.items)
  return listed(keysOf(step).map((key) => named(key, byKey(all, key)?.text)))
}

const raw: Saying = (_, step) => {
  if (step.value === null) return fill('raw.none')
  const lost = figure(plain(minus(exact(Number(step.max)), exact(Number(step.earned)))))
  return fill(`raw.${String(step.mode)}`, { ...numbers(step, 'earned', 'max', 'value'), lost })
}

const bonus: Saying = (_, step) =>
  fill(step.earned === step.added ? 'bonus.all' : 'bonus.capped', numbers(step, 'earned', 'added', 'value'))

const redline: Saying = (content, step, before) => {
  const how = step.policy === 'cap' && step.value === before ? 'below' : String(step.policy)
  const cap = figure(content.scoring.redline_cap)
  return fill(`redline.${how}`, { cap, value: figure(step.value), items: items(content, step) })
}

const key: Saying = (content, step) => {
  const facts = { n: String(keysOf(step).length), cap: String(step.cap), items: items(content, step) }
  return fill(`key.${String(step.effect)}`, facts)
}

const sectionFloor: Saying = (content, step) => {
  const name = byKey(content.sections, String(step.section))?.name
  const how = 'cap' in step ? 'band' : 'cap'
  const cap = how === 'band' ? String(step.cap) : figure(content.scoring.floor_cap ?? FLOOR_CAP)
  // The rate is shown to a tenth; one that is under the floor by less must not look as if it were not.
  const just = Number(step.rate) >= Number(step.floor) ? '_just' : ''
  const section = named(String(step.section), name)
  return fill(`section_floor.${how}${just}`, { ...numbers(step, 'rate', 'floor'), cap, section })
}

const band: Saying = ({ scoring: rules }, step) => {
  const own = rules.bands[placeOf(rules, exact(Number(step.score)))]?.[0] ?? ''
  const how = step.band === null ? 'unrated' : step.band === own ? 'own' : 'held'
  const facts = { score: figure(step.score), band: String(step.band), own, line: figure(rules.pass_line) }
  return fill(`band.${how}`, { ...facts, outcome: fill(`outcome.${String(step.outcome)}`) })
}

const STEPS: Record<TraceStep['step'], Saying> = {
  raw,
  bonus,
  redline,
  key,
  section_floor: sectionFloor,
  band,
  repeat: (content, step) => fill('repeat', { items: items(content, step) }),
}

export interface CostFacts {
  result: string
  lost: number
  max: number
  cost: number
  score: number | null
  band: string | null
}

/** What an item cost; `effect` says what putting it right does to the score, `then` what else would follow. */
export function itemWords(item: Item, facts: CostFacts, effect: string, then: readonly string[]): Bilingual {
  const { result, band: reached, ...amounts } = facts
  const told: Facts = { band: String(reached) }
  for (const [name, amount] of Object.entries(amounts)) told[name] = figure(amount)
  return joined([
    fill(`item.${item.flag}.${result}`, { item: named(item.key, item.text) }),
    fill(facts.lost ? 'lost.some' : 'lost.none', told),
    fill(`effect.${effect}`, told),
    ...then.map((what) => fill(`then.${what}`, told)),
    fill('end'),
  ])
}
