/** What this phone knows of a store when a visit begins there. It stays with the draft, whatever is mirrored later. */
import type { Region, Store } from '@/api/types'
import type { Context } from '@/domain/checklist'
import { contextOf } from '@/domain/inForce'
import { db } from './schema'

/** The context of a visit; null when the store is not on this phone. Called inside a transaction that has `regions`. */
export async function contextAt(store: Store | undefined, now: Date): Promise<Context | null> {
  if (!store) return null
  const regions = new Map((await db.regions.toArray()).map((region) => [region.id, region]))
  return contextOf(store.type, store.tags, codesUpwards(store.region_id, regions), hourIn(store.timezone, now))
}

/** The code of a region, its parent's, and so on to the root's; a circle ends where it closes. */
export function codesUpwards(id: string, regions: ReadonlyMap<string, Pick<Region, 'id' | 'code' | 'parent_id'>>): string[] {
  const codes: string[] = []
  const seen = new Set<string>()
  for (let at = regions.get(id); at && !seen.has(at.id); at = at.parent_id === null ? undefined : regions.get(at.parent_id)) {
    seen.add(at.id)
    codes.push(at.code)
  }
  return codes
}

/** The hour, 0 to 23, that a clock in this zone shows. */
export function hourIn(zone: string, moment: Date): number {
  const options = { hour: '2-digit', hourCycle: 'h23' } as const
  try {
    return Number(new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone }).format(moment))
  } catch {
    return moment.getHours()
  }
}
