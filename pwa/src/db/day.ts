/** What a supervisor decided about a day: the order of their own, and what they took on beside what is due. Kept on this phone for that day. */
import { db, getMeta, safely } from './schema'

const KEY = 'day'

export interface KeptDay {
  user_id: string
  /** As 2026-11-25. */
  date: string
  /** Ids of visits; null is the proposal. */
  order: string[] | null
  /** Visits that could wait and were taken on for today. */
  picked: string[]
}

/** What is kept for this day; another day's or somebody else's counts no more. */
export async function keptDay(userId: string, date: string): Promise<KeptDay> {
  const kept = await getMeta<KeptDay>(KEY)
  return kept?.user_id === userId && kept.date === date ? kept : { user_id: userId, date, order: null, picked: [] }
}

async function change(userId: string, date: string, fields: (day: KeptDay) => Partial<KeptDay>): Promise<void> {
  await safely(() =>
    db.transaction('rw', db.meta, async () => {
      const day = await keptDay(userId, date)
      await db.meta.put({ key: KEY, value: { ...day, ...fields(day) } })
    }),
  )
}

export const keepOrder = (userId: string, date: string, order: readonly string[] | null): Promise<void> =>
  change(userId, date, () => ({ order: order && [...order] }))

export const pickVisit = (userId: string, date: string, id: string): Promise<void> =>
  change(userId, date, ({ picked }) => ({ picked: [...picked.filter((one) => one !== id), id] }))

export const unpickVisit = (userId: string, date: string, id: string): Promise<void> =>
  change(userId, date, ({ picked }) => ({ picked: picked.filter((one) => one !== id) }))
