/** Where each role begins, and what stands in its bar. Pure. */

export type Role = 'hq_admin' | 'regional_manager' | 'supervisor' | 'store_manager' | 'store_staff'
export type TabName = 'today' | 'tasks' | 'stores' | 'me' | 'overview' | 'checklists' | 'plans' | 'more'

/** The address of each tab. */
export const TAB_PATHS: Record<TabName, string> = {
  today: '/today',
  tasks: '/tasks',
  stores: '/stores',
  me: '/me',
  overview: '/overview',
  checklists: '/checklists',
  plans: '/plans',
  more: '/more',
}

/** In the order of their weight. */
const TABS: Record<Role, readonly TabName[]> = {
  supervisor: ['today', 'tasks', 'stores', 'me'],
  store_manager: ['today', 'tasks', 'me'],
  store_staff: ['today', 'tasks', 'me'],
  regional_manager: ['overview', 'tasks', 'stores', 'plans', 'me'],
  hq_admin: ['overview', 'checklists', 'plans', 'stores', 'tasks', 'me'],
}
const MOST_ON_PHONE = 4

/** The first screen of a role. */
export function homeOf(role: Role): string {
  return role === 'hq_admin' || role === 'regional_manager' ? '/overview' : '/today'
}

/** Every tab of the role that leads somewhere: the laptop's rail. */
export function railTabs(role: Role, exists: (path: string) => boolean): TabName[] {
  return TABS[role].filter((name) => exists(TAB_PATHS[name]))
}

/**
 * At most four of them: the phone's bar. Head office has "More" where the rest is; a manager reaches the plans
 * from the overview, and "Me" stays.
 */
export function barTabs(role: Role, exists: (path: string) => boolean): TabName[] {
  const all = railTabs(role, exists)
  if (all.length <= MOST_ON_PHONE) return all
  const last = role === 'hq_admin' && exists(TAB_PATHS.more) ? 'more' : all.at(-1)!
  return [...all.slice(0, MOST_ON_PHONE - 1), last]
}

/** The tab that is lit: the screen's own, else the one behind which it lies on this bar. */
export function litTab(tabs: readonly TabName[], own: TabName | undefined): TabName | undefined {
  if (!own || tabs.includes(own)) return own
  return tabs.includes('more') ? 'more' : own === 'plans' ? 'overview' : undefined
}

/** Only addresses of our own are followed after the sign-in. */
export function safeNext(next: unknown): string {
  return typeof next === 'string' && next.startsWith('/') && !next.startsWith('//') && !next.includes('\\') ? next : '/'
}
