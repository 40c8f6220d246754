/**
 * The checklist that counts in one store at one visit; the same walk as on the server.
 *
 * What does not apply to the store or the hour is left out; a repeated section becomes one section for
 * each thing that was walked; and what earlier answers do not call for is left out too. Judging, scoring
 * and explaining see only what remains. Answers to anything else do not count.
 */
import type { AnswerFacts, Content, Context, Item, Rounds, Section } from './checklist'
import { appliesTo, isBounded, isMet, type Asked } from './conditions'
import { daypartOf } from './dayparts'
import { judge } from './judgement'
import { roundKey } from './keys'

const REPEAT = { min: 1, max: 20 }
const UNANSWERED: Asked = { result: 'unanswered', value: null }
type Round = [section: Section, number: number | null]

/** What is known of a store at the beginning of a visit; regions from its own up to the root. */
export function contextOf(
  storeType: string,
  tags: readonly string[],
  regionCodes: readonly string[],
  localHour: number,
): Context {
  const tagsOnce = [...new Set(tags)].sort()
  return { store_type: storeType, tags: tagsOnce, region_codes: [...regionCodes], daypart: daypartOf(localHour) }
}

/** True when both say the same of the store and the hour; the order of lists means nothing. */
export function sameContext(one: Context, other: Context): boolean {
  return (
    one.store_type === other.store_type &&
    one.daypart === other.daypart &&
    sameWords(one.tags, other.tags) &&
    sameWords(one.region_codes, other.region_codes)
  )
}

const sameWords = (some: readonly string[], others: readonly string[]): boolean =>
  some.every((one) => others.includes(one)) && others.every((one) => some.includes(one))

/**
 * The checklist with what is asked, and nothing else; with no context everything applies.
 *
 * What remains asks for nothing any more: it has neither repeats nor conditions of its own. A checklist
 * without repeats, conditions and bounds is given back as it is.
 */
export function inForce(
  content: Content,
  context: Context | null,
  answers: readonly AnswerFacts[],
  rounds: Rounds,
  onDate: string,
): Content {
  const isConditional = (thing: Section | Item): boolean =>
    !!thing.show_if || ('repeat' in thing && !!thing.repeat) || (context !== null && isBounded(thing))
  if (!content.sections.some((section) => isConditional(section) || section.items.some(isConditional))) return content
  const isHere = (thing: Section | Item): boolean => context === null || appliesTo(thing, context)
  const shownIn = walk(answers, onDate, isHere)
  const sections = content.sections.filter(isHere).flatMap((section) => roundsOf(section, rounds).flatMap(shownIn))
  return { ...content, sections }
}

/** The section itself, or once for each round with the round's number. */
function roundsOf(section: Section, rounds: Rounds): Round[] {
  if (!section.repeat) return [[section, null]]
  const { min, max } = { ...REPEAT, ...section.repeat }
  const walked = Object.hasOwn(rounds, section.key) ? (rounds[section.key]?.length ?? 1) : 1
  return Array.from({ length: Math.min(Math.max(walked, min), max) }, (_, i) => [
    { ...section, key: roundKey(section.key, i + 1), repeat: null },
    i + 1,
  ])
}

/** From the first item to the last, remembering which were shown and so can be asked about. */
function walk(answers: readonly AnswerFacts[], onDate: string, isHere: (item: Item) => boolean) {
  const given = new Map(answers.map((answer) => [answer.item_key, answer]))
  const shown = new Map<string, Item>()

  function judged(key: string): Asked {
    const item = shown.get(key)
    const answer = item && given.get(key)
    if (!item || !answer) return UNANSWERED
    const { result } = judge(item, answer, onDate)
    const counts = result === 'pass' || result === 'fail' || result === 'partial'
    return { result, value: counts ? (answer.value ?? null) : null }
  }

  return ([section, number]: Round): Section[] => {
    const own = new Set(number === null ? [] : section.items.map((item) => item.key))
    const ask = (key: string) => judged(number !== null && own.has(key) ? roundKey(key, number) : key)
    const isCalledFor = (thing: Section | Item) => !thing.show_if || isMet(thing.show_if, ask)
    if (!isCalledFor(section)) return []
    const items: Item[] = []
    for (const item of section.items) {
      if (!isHere(item) || !isCalledFor(item)) continue
      const asked = askedInRound(item, number)
      shown.set(asked.key, asked)
      items.push(asked)
    }
    return items.length ? [{ ...section, items, show_if: null }] : []
  }
}

function askedInRound(item: Item, number: number | null): Item {
  if (number !== null) return { ...item, key: roundKey(item.key, number), show_if: null }
  return item.show_if ? { ...item, show_if: null } : item
}
