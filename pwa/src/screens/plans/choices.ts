/** What can be chosen for a plan, and names for what plans refer to. The server knows people and checklists, the phone its places. */
import { checklists as askChecklists } from '@/api/endpoints'
import { everyPage, people as askPeople } from '@/api/planEndpoints'
import type { Me, Region, Store } from '@/api/types'
import { db } from '@/db/schema'
import type { PlanChoices } from './editor/context'

/** Published checklists by code, active people, and the places within one's range. */
export async function loadChoices(me: Me | null): Promise<PlanChoices> {
  const [lists, people, places] = await Promise.all([askChecklists(), everyPage(askPeople), loadPlaces(me)])
  const usable = lists.items.filter((list) => list.published_version !== null && !list.retired_at)
  return { checklists: usable.toSorted((a, b) => a.code.localeCompare(b.code)), people: people.filter((one) => one.is_active), ...places }
}

/** The phone also knows the regions above one's own, which one cannot plan for. */
export async function loadPlaces(me: Me | null): Promise<{ stores: Store[]; regions: Region[] }> {
  const [stores, regions] = await Promise.all([db.stores.orderBy('code').toArray(), db.regions.toArray()])
  const mine = new Set(me?.regions.map((region) => region.id))
  return { stores, regions: regions.filter((region) => mine.has(region.id)) }
}
