/** Which stores need a visit most, as the server last told, with the time of that. */
import type { PriorityLine } from '@/api/types'
import { getMeta, safely, setMeta } from './schema'

const KEY = 'priorities'

export interface KeptPriorities {
  user_id: string
  at: string
  lines: PriorityLine[]
}

export async function keptPriorities(userId: string): Promise<KeptPriorities | null> {
  const kept = await getMeta<KeptPriorities>(KEY)
  return kept?.user_id === userId ? kept : null
}

export const keepPriorities = (userId: string, lines: PriorityLine[], at: Date = new Date()): Promise<void> =>
  safely(() => setMeta(KEY, { user_id: userId, at: at.toISOString(), lines }))
