import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import SignIn from '@/screens/auth/SignIn.vue'
import { show } from '../components/mounting'

const page = { template: '<p />' }
const routes = [
  { path: '/sign-in', component: SignIn },
  { path: '/tasks', component: page },
  { path: '/:path(.*)*', component: page },
]

const USER = { id: 'u1', username: 'u1', name: 'U', role: 'supervisor', locale: 'en', is_active: true }
const ME = { ...USER, regions: [], stores: [], permissions: [], server_epoch: 'e1' }

function answer(status: number, body: unknown): Response {
  const type = status < 400 ? 'application/json' : 'application/problem+json'
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': type } })
}

/** The server as the browser sees it. */
function server(login: () => Response | Promise<never>): void {
  vi.stubGlobal('fetch', async (url: string) => (String(url).endsWith('/auth/login') ? login() : answer(200, ME)))
}

afterEach(() => vi.unstubAllGlobals())

async function open() {
  const shown = await show(SignIn, { routes, at: '/sign-in?next=/tasks' })
  const type = async (username: string, password: string): Promise<void> => {
    await shown.wrapper.get('input[name=username]').setValue(username)
    await shown.wrapper.get('input[name=password]').setValue(password)
    await shown.wrapper.get('form').trigger('submit')
  }
  return { ...shown, type }
}

describe('the sign-in', () => {
  it('begins in the first field and asks for what is missing, beside it', async () => {
    const { wrapper, type } = await open()
    expect(document.activeElement).toBe(wrapper.get('input[name=username]').element)
    await type('', '')
    const errors = wrapper.findAll('[role=alert]').map((error) => error.text())
    expect(errors).toEqual(['Enter your username', 'Enter your password'])
    wrapper.unmount()
  })

  it('leads on to where one wanted to go', async () => {
    server(() => answer(200, { user: USER, expires_in: 900, csrf_token: 'c' }))
    const { wrapper, router, type } = await open()
    await type('u1', 'right password')
    await vi.waitFor(() => expect(router.currentRoute.value.path).toBe('/tasks'))
    wrapper.unmount()
  })

  it.each([
    ['bad-credentials', 401, 'Wrong username or password'],
    ['too-many-requests', 429, 'Too many tries'],
  ])('says %s beside the field and keeps what was typed', async (slug, status, words) => {
    server(() => answer(status, { type: `/problems/${slug}`, title: slug, status }))
    const { wrapper, type } = await open()
    await type('u1', 'wrong password')
    await vi.waitFor(() => expect(wrapper.text()).toContain(words))
    expect(wrapper.get<HTMLInputElement>('input[name=password]').element.value).toBe('wrong password')
    expect(wrapper.get('input[name=password]').attributes('aria-invalid')).toBe('true')
    wrapper.unmount()
  })

  it('says when there is no network', async () => {
    server(() => Promise.reject(new TypeError('Failed to fetch')))
    const { wrapper, type } = await open()
    await type('u1', 'some password')
    await vi.waitFor(() => expect(wrapper.text()).toContain('There is no network'))
    wrapper.unmount()
  })

  it('gives the reference when the server breaks', async () => {
    server(() => answer(500, { type: '/problems/internal', title: 'x', status: 500, request_id: 'r-9' }))
    const { wrapper, type } = await open()
    await type('u1', 'some password')
    await vi.waitFor(() => expect(wrapper.text()).toContain('Reference r-9'))
    wrapper.unmount()
  })

  it('shows the password when asked', async () => {
    const { wrapper } = await open()
    await wrapper.get('button[aria-label="Show password"]').trigger('click')
    expect(wrapper.get('input[name=password]').attributes('type')).toBe('text')
    wrapper.unmount()
  })

  it('turns to the other language without losing what was typed', async () => {
    const { wrapper } = await open()
    await wrapper.get('input[name=username]').setValue('u1')
    await wrapper.findAll('input[type=radio]')[0]!.setValue(true)
    await vi.waitFor(() => expect(wrapper.text()).toContain('用户名'))
    expect(wrapper.get<HTMLInputElement>('input[name=username]').element.value).toBe('u1')
    wrapper.unmount()
  })
})
