/** Mounts a component as the app would: with words, routes and stores. */
import { mount, type ComponentMountingOptions } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import type { Component } from 'vue'
import { createMemoryHistory, createRouter, type RouteRecordRaw } from 'vue-router'
import { i18n, needWords, setLocale } from '@/i18n'
import { AREAS } from '@/i18n/areas'

const page = { template: '<p>page</p>' }

export async function show(component: Component, options: ComponentMountingOptions<Component> & { at?: string; routes?: RouteRecordRaw[] } = {}) {
  await setLocale('en')
  await needWords(AREAS)
  const pinia = createPinia()
  setActivePinia(pinia)
  const routes = options.routes ?? [{ path: '/:path(.*)*', component: page }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push(options.at ?? '/')
  const { at: _at, routes: _routes, ...rest } = options
  const wrapper = mount(component, { attachTo: document.body, ...rest, global: { plugins: [pinia, i18n, router], ...rest.global } } as never)
  return { wrapper, router }
}
