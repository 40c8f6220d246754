/** Is everything of a day on this phone, so that it can be done without a network? And if not, what is missing? */

export interface Wanted {
  checklist_id: string
  /** The version that the visit would begin with; null when none is published. */
  version: number | null
  store_id: string
}

export interface Held {
  /** By `checklist/version`: the addresses of its reference pictures. */
  versions: ReadonlyMap<string, readonly string[]>
  stores: ReadonlySet<string>
  /** Addresses of the pictures that are kept. */
  pictures: ReadonlySet<string>
  /** True once everything was mirrored for the first time: the last reports and what is open came with it. */
  mirrored: boolean
}

export interface Part {
  done: number
  total: number
}

export interface Readiness {
  ready: boolean
  checklists: Part
  pictures: Part
  stores: Part
  reports: boolean
  /** Of everything together, for a bar. */
  whole: Part
}

export const versionName = (checklistId: string, version: number | null): string => `${checklistId}/${version ?? '-'}`

/** What of the wanted is held. Nothing wanted is ready. */
export function readinessOf(wanted: readonly Wanted[], held: Held): Readiness {
  const names = new Set(wanted.map((one) => versionName(one.checklist_id, one.version)))
  const addresses = new Set([...names].flatMap((name) => held.versions.get(name) ?? []))
  const checklists = count(names, (name) => held.versions.has(name))
  const pictures = count(addresses, (address) => held.pictures.has(address))
  const stores = count(new Set(wanted.map((one) => one.store_id)), (id) => held.stores.has(id))
  const reports = held.mirrored || wanted.length === 0
  const parts = [checklists, pictures, stores, { done: reports ? 1 : 0, total: 1 }]
  const whole = { done: sum(parts.map((part) => part.done)), total: sum(parts.map((part) => part.total)) }
  return { ready: whole.done === whole.total, checklists, pictures, stores, reports, whole }
}

function count(names: ReadonlySet<string>, has: (name: string) => boolean): Part {
  return { done: [...names].filter(has).length, total: names.size }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0)
