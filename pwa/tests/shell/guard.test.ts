import 'fake-indexeddb/auto'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { createMemoryHistory, type Router } from 'vue-router'
import { useSession } from '@/app/stores/session'
import { makeRouter } from '@/app/router'
import { signedInAs } from './state'

const component = { template: '<p />' }
const routes = [
  { path: '/', name: 'home', component },
  { path: '/sign-in', name: 'sign-in', component, meta: { public: true } },
  { path: '/today', component },
  { path: '/overview', component },
  { path: '/tasks/:id', component },
  { path: '/checklists', component, meta: { roles: ['hq_admin' as const] } },
]

let router: Router

beforeEach(() => {
  setActivePinia(createPinia())
  router = makeRouter(createMemoryHistory(), routes)
})

async function goTo(path: string): Promise<string> {
  await router.push(path)
  return router.currentRoute.value.fullPath
}

describe('a stranger', () => {
  it('is led to the sign-in, which remembers where they wanted to go', async () => {
    useSession().status = 'signedOut'
    expect(await goTo('/tasks/7?tab=history')).toBe('/sign-in?next=/tasks/7?tab=history')
  })

  it('may open what is public', async () => {
    useSession().status = 'signedOut'
    expect(await goTo('/sign-in')).toBe('/sign-in')
  })

  it('is recognised only once the phone has looked', async () => {
    expect(await goTo('/today')).toBe('/sign-in?next=/today')
    expect(useSession().status).toBe('signedOut')
  })
})

describe('somebody signed in', () => {
  it.each([
    ['supervisor', '/today'],
    ['store_staff', '/today'],
    ['regional_manager', '/overview'],
    ['hq_admin', '/overview'],
  ] as const)('begins as %s at %s', async (role, home) => {
    signedInAs(role)
    expect(await goTo('/')).toBe(home)
  })

  it('is led on from the sign-in', async () => {
    signedInAs('supervisor')
    expect(await goTo('/sign-in?next=/tasks/7')).toBe('/tasks/7')
  })

  it('is led home from what is not for the role', async () => {
    signedInAs('supervisor')
    expect(await goTo('/checklists')).toBe('/today')
    signedInAs('hq_admin')
    expect(await goTo('/checklists')).toBe('/checklists')
  })

  it('keeps working when the sign-in has expired, and may sign in again', async () => {
    signedInAs('supervisor').status = 'expired'
    expect(await goTo('/tasks/7')).toBe('/tasks/7')
    expect(await goTo('/sign-in')).toBe('/sign-in')
  })
})
