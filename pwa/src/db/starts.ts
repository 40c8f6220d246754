/** Visits that were begun here and of which the server has not heard yet. To tell it is a courtesy; the report itself says all. */
import { db, getMeta, safely } from './schema'

const KEY = 'starts'

export interface Start {
  visit_id: string
  user_id: string
  device_at: string
}

export const waitingStarts = async (userId: string): Promise<Start[]> => ((await getMeta<Start[]>(KEY)) ?? []).filter((start) => start.user_id === userId)

async function change(deed: (starts: Start[]) => Start[]): Promise<void> {
  await safely(() => db.transaction('rw', db.meta, async () => void (await db.meta.put({ key: KEY, value: deed((await getMeta<Start[]>(KEY)) ?? []) }))))
}

/** Notes that a visit was begun; the first time counts. */
export const noteStart = (start: Start): Promise<void> => change((starts) => (starts.some((one) => one.visit_id === start.visit_id) ? starts : [...starts, start]))

export const forgetStart = (visitId: string): Promise<void> => change((starts) => starts.filter((one) => one.visit_id !== visitId))
