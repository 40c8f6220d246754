/** A new version of the app: looked for quietly, taken only when the person says so. */
import { ref } from 'vue'
import type { Workbox } from 'workbox-window'

const HOUR = 3_600_000
const waiting = ref(false)
let worker: Workbox | null = null

/** Registers the service worker. Only a version that the person accepted reloads the page. */
export async function startUpdates(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const { Workbox } = await import('workbox-window')
  const box = new Workbox('/sw.js')
  worker = box
  const note = (): void => {
    waiting.value = true
  }
  box.addEventListener('waiting', note)
  void box.register().then((registration) => {
    if (registration?.waiting && navigator.serviceWorker.controller) note()
  })
  const look = (): void => {
    if (document.visibilityState === 'visible' && navigator.onLine) box.update().catch(() => undefined)
  }
  document.addEventListener('visibilitychange', look)
  setInterval(look, HOUR)
}

export function useUpdate() {
  async function accept(): Promise<void> {
    waiting.value = false
    if (!worker) return window.location.reload()
    worker.addEventListener('controlling', () => window.location.reload())
    worker.messageSkipWaiting()
  }
  return { waiting, accept }
}
