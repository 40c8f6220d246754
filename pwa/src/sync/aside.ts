/** What goes along with a sync and never holds it up: telling of begun visits, asking what is urgent. */
import { priorities } from '@/api/dayEndpoints'
import { stepVisit } from '@/api/planEndpoints'
import { classify } from '@/api/problems'
import type { Me } from '@/api/types'
import { keepPriorities, keptPriorities } from '@/db/priorities'
import { getMeta } from '@/db/schema'
import { forgetStart, waitingStarts } from '@/db/starts'

/** As long as nothing changed, what is urgent is asked for again only after this. */
const FRESH_MS = 10 * 60_000
const MOST = 200

/** Tells the server which visits were begun. What it refuses is forgotten, what may heal waits for the next sync. */
export async function tellStarts(userId: string): Promise<void> {
  for (const start of await waitingStarts(userId)) {
    try {
      await stepVisit(start.visit_id, { action: 'start', device_at: start.device_at })
    } catch (error) {
      if (classify(error) !== 'keep') return
    }
    await forgetStart(start.visit_id)
  }
}

/** Asks which stores need a visit most, after something changed or when the last answer is old. */
export async function askPriorities(userId: string, changed: boolean, now: number = Date.now()): Promise<void> {
  const me = await getMeta<Me>('me')
  if (me?.id !== userId || !me.permissions.includes('reports.read')) return
  const kept = await keptPriorities(userId)
  if (!changed && kept && now - Date.parse(kept.at) < FRESH_MS) return
  const { items } = await priorities({ assignee: 'me', limit: MOST })
  await keepPriorities(userId, items, new Date(now))
}

/** Both, after a sync that went through. */
export async function goAlong(userId: string, changed: boolean): Promise<void> {
  await tellStarts(userId)
  await askPriorities(userId, changed)
}
