/** The time zones of the stores that this device knows, by their ids. */
import type { Ref } from 'vue'
import { useLiveQuery } from '@/composables/useLiveQuery'
import { db } from '@/db/schema'

export function useZones(): Ref<Map<string, string> | undefined> {
  return useLiveQuery(async () => new Map((await db.stores.toArray()).map(({ id, timezone }) => [id, timezone]))).data
}
