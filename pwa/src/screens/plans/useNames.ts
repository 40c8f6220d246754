/** Names of regions from the phone, and of people from the server as far as one may see them. */
import { computed, ref, shallowRef } from 'vue'
import { everyPage, people as askPeople } from '@/api/planEndpoints'
import type { Bilingual, User } from '@/api/types'
import { useLiveQuery } from '@/composables/useLiveQuery'
import { db } from '@/db/schema'

export function useNames() {
  const { data: regions } = useLiveQuery(() => db.regions.toArray())
  const people = shallowRef<User[]>([])
  const asked = ref(false)
  const regionNames = computed(() => new Map((regions.value ?? []).map(({ id, name }) => [id, name])))
  const personNames = computed(() => new Map(people.value.map(({ id, name }) => [id, name])))

  /** Asks once; without an answer people are "somebody". */
  async function loadPeople(): Promise<void> {
    if (asked.value) return
    asked.value = true
    people.value = await everyPage(askPeople).catch(() => [])
  }

  return {
    people,
    loadPeople,
    region: (id: string): Bilingual | undefined => regionNames.value.get(id),
    person: (id: string): string | undefined => personNames.value.get(id),
  }
}
