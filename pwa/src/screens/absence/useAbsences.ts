/** The absences in sight and the people who may stand in; both need a network. */
import { ref, shallowRef } from 'vue'
import { absences as ask, cancelAbsence, everyPage, people as askPeople } from '@/api/planEndpoints'
import type { Absence, User } from '@/api/types'

export function useAbsences(from: string | null) {
  const absences = shallowRef<Absence[] | null>(null)
  const people = shallowRef<User[]>([])
  const problem = ref<unknown>(null)
  /** The one that is being taken back. */
  const busy = ref<string | null>(null)

  async function load(): Promise<void> {
    problem.value = null
    try {
      const [found, persons] = await Promise.all([everyPage((cursor) => ask(from, cursor)), everyPage(askPeople)])
      absences.value = found
      people.value = persons
    } catch (thrown) {
      problem.value = thrown
    }
  }

  /** Takes one back; gives how many visits returned. Throws what the server says. */
  async function cancel(absence: Absence): Promise<number> {
    busy.value = absence.id
    try {
      const after = await cancelAbsence(absence.id)
      absences.value = (absences.value ?? []).map((one) => (one.id === after.id ? after : one))
      return after.moved ?? 0
    } finally {
      busy.value = null
    }
  }

  return { absences, people, problem, busy, load, cancel }
}
