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
  await router.isReady()
  app.mount('#app')
  startUpdates()
}

void start()
