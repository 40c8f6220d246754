/** A message as the server sends it. */
import type { Message } from '@/api/messageTypes'

export const message = (id: string, changes: Partial<Message> = {}): Message => ({
  id,
  kind: 'task.sent_back',
  group: 'work',
  title: { zh: `题 ${id}`, en: `Title ${id}` },
  body: { zh: '', en: '' },
  link: `/tasks/${id}`,
  urgent: false,
  flag: 'general',
  store_id: null,
  store_name: null,
  created_at: `2026-11-25T00:00:0${id.length}.000Z`,
  read_at: null,
  ...changes,
})
