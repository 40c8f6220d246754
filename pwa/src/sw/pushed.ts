/// <reference lib="webworker" />
/** Pushes: shown as notifications; a tap leads the open app to the thing, or opens the app there. */
import { notification, read, safeLink, windowFor } from './told'

interface ChangedEvent extends ExtendableEvent {
  oldSubscription?: PushSubscription | null
}

export function listenForPushes(self: ServiceWorkerGlobalScope): void {
  const windows = () => self.clients.matchAll({ type: 'window', includeUncontrolled: true })

  async function show(text: string | undefined): Promise<void> {
    const told = read(text)
    const { title, options } = notification(told)
    await self.registration.showNotification(title, options)
    const badge = self.navigator as { setAppBadge?: (count: number) => Promise<void> }
    if (told.unread) await badge.setAppBadge?.(told.unread).catch(() => undefined)
    for (const one of await windows()) one.postMessage({ type: 'NEWS' })
  }

  async function open(link: string): Promise<void> {
    const one = windowFor(await windows(), self.location.origin)
    if (!one) return void (await self.clients.openWindow(link))
    await one.focus().catch(() => undefined)
    one.postMessage({ type: 'OPEN', link })
  }

  /** The push service changed the address; the app tells the server as soon as it is open. */
  async function subscribeAgain(event: ChangedEvent): Promise<void> {
    const options = event.oldSubscription?.options
    if (!options?.applicationServerKey) return
    await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: options.applicationServerKey })
    for (const one of await windows()) one.postMessage({ type: 'SUBSCRIBED' })
  }

  self.addEventListener('push', (event) => event.waitUntil(show(event.data?.text())))
  self.addEventListener('notificationclick', (event) => {
    event.notification.close()
    event.waitUntil(open(safeLink((event.notification.data as { link?: unknown } | null)?.link)))
  })
  self.addEventListener('pushsubscriptionchange', (event) => {
    const changed = event as ChangedEvent
    changed.waitUntil(subscribeAgain(changed).catch(() => undefined))
  })
}
