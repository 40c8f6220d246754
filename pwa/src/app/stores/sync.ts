/** How the phone stands with the server, in the few words that the state line shows. */
import { liveQuery } from 'dexie'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { db, disk, getMeta, type OutboxEntry } from '@/db/schema'
import { room } from '@/photos/room'
import type { SyncEngine, SyncHost } from '@/sync/engine'
import { ApiProblem } from '@/api/problems'
import { useSession } from './session'

export type SyncState = 'idle' | 'syncing' | 'offline' | 'signIn' | 'attention'

export const useSync = defineStore('sync', () => {
  const session = useSession()
  const online = ref(navigator.onLine)
  const running = ref(false)
  const needsSignIn = ref(false)
  const reachable = ref(true)
  /** What waits on this phone, whoever finished it; counted is what is one's own. */
  const entries = shallowRef<Pick<OutboxEntry, 'user_id' | 'state' | 'delivered'>[]>([])
  const own = computed(() => entries.value.filter((entry) => entry.user_id === session.user?.id))
  const waiting = ref(0)
  const sending = ref(0)
  const attention = ref(0)
  watch(own, (all) => {
    const open = all.filter((entry) => entry.state === 'waiting')
    sending.value = open.filter((entry) => entry.delivered).length
    waiting.value = open.length - sending.value
    attention.value = all.length - open.length
  })
  /** The phone is almost full; said before the next photo is taken. */
  const tight = ref(false)
  const lastSyncAt = ref<string | null>(null)
  const firstPull = ref({ done: false, items: 0 })

  const state = computed<SyncState>(() => {
    if (needsSignIn.value || session.status === 'expired') return 'signIn'
    if (attention.value) return 'attention'
    if (!online.value || !reachable.value) return 'offline'
    return running.value ? 'syncing' : 'idle'
  })

  const host: SyncHost = {
    userId: () => (session.status === 'signedIn' || session.status === 'expired' ? (session.user?.id ?? null) : null),
    began() {
      running.value = true
      firstPull.value = { ...firstPull.value, items: 0 }
    },
    pulled(rows) {
      firstPull.value = { ...firstPull.value, items: rows }
    },
    async ended(error) {
      running.value = false
      needsSignIn.value = (error instanceof Error && error.name === 'SignInNeeded') || (error instanceof ApiProblem && error.status === 401)
      if (needsSignIn.value) session.expire()
      else {
        const isNetwork = error instanceof Error && error.name === 'NetworkError'
        reachable.value = !isNetwork
        // A fault of our own must be heard, not be taken for a missing network.
        if (error && !isNetwork && !(error instanceof ApiProblem)) reportError(error)
      }
      void measure()
      lastSyncAt.value = (await getMeta<string>('last_sync_at')) ?? null
      firstPull.value = { ...firstPull.value, done: (await getMeta<boolean>('first_pull')) ?? false }
      const id = session.user?.id
      // It goes along with what came; a run does not fail for want of it.
      if (id && !error) void import('@/sync/aside').then(({ goAlong }) => goAlong(id, firstPull.value.items > 0)).catch(() => undefined)
    },
  }

  /** It comes after the first screen, which shows what is on this phone. Should it not come, the next call tries again. */
  let coming: Promise<SyncEngine> | null = null
  function arrived(): Promise<SyncEngine> {
    coming ??= import('@/sync/engine').then(({ SyncEngine }) => new SyncEngine(host))
    coming.catch(() => (coming = null))
    return coming
  }

  async function measure(): Promise<void> {
    tight.value = (await room().catch(() => ({ tight: false }))).tight
  }

  // What did not fit was said on the screen; the line above it says so as well, before the next photo.
  setInterval(() => disk.full !== tight.value && void measure(), 2_000)

  let started = false
  /** Begins to watch the outbox and to sync; called once, when the app starts. */
  function start(): void {
    if (started) return
    started = true
    window.addEventListener('online', () => {
      online.value = true
      void syncNow()
    })
    window.addEventListener('offline', () => (online.value = false))
    liveQuery(async () => (await db.outbox.toArray()).map(({ user_id, state, delivered }) => ({ user_id, state, delivered }))).subscribe((found) => (entries.value = found))
    void measure()
    void getMeta<boolean>('first_pull').then((done) => (firstPull.value = { done: done ?? false, items: 0 }))
    void getMeta<string>('last_sync_at').then((at) => (lastSyncAt.value = at ?? null))
  }

  /** Syncs now; several calls at once make one run. */
  async function syncNow(): Promise<void> {
    start()
    const engine = await arrived().catch(() => null)
    engine?.start()
    await engine?.now()
  }

  return { online, state, tight, waiting, sending, attention, lastSyncAt, firstPull, start, syncNow }
})
