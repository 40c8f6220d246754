/**
 * Having this browser pushed to. It is asked for only when somebody taps for it, it ends with the sign-in, and the
 * server is told again when the push service has changed the address.
 */
import { dropSubscription, pushKey, putSubscription } from '@/api/messageEndpoints'
import { newId } from '@/db/ids'
import { db, getMeta, setMeta } from '@/db/schema'

/** `install`: an iPhone, where the app must be on the home screen first. */
export type PushState = 'unsupported' | 'install' | 'denied' | 'off' | 'on'

interface Kept {
  id: string
  endpoint: string
}

const KEPT = 'push'
const PATIENCE_MS = 20_000

function isSupported(): boolean {
  return 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window
}

/** How it stands here. `ios`: Safari on an iPhone gives pushes to apps of the home screen alone. */
export async function pushState(ios: boolean): Promise<PushState> {
  if (!isSupported()) return ios ? 'install' : 'unsupported'
  if (Notification.permission === 'denied') return 'denied'
  const kept = await getMeta<Kept>(KEPT)
  return kept && Notification.permission === 'granted' && (await subscription()) ? 'on' : 'off'
}

async function registration(): Promise<ServiceWorkerRegistration | undefined> {
  return isSupported() ? await navigator.serviceWorker.getRegistration() : undefined
}

async function subscription(): Promise<PushSubscription | null> {
  return (await (await registration())?.pushManager.getSubscription()) ?? null
}

/** Asks for the permission (in a tap) and subscribes. Throws what went wrong; gives how it stands. */
export async function turnOn(): Promise<PushState> {
  const answer = await Notification.requestPermission()
  if (answer !== 'granted') return answer === 'denied' ? 'denied' : 'off'
  const { key } = await pushKey()
  const ready = await inTime(navigator.serviceWorker.ready)
  const made = await inTime(subscribed(ready, bytesOf(key)))
  const id = (await getMeta<Kept>(KEPT))?.id ?? newId()
  await tell(id, made)
  return 'on'
}

/** A subscription under an older key of the server is of no use any more. */
async function subscribed(ready: ServiceWorkerRegistration, key: Uint8Array<ArrayBuffer>): Promise<PushSubscription> {
  const options = { userVisibleOnly: true, applicationServerKey: key }
  try {
    return await ready.pushManager.subscribe(options)
  } catch (error) {
    const old = await ready.pushManager.getSubscription()
    if (!old) throw error
    await old.unsubscribe()
    return ready.pushManager.subscribe(options)
  }
}

async function tell(id: string, made: PushSubscription): Promise<void> {
  const { endpoint, keys } = made.toJSON()
  await putSubscription(id, { endpoint: endpoint!, keys: { p256dh: keys!.p256dh!, auth: keys!.auth! } })
  await setMeta(KEPT, { id, endpoint: endpoint! } satisfies Kept)
}

/** Ends it here, and tells the server when it can be reached; a sign-out ends it there too. */
export async function turnOff(): Promise<void> {
  const kept = await getMeta<Kept>(KEPT)
  await db.meta.delete(KEPT)
  await (await subscription())?.unsubscribe().catch(() => false)
  if (kept) await dropSubscription(kept.id).catch(() => undefined)
}

/** When the address has changed since the server was told, it is told again. */
export async function keepUp(): Promise<void> {
  const kept = await getMeta<Kept>(KEPT)
  if (!kept) return
  const now = await subscription()
  if (now && now.endpoint !== kept.endpoint) await tell(kept.id, now)
}

function inTime<T>(work: Promise<T>): Promise<T> {
  return Promise.race([work, new Promise<never>((_, fail) => setTimeout(() => fail(new DOMException('no push service', 'TimeoutError')), PATIENCE_MS))])
}

/** The server's key as the browser wants it. */
export function bytesOf(key: string): Uint8Array<ArrayBuffer> {
  const text = atob(key.replace(/-/g, '+').replace(/_/g, '/'))
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
}
