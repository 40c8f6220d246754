/** A server that answers what a test gave it, and what a screen did with it. */
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, vi } from 'vitest'
import { defineComponent, type Component } from 'vue'
import type { Role } from '@/app/home'
import { useSession } from '@/app/stores/session'
import { useSync } from '@/app/stores/sync'
import { toasts } from '@/composables/useToast'
import { db } from '@/db/schema'
import { show } from '../components/mounting'
import { signedInAs } from '../shell/state'

export interface Call {
  call: string
  body: unknown
}
type Answer = unknown | ((body: unknown) => unknown)
export const calls: Call[] = []
export let answers: Record<string, Answer> = {}
export const settle = (ms = 30): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const NOTHING_NEW = { items: [], next: 'c', more: false, snapshot: false, reset: false, server_time: '2026-11-25T00:00:00Z', server_epoch: 'e1' }

export function refusal(status: number, type: string, errors: { pointer: string; code: string; message: string }[] = []): Response {
  return new Response(JSON.stringify({ type: `/problems/${type}`, title: type, status, errors }), { status, headers: { 'Content-Type': 'application/problem+json' } })
}

export function useServer(): void {
  beforeEach(() => {
    calls.splice(0)
    answers = {}
    sessionStorage.clear()
    vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
      const call = `${init?.method ?? 'GET'} ${url.replace('/api/v1', '').split('?')[0]}`
      if (call.includes('/sync/')) return json(NOTHING_NEW)
      const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : url.split('?')[1]
      calls.push({ call, body })
      const answer = answers[call]
      const made = typeof answer === 'function' ? (answer as (body: unknown) => unknown)(body) : answer
      return made instanceof Response ? made : json(made ?? { items: [], next: null })
    })
  })
  afterEach(async () => {
    // What a deed set going, such as a sync, ends here.
    await settle(120)
    vi.unstubAllGlobals()
    toasts.splice(0)
    document.body.innerHTML = ''
    await Promise.all(db.tables.map((table) => table.clear()))
  })
}

const json = (body: unknown): Response => new Response(JSON.stringify(body), { headers: { 'Content-Type': 'application/json' } })

const page = { template: '<p>elsewhere</p>' }

/** Opens a screen as a manager would, at an address whose route is `path`. */
export async function open(screen: Component, at: string, path: string, role: Role = 'regional_manager') {
  const frame = defineComponent({ components: { screen }, data: () => ({ ready: false }), template: '<screen v-if="ready" />' })
  const shown = await show(frame, { at, routes: [{ path, component: page }, { path: '/:path(.*)*', component: page }] })
  const session = signedInAs(role)
  session.me = { ...useSession().me!, regions: [{ id: 'r1', name: { zh: '', en: 'East' } }], permissions: ['plans.write', 'visits.excuse'] }
  useSync().online = true
  await shown.wrapper.setData({ ready: true })
  await until(() => !document.querySelector('.r-skeleton'), 'the screen')
  await settle()
  return shown
}

/** Waits for what must come, however busy the machine is. */
export async function until<T>(found: () => T | null | undefined | false, what = 'it'): Promise<T> {
  for (let tries = 0; tries < 200; tries += 1) {
    const value = found()
    if (value) return value
    await settle()
  }
  throw new Error(`${what} did not come: ${document.body.textContent}`)
}

/** The first sheet of all comes with its own file. */
export const sheet = (): Promise<HTMLElement> => until(() => document.querySelector<HTMLElement>('[role=dialog] .body'), 'a sheet')

/** Waits until the page says so. */
export const says = (words: string): Promise<boolean> => until(() => text().includes(words), words)

/** Waits until the server was asked so many times, and gives what it was told. */
export async function asked(call: string, times = 1): Promise<unknown[]> {
  await until(() => told(call).length >= times, call)
  return told(call)
}

export function press(words: string): void {
  const found = [...document.querySelectorAll<HTMLElement>('button, [role=tab]')].findLast((one) => [one.textContent?.trim(), one.getAttribute('aria-label')].includes(words))
  if (!found) throw new Error(`no button "${words}" in ${document.body.textContent}`)
  found.click()
}

export const text = (): string => document.body.textContent ?? ''
export const told = (call: string): unknown[] => calls.filter((one) => one.call === call).map((one) => one.body)
