/** Who works in a store, for handing a task over: from the server, else as it was asked last, else who was seen there. */
import { storePeople } from '@/api/campaignEndpoints'
import type { Role } from '@/api/types'
import { db, getMeta, PEOPLE, safely, setMeta } from './schema'

export interface Colleague {
  id: string
  name: string
  role: Role | null
  on_shift?: boolean
}

const WORKERS = `${PEOPLE}works:`
const STORE_ROLES: readonly (Role | null)[] = ['store_manager', 'store_staff']

/** `fresh` is false when nobody could be asked. */
export async function peopleOfStore(storeId: string): Promise<{ people: Colleague[]; fresh: boolean }> {
  try {
    const { items } = await storePeople(storeId)
    await safely(() => setMeta(`${WORKERS}${storeId}`, items))
    return { people: items, fresh: true }
  } catch {
    return { people: (await getMeta<Colleague[]>(`${WORKERS}${storeId}`)) ?? (await seenThere(storeId)), fresh: false }
  }
}

/** People who mended something there, and those of the store who could be named in a comment. */
async function seenThere(storeId: string): Promise<Colleague[]> {
  const tasks = await db.tasks.where('store_id').equals(storeId).toArray()
  const named = ((await getMeta<Colleague[]>(`${PEOPLE}${storeId}`)) ?? []).filter((one) => STORE_ROLES.includes(one.role))
  const assigned = tasks.flatMap((task) => (task.assignee?.name ? [{ id: task.assignee.id, name: task.assignee.name, role: null }] : []))
  return [...new Map([...assigned, ...named].map((one) => [one.id, one])).values()]
}
