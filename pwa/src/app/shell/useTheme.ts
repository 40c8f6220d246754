/** Light, dark, or as the phone is. Kept on this phone; boot.js sets it before the first paint. */
import { ref } from 'vue'

export type Theme = 'system' | 'light' | 'dark'
const KEPT = 'rounds.theme'

function read(): Theme {
  try {
    const value = localStorage.getItem(KEPT)
    return value === 'light' || value === 'dark' ? value : 'system'
  } catch {
    return 'system'
  }
}

const theme = ref<Theme>(read())

function setTheme(value: Theme): void {
  theme.value = value
  if (value === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = value
  try {
    if (value === 'system') localStorage.removeItem(KEPT)
    else localStorage.setItem(KEPT, value)
  } catch {
    // Without storage the choice lasts until the page is closed.
  }
}

export function useTheme() {
  return { theme, setTheme }
}
