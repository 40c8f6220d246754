/** All that governs the answer to an item, said in short words. Pure: the words come in with the speaker. */
import type { Applies, Grade, Item, Repeat } from '@/domain/checklist'
import { conditionSentence, type FindItem } from './conditionWords'
import type { FullSpeaker } from './speaker'

/** The name of a region by its code; the code itself when it is not known. */
export type RegionName = (code: string) => string
export interface FactContext {
  find: FindItem
  region: RegionName
}

type Fact = string | false | null | undefined

/** Short facts about how the item is answered and judged, in the order in which one asks for them. */
export function itemFacts(item: Item, speaker: FullSpeaker): string[] {
  const { t, percent, number } = speaker
  const partly = ['graded', 'count', 'single', 'multiple'].includes(item.kind)
  const facts: Fact[] = [
    t(`common.itemKind.${item.kind}`),
    ...kindFacts(item, speaker),
    photoWords(item.photo, speaker),
    noteWords(item.note_rule, speaker),
    partly && t('checklists.passLine', { n: percent(item.pass_line) }),
    (item.weight ?? 1) !== 1 && t('checklists.itemWeight', { n: number(item.weight) }),
    !item.bonus && t('checklists.fixHours', { n: item.fix_hours }, item.fix_hours),
    item.owner_role && t('checklists.owner', { role: t(`common.role.${item.owner_role}`) }),
    item.required === false && t('checklists.optional'),
    !item.allow_na && t('checklists.noNa'),
  ]
  return facts.filter((fact): fact is string => Boolean(fact))
}

/** Where and when the item or section is asked, in whole sentences; none when always and everywhere. */
export function askedWhen(given: Pick<Item, 'applies' | 'show_if'>, speaker: FullSpeaker, { find, region }: FactContext): string[] {
  const where = appliesWords(given.applies, speaker, region)
  return [
    ...(where ? [speaker.t('checklists.applies', { list: where })] : []),
    ...(given.show_if ? [conditionSentence(given.show_if, find, speaker)] : []),
  ]
}

function kindFacts(item: Item, speaker: FullSpeaker): Fact[] {
  const { t, number, percent } = speaker
  switch (item.kind) {
    case 'numeric':
      return [limitWords(item, speaker), warningWords(item, speaker)]
    case 'graded':
      return [item.grades?.length && t('checklists.grades', { list: gradeWords(item.grades, speaker) })].map(orNull)
    case 'single':
      return [t('checklists.choices', { list: gradeWords(item.choices ?? [], speaker) })]
    case 'multiple':
      return [t('checklists.choices', { list: gradeWords(item.choices ?? [], speaker) }), item.base ? t('checklists.base', { n: percent(item.base) }) : null]
    case 'count':
      return [item.step === undefined ? null : t('checklists.step', { n: number(item.step) }, item.step)]
    case 'date':
      return [item.warn_days ? t('checklists.warnDays', { n: item.warn_days }, item.warn_days) : null]
    case 'barcode':
      return [item.codes?.length ? t('checklists.codes', { list: item.codes.join(t('checklists.listJoin')) }) : null]
    default:
      return []
  }
}

function orNull(fact: string | number | undefined): Fact {
  return typeof fact === 'string' ? fact : null
}

/** 优 100%、良 80% */
export function gradeWords(grades: readonly Grade[], { t, bi, percent }: FullSpeaker): string {
  return grades.map(({ key, name, percent: share }) => t('checklists.grade', { name: bi(name) || key, percent: percent(share) })).join(t('checklists.listJoin'))
}

function limitWords({ min = null, max = null, unit }: Item, { t, number }: FullSpeaker): string | null {
  const shown = (edge: number): string => (unit ? `${number(edge)} ${unit}` : number(edge))
  if (min === null && max === null) return null
  const limits =
    min !== null && max !== null
      ? t('checklists.limitBetween', { min: number(min), max: shown(max) })
      : min !== null
        ? t('checklists.limitMin', { min: shown(min) })
        : t('checklists.limitMax', { max: shown(max!) })
  return t('checklists.limits', { limits })
}

function warningWords({ warn_min: low = null, warn_max: high = null, unit }: Item, { t, number }: FullSpeaker): string | null {
  const shown = (edge: number): string => (unit ? `${number(edge)} ${unit}` : number(edge))
  if (low !== null && high !== null) return t('checklists.warnBetween', { min: number(low), max: shown(high) })
  if (low !== null) return t('checklists.warnMin', { min: shown(low) })
  return high === null ? null : t('checklists.warnMax', { max: shown(high) })
}

/** 不合格时拍照，2 至 5 张，只能现场拍摄 */
export function photoWords({ rule, min, max, camera_only: camera }: Item['photo'], { t, locale }: FullSpeaker): string {
  const words = t(`common.photoRule.${rule}`)
  if (rule === 'none') return words
  const counted = min > 1 ? t(max === 5 ? 'checklists.photoMin' : 'checklists.photoBetween', { rule: words, min, max }) : words
  return camera ? [counted, t('checklists.cameraOnly')].join(locale() === 'en' ? ', ' : '，') : counted
}

export function noteWords(rule: Item['note_rule'], { t }: FullSpeaker): string | null {
  return !rule || rule === 'none' ? null : t(`checklists.noteRule.${rule}`)
}

/** Where something applies; null when everywhere. */
export function appliesWords(applies: Applies | null | undefined, speaker: FullSpeaker, region: RegionName): string | null {
  if (!applies) return null
  const { t } = speaker
  const lists: Record<keyof Applies, string[]> = {
    store_types: applies.store_types ?? [],
    tags: applies.tags ?? [],
    regions: (applies.regions ?? []).map(region),
    dayparts: (applies.dayparts ?? []).map((part) => t(`common.daypart.${part}`)),
  }
  const said = Object.entries(lists).filter(([, list]) => list.length > 0).map(([name, list]) => t(`checklists.applied.${name}`, { list: list.join(t('checklists.listJoin')) }))
  return said.length ? said.join(t('checklists.appliesJoin')) : null
}

export function repeatWords({ min, max, name }: Repeat, { t, bi }: FullSpeaker): string {
  return t('checklists.repeat', { name: bi(name), min, max })
}
