/** Installing the app on the phone: the browser's own question, kept until the person asks for it. */
import { computed, ref } from 'vue'

interface InstallQuestion extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>
}

const question = ref<InstallQuestion | null>(null)
const installed = ref(false)

function standsAlone(): boolean {
  return window.matchMedia('(display-mode: standalone)').matches || (navigator as { standalone?: boolean }).standalone === true
}

/** Safari asks nothing by itself; the person has to be told how. */
function isIos(): boolean {
  return /iPad|iPhone|iPod/.test(navigator.userAgent) || (navigator.userAgent.includes('Macintosh') && navigator.maxTouchPoints > 1)
}

/** Called once, early: the browser's question comes soon after the start. */
export function listenForInstall(): void {
  installed.value = standsAlone()
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    question.value = event as InstallQuestion
  })
  window.addEventListener('appinstalled', () => {
    installed.value = true
    question.value = null
  })
}

export function useInstall() {
  const way = computed<'installed' | 'ask' | 'ios' | 'none'>(() => {
    if (installed.value) return 'installed'
    if (question.value) return 'ask'
    return isIos() ? 'ios' : 'none'
  })
  async function install(): Promise<void> {
    const asked = question.value
    if (!asked) return
    question.value = null
    const { outcome } = await asked.prompt()
    if (outcome === 'accepted') installed.value = true
  }
  return { way, install }
}
