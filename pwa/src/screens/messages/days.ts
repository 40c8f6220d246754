/** Messages by the day on which they came, as the phone counts days. Pure. */
import type { LocalMessage } from '@/db/messages'
import type { IconName } from '@/components/icons'
import type { MessageGroup } from '@/api/messageTypes'

export interface Day {
  /** 2026-11-25 */
  day: string
  messages: LocalMessage[]
}

const pad = (value: number): string => String(value).padStart(2, '0')

export function dayOf(at: Date): string {
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`
}

/** Newest first, days and messages. */
export function byDay(messages: readonly LocalMessage[]): Day[] {
  const days: Day[] = []
  for (const message of messages) {
    const day = dayOf(new Date(message.created_at))
    if (days.at(-1)?.day !== day) days.push({ day, messages: [] })
    days.at(-1)!.messages.push(message)
  }
  return days
}

/** The key of the word for a day that has one. */
export function wordOf(day: string, now: Date): 'today' | 'yesterday' | null {
  if (day === dayOf(now)) return 'today'
  return day === dayOf(new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1)) ? 'yesterday' : null
}

export const GROUP_ICONS: Record<MessageGroup, IconName> = { work: 'tasks', deadlines: 'clock', review: 'eye', answers: 'check', talk: 'note' }
