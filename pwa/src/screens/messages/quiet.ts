/** Quiet hours as they are chosen: as the company has them, one's own, or none. Pure. */
import type { Hours, MessageSettings } from '@/api/messageTypes'

export type QuietWay = 'company' | 'own' | 'never'
const NEVER: Hours = { from: '00:00', to: '00:00' }
const NIGHT: Hours = { from: '22:00', to: '08:00' }

export function quietWay(quiet: Hours | null): QuietWay {
  if (quiet === null) return 'company'
  return quiet.from === quiet.to ? 'never' : 'own'
}

/** What is kept when a way is chosen; one's own hours begin as the company's. */
export function quietOf(way: QuietWay, settings: Pick<MessageSettings, 'company_quiet'>): Hours | null {
  if (way === 'company') return null
  return way === 'never' ? NEVER : (settings.company_quiet ?? NIGHT)
}
