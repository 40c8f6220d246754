/** What people are told, and how they want to be told, by the names of the API. */
import type { Bilingual } from '@/domain/checklist'

export type MessageGroup = 'work' | 'deadlines' | 'review' | 'answers' | 'talk'
export type Pace = 'now' | 'digest' | 'off'
export type Way = 'push' | 'email'

export interface Message {
  id: string
  kind: string
  group: MessageGroup
  title: Bilingual
  body: Bilingual
  /** An address in the app. */
  link: string
  urgent: boolean
  flag: string | null
  store_id: string | null
  store_name: Bilingual | null
  created_at: string
  read_at: string | null
}

export interface Hours {
  from: string
  to: string
}

export interface MessageChoices {
  email: string | null
  groups: Record<MessageGroup, Record<Way, Pace>>
  /** Null: as the company has it. The same hour twice: never quiet. */
  quiet: Hours | null
  digest_at: string
  timezone: string
}

export interface MessageSettings extends MessageChoices {
  company_quiet: Hours | null
  mail_offered: boolean
  browsers: number
}

export interface PushKeys {
  endpoint: string
  keys: { p256dh: string; auth: string }
}
