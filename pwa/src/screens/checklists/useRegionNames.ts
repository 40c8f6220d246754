/** Names of regions by their code, from the phone's own database; the code itself where the phone does not know it. */
import { computed, type ComputedRef } from 'vue'
import { useLiveQuery } from '@/composables/useLiveQuery'
import { db } from '@/db/schema'
import { useBi } from '@/i18n/bi'
import type { RegionName } from './itemFacts'

export function useRegionNames(): ComputedRef<RegionName> {
  const { bi } = useBi()
  const { data: regions } = useLiveQuery(() => db.regions.toArray())
  const names = computed(() => new Map((regions.value ?? []).map(({ code, name }) => [code, name])))
  return computed(() => (code: string) => bi(names.value.get(code)) || code)
}
