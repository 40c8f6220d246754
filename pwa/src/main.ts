/** Starts the app: the words first, then the first screen, then everything that can wait. */
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import './styles/tokens.css'
import './styles/base.css'
import App from './app/App.vue'
import { makeRouter } from './app/router'
import { listenForInstall } from './app/shell/useInstall'
import { startUpdates } from './app/shell/useUpdate'
import { i18n, startLocale } from './i18n'

listenForInstall()

async function start(): Promise<void> {
  await startLocale()
  const router = makeRouter()
  const app = createApp(App).use(createPinia()).use(i18n).use(router)
  // A first screen that cannot be loaded leaves the frame, with its ways out.
  await router.isReady().catch(() => undefined)
  app.mount('#app')
  startUpdates()
}

void start()
