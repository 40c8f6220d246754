/** What lists of tasks are made from: the tasks on this phone, what failed before, and where their stores lie. */
import type { Region, Store, User } from '@/api/types'
import { codesUpwards } from '@/db/context'
import { repeatedTasks } from '@/db/earlier'
import { db } from '@/db/schema'
import { allTasks, type TaskView } from '@/db/tasks'
import { here } from '@/domain/clock'
import { isTurnOf } from './acts'
import type { Around } from './filters'
import { daysLeft } from './groups'

export interface TaskFacts {
  tasks: TaskView[]
  /** Ids of those whose item had failed before too. */
  again: Set<string>
  stores: Map<string, Store>
  regions: Map<string, Region>
}

export async function taskFacts(): Promise<TaskFacts> {
  const [tasks, reports, stores, regions] = await Promise.all([allTasks(), db.inspections.toArray(), db.stores.toArray(), db.regions.toArray()])
  return {
    tasks,
    again: repeatedTasks(tasks, reports),
    stores: new Map(stores.map((store) => [store.id, store])),
    regions: new Map(regions.map((region) => [region.id, region])),
  }
}

/** What the filters have to know around a task, at a moment and for somebody. */
export function aroundOf(facts: TaskFacts, user: User | null, now: number): Around {
  const upwards = new Map<string, ReadonlySet<string>>()
  return {
    now,
    me: user?.id ?? '',
    isMine: (task) => isTurnOf(task, user),
    daysLeft: (task) => daysLeft(task, now, facts.stores.get(task.store_id)?.timezone ?? here()),
    regionsOf(storeId) {
      const known = upwards.get(storeId)
      if (known) return known
      const region = facts.stores.get(storeId)?.region_id
      const codes = new Set(region ? codesUpwards(region, facts.regions) : [])
      const ids = new Set([...facts.regions.values()].filter((one) => codes.has(one.code)).map((one) => one.id))
      upwards.set(storeId, ids)
      return ids
    },
  }
}
