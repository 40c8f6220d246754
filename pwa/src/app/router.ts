/** All addresses of the app, who may open them, and how one comes back to the same place on a page. */
import { createRouter, createWebHistory, type RouteLocationNormalized, type Router, type RouteRecordRaw, type RouterHistory } from 'vue-router'
import { useSession } from '@/app/stores/session'
import { needWords } from '@/i18n'
import { SPOKEN_IN } from '@/i18n/rooms'
import { homeOf, safeNext, type Role, type TabName } from './home'

declare module 'vue-router' {
  interface RouteMeta {
    /** An i18n key. */
    title?: string
    roles?: Role[]
    public?: boolean
    tab?: TabName
    /** The whole width of a laptop, without the rail: a workbench. */
    whole?: boolean
    /** Areas of words that the screen speaks besides the common ones. */
    words?: readonly string[]
  }
}

const rooms = import.meta.glob<Record<string, unknown>>('../screens/*/routes.ts', { eager: true })

/** The routes of a room, whether it exports them as default or as `routes`, each with the words of the room. */
function routesOf([path, room]: [string, Record<string, unknown>]): RouteRecordRaw[] {
  const words = SPOKEN_IN[path.split('/').at(-2)!] ?? []
  const routes = (room.default ?? room.routes ?? []) as RouteRecordRaw[]
  return routes.map((route) => ({ ...route, meta: { ...route.meta, words } }))
}

const own: RouteRecordRaw[] = [
  { path: '/', name: 'home', component: () => import('../screens/me/NotFound.vue') },
  { path: '/:path(.*)*', name: 'not-found', component: () => import('../screens/me/NotFound.vue'), meta: { title: 'common.notFound.title' } },
]

export function allRoutes(): RouteRecordRaw[] {
  return [...Object.entries(rooms).flatMap(routesOf), ...own]
}

/** True, or where to go instead. An expired sign-in locks nobody out of what is on the phone. */
export async function guard(to: RouteLocationNormalized): Promise<true | string | { path: string; query: Record<string, string> }> {
  const session = useSession()
  if (session.status === 'unknown') await session.restore()
  const role = session.user?.role as Role | undefined
  if (session.status === 'signedOut' || !role) {
    if (to.meta.public) return true
    return { path: '/sign-in', query: to.path === '/' ? {} : { next: to.fullPath } }
  }
  if (to.path === '/sign-in' && session.status === 'signedIn') return safeNext(to.query.next)
  if (to.name === 'home') return homeOf(role)
  if (to.meta.roles && !to.meta.roles.includes(role)) return homeOf(role)
  return true
}

const PATIENCE = 600
const LOOK_AGAIN = 50

/** Back to the old place, once the page is long enough again; lists come from the local database a moment later. */
function whenLongEnough(top: number): Promise<void> {
  return new Promise((resolve) => {
    const since = performance.now()
    const look = (): void => {
      const long = document.documentElement.scrollHeight >= top + window.innerHeight
      if (long || performance.now() - since > PATIENCE) resolve()
      else setTimeout(look, LOOK_AGAIN)
    }
    look()
  })
}

const RELOADED = 'rounds.reloaded'
const REST = 60_000

/**
 * A new version may have taken the old files away while this page was open; then the page is fetched anew, which
 * loses nothing, since drafts are in the database. Once a minute at most, so that a broken file is no endless loop.
 */
function mayReload(): boolean {
  try {
    const last = Number(sessionStorage.getItem(RELOADED))
    if (!navigator.onLine || Date.now() - last < REST) return false
    sessionStorage.setItem(RELOADED, String(Date.now()))
    return true
  } catch {
    return false
  }
}

export function makeRouter(history: RouterHistory = createWebHistory(), routes: RouteRecordRaw[] = allRoutes()): Router {
  const router = createRouter({
    history,
    routes,
    async scrollBehavior(to, from, saved) {
      if (!saved) return to.path === from.path ? {} : { top: 0 }
      await whenLongEnough(saved.top)
      return saved
    },
  })
  router.beforeEach(guard)
  // The words set out together with the screen's own files, and the screen is shown when both are here.
  router.beforeEach((to) => void needWords(to.meta.words ?? []).catch(() => undefined))
  router.beforeResolve((to) => needWords(to.meta.words ?? []))
  router.onError((error: unknown, to) => {
    if (/dynamically imported module|module script failed|Unable to preload/i.test(String(error)) && mayReload()) window.location.assign(to.fullPath)
  })
  return router
}
