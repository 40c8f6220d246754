/** Short notices at the bottom of the screen. One list for the whole app; the shell shows it. */
import { reactive } from 'vue'
import { useI18n } from 'vue-i18n'
import type { State } from '@/components/types'
import { useProblem } from './useProblem'

export interface ToastOptions {
  undo?: () => unknown
  action?: { label: string; run: () => unknown }
  state?: State
  /** How long it stays, in milliseconds. */
  stay?: number
}

export interface Toast {
  id: number
  text: string
  state: State
  action: { label: string; run: () => unknown } | null
}

const MOST = 3
const STAY = 6_000
const STAY_UNDO = 8_000
let last = 0

export const toasts = reactive<Toast[]>([])

export function dismissToast(id: number): void {
  const at = toasts.findIndex((toast) => toast.id === id)
  if (at >= 0) toasts.splice(at, 1)
}

export function useToast() {
  const { t } = useI18n()
  const { words } = useProblem()

  function show(text: string, options: ToastOptions = {}): number {
    const id = ++last
    const action = options.undo ? { label: t('common.undo'), run: options.undo } : (options.action ?? null)
    toasts.push({ id, text, state: options.state ?? 'neutral', action })
    if (toasts.length > MOST) toasts.shift()
    setTimeout(() => dismissToast(id), options.stay ?? (action ? STAY_UNDO : STAY))
    return id
  }

  function problem(thrown: unknown): number {
    const { title, text } = words(thrown)
    return show(`${title} ${text}`, { state: 'fail' })
  }

  return { show, problem, dismiss: dismissToast }
}
