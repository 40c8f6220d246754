/** Starts the app: the words and the first screen side by side, then everything that can wait. */
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import './styles/tokens.css'
import './styles/base.css'
import App from './app/App.vue'
import { makeRouter } from './app/router'
import { listenForInstall } from './app/shell/useInstall'
import { startUpdates } from './app/shell/useUpdate'
import { fetchOverlays } from './components/overlay/overlays'
import { i18n, startLocale } from './i18n'

listenForInstall()

const QUIET = 1_500

/** After the first screen has been there for a moment, and when the processor has nothing else to do. */
function whenQuiet(work: () => void): void {
  setTimeout(() => ('requestIdleCallback' in window ? requestIdleCallback(work) : work()), QUIET)
}

async function start(): Promise<void> {
  const words = startLocale()
  const router = makeRouter()
  const app = createApp(App).use(createPinia()).use(i18n).use(router)
  await words
  // A first screen that cannot be loaded leaves the frame, with its ways out.
  await router.isReady().catch(() => undefined)
  app.mount('#app')
  // What keeps the app for later shall not get in the way of its first use. On a first visit no service worker has
  // these files yet; should they not come, the next start tries again.
  whenQuiet(() => void startUpdates().catch(() => undefined))
  whenQuiet(() => void fetchOverlays().catch(() => undefined))
}

void start()
