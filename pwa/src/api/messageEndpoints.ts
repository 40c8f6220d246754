/** The calls about messages. */
import { request } from './http'
import type { MessageChoices, MessageSettings, PushKeys } from './messageTypes'

export const markMessages = (ids: string[], read: boolean, owner: string) =>
  request<{ ids: string[]; unread: number }>('/notifications/read', { method: 'POST', json: { ids, read }, owner })
export const messageSettings = () => request<MessageSettings>('/notifications/settings')
export const chooseMessages = (choices: MessageChoices) => request<MessageSettings>('/notifications/settings', { method: 'PUT', json: choices })
export const tryMessages = () => request<{ browsers: number; email: boolean }>('/notifications/test', { method: 'POST', json: {} })
export const pushKey = () => request<{ key: string }>('/push-key')
export const putSubscription = (id: string, given: PushKeys) => request<{ id: string }>(`/push-subscriptions/${id}`, { method: 'PUT', json: given })
export const dropSubscription = (id: string) => request<void>(`/push-subscriptions/${id}`, { method: 'DELETE' })
