/** How many messages are not read; one query for the whole app. */
import { liveQuery } from 'dexie'
import { ref, watch, type Ref } from 'vue'
import { db } from '@/db/schema'

const unread = ref(0)
let watching = false

interface Badged {
  setAppBadge?: (count: number) => Promise<void>
  clearAppBadge?: () => Promise<void>
}

/** On the app's icon, where the system has such a thing. */
function paint(count: number): void {
  const place = navigator as Badged
  const done = count ? place.setAppBadge?.(count) : place.clearAppBadge?.()
  done?.catch(() => undefined)
}

export function useUnread(): Ref<number> {
  if (!watching) {
    watching = true
    liveQuery(() => db.messages.filter((message) => message.read_at === null).count()).subscribe((found) => (unread.value = found))
    watch(unread, paint)
  }
  return unread
}
