/** What can be chosen when a visit is planned: from the server, or from the phone when there is no network. */
import * as api from '@/api/endpoints'
import type { Checklist, Page, User } from '@/api/types'
import { db } from '@/db/schema'

const MOST_PAGES = 20

export interface PlanOptions {
  checklists: Checklist[]
  people: User[]
  /** False when only the phone was asked. */
  whole: boolean
}

async function allPages<T>(ask: (cursor: string | null) => Promise<Page<T>>): Promise<T[]> {
  const found: T[] = []
  let cursor: string | null = null
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer: Page<T> = await ask(cursor)
    found.push(...answer.items)
    cursor = answer.next
    if (!cursor) break
  }
  return found
}

const published = (lists: Checklist[]): Checklist[] => lists.filter((list) => list.published_version !== null)

/** Oneself first, then the supervisors that are still there. */
function whoMayGo(me: User, users: User[]): User[] {
  return [me, ...users.filter((user) => user.role === 'supervisor' && user.is_active && user.id !== me.id)]
}

export async function optionsOnPhone(me: User): Promise<PlanOptions> {
  const lists = await db.checklists.toArray()
  return { checklists: published(lists).toSorted((a, b) => a.code.localeCompare(b.code)), people: [me], whole: false }
}

export async function optionsOnline(me: User): Promise<PlanOptions> {
  const [lists, users] = await Promise.all([api.checklists(), allPages(api.users)])
  return { checklists: published(lists.items), people: whoMayGo(me, users), whole: true }
}
