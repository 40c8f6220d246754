/** The tree of regions as a list: each parent before its children, with its depth. */
import type { Region } from '@/api/types'

export function regionTree(regions: readonly Region[]): { region: Region; depth: number }[] {
  const known = new Set(regions.map((region) => region.id))
  const below = (parent: string | null, depth: number): { region: Region; depth: number }[] =>
    regions
      .filter((region) => (region.parent_id !== null && known.has(region.parent_id) ? region.parent_id === parent : parent === null))
      .toSorted((a, b) => a.code.localeCompare(b.code))
      .flatMap((region) => [{ region, depth }, ...(depth < 20 ? below(region.id, depth + 1) : [])])
  return below(null, 0)
}
