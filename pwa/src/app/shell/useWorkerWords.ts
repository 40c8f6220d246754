/** What the service worker says to the open app: a notification was tapped, news came, the push address changed. */
import { onScopeDispose } from 'vue'
import type { Router } from 'vue-router'
import { safeNext } from '@/app/home'

export function useWorkerWords(router: Router, sync: () => Promise<void>): void {
  if (!('serviceWorker' in navigator)) return
  const hear = (event: MessageEvent): void => {
    const said = event.data as { type?: unknown; link?: unknown } | null
    if (said?.type === 'OPEN') void router.push(safeNext(said.link))
    if (said?.type === 'OPEN' || said?.type === 'NEWS') void sync()
    if (said?.type === 'SUBSCRIBED') void import('@/push').then(({ keepUp }) => keepUp()).catch(() => undefined)
  }
  navigator.serviceWorker.addEventListener('message', hear)
  onScopeDispose(() => navigator.serviceWorker.removeEventListener('message', hear))
}
