/** How much waits behind a tab. A screen or a store sets the number, the bar shows it. */
import { reactive } from 'vue'
import type { TabName } from '@/app/home'

export const badges = reactive<Partial<Record<TabName, number>>>({})

export function setBadge(tab: TabName, count: number): void {
  badges[tab] = count
}
