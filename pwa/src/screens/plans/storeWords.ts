/** Stores by words, and selections of them in words. Pure. */
import type { Selection } from '@/api/planTypes'
import type { Bilingual, Region, Store } from '@/api/types'
import { listed, type Speaker } from './speaker'

/** The stores whose code, name, region or city hold all of these words. */
export function storesLike(stores: readonly Store[], search: string): Store[] {
  const words = search.trim().toLowerCase().split(/\s+/).filter(Boolean)
  return stores.filter((store) => {
    const text = [store.code, store.name.zh, store.name.en, store.region_name.zh, store.region_name.en, store.city].join('\n').toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

/** The open stores that a selection means, as far as they are known here. */
export function meantStores(selection: Selection, stores: readonly Store[], regions: readonly Region[]): Store[] {
  const parents = new Map(regions.map(({ id, parent_id }) => [id, parent_id]))
  const wanted = new Set(selection.region_ids)
  const isInside = (id: string | null | undefined): boolean => Boolean(id) && (wanted.has(id!) || isInside(parents.get(id!)))
  const fits = (list: readonly string[], value: string): boolean => !list.length || list.includes(value)
  return stores.filter(
    (store) =>
      store.status === 'open' &&
      (!wanted.size || isInside(store.region_id)) &&
      fits(selection.types, store.type) &&
      fits(selection.levels, store.level) &&
      fits(selection.store_ids, store.id) &&
      (!selection.tags.length || store.tags.some((tag) => selection.tags.includes(tag))) &&
      !selection.except_ids.includes(store.id),
  )
}

type Name = (id: string) => Bilingual | undefined
type Pick = (text: Bilingual | null | undefined) => string

/** "华东、华南 · convenience · A 级 · 除去 2 家" */
export function selectionWords(selection: Selection, region: Name, bi: Pick, say: Speaker): string {
  const { region_ids: regions, types, levels, tags, store_ids: only, except_ids: except } = selection
  const pieces = [
    ...(regions.length ? [listed(say, regions.map((id) => bi(region(id)) || '…'))] : []),
    ...(types.length ? [listed(say, types)] : []),
    ...(levels.length ? [listed(say, levels.map((level) => say.t('plans.where.level', { level })))] : []),
    ...(tags.length ? [listed(say, tags.map((tag) => `#${tag}`))] : []),
    ...(only.length ? [say.t('plans.where.only', { n: only.length }, only.length)] : []),
    ...(except.length ? [say.t('plans.where.except', { n: except.length }, except.length)] : []),
  ]
  const bounded = regions.length + types.length + levels.length + tags.length + only.length > 0
  return (bounded ? pieces : [say.t('plans.where.all'), ...pieces]).join(' · ')
}

/** Numbers about a selection; the region names are those that it was parted into. */
export interface Scope {
  total: number
  places: readonly string[]
  /** Nobody would go there. */
  without: number
  /** Whether that is because there is no supervisor. */
  supervisors: boolean
  closedToday: number
}

/** "华东 50 家店，其中 3 家没有督导" */
export function scopeSentence({ total, places, without, supervisors, closedToday }: Scope, say: Speaker): string {
  if (!total) return say.t('plans.sentenceNone')
  const n = total
  const first = places.length && places.length <= 3 ? say.t('plans.sentence', { n, place: listed(say, places) }, n) : say.t('plans.sentenceAll', { n }, n)
  const more = [
    ...(without ? [say.t(supervisors ? 'plans.withoutSupervisor' : 'plans.withoutAssignee', { n: without }, without)] : []),
    ...(closedToday ? [say.t('plans.closedToday', { n: closedToday }, closedToday)] : []),
  ]
  return [first, ...more].join(say.locale() === 'zh' ? '，' : ', ')
}
