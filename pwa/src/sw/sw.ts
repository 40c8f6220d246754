/// <reference lib="webworker" />
/**
 * The app shell, and nothing else: the files of the build are kept so that the app opens without a network.
 * Answers of the API are never kept here (they live in the local database, by user), and the outbox is never
 * sent from here. A new version waits until the person says yes.
 */
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import type { PrecacheEntry } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: (string | PrecacheEntry)[] }

/** Addresses that belong to the server, never to the app's page. */
const SERVER_PATHS = [/^\/api(\/|$)/, /^\/livez$/, /^\/readyz$/, /^\/metrics$/, /^\/vendor\//]

precacheAndRoute(self.__WB_MANIFEST)
cleanupOutdatedCaches()
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: SERVER_PATHS }))

self.addEventListener('message', (event) => {
  const data: unknown = event.data
  if (typeof data === 'object' && data !== null && 'type' in data && data.type === 'SKIP_WAITING') {
    void self.skipWaiting()
  }
})

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim())
})
