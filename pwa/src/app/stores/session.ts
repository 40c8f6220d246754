/** Who is signed in on this phone. It is known without a network; the server is asked when there is one. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import * as api from '@/api/endpoints'
import { cookie } from '@/api/http'
import { ApiProblem } from '@/api/problems'
import type { Me, User } from '@/api/types'
import { unsent } from '@/db/outbox'
import { db, forgetMirror, getMeta, setMeta } from '@/db/schema'
import { askToKeep } from '@/photos/room'

export type SessionStatus = 'unknown' | 'signedOut' | 'signedIn' | 'expired'

export const useSession = defineStore('session', () => {
  const me = shallowRef<Me | null>(null)
  const status = ref<SessionStatus>('unknown')
  const user = computed<User | null>(() => me.value)
  /** The phone has thrown our data away while somebody was signed in. */
  const evicted = ref(false)

  /** Who was here last; then, if the server answers, whether they still may. */
  async function restore(): Promise<void> {
    const known = await getMeta<Me>('me')
    evicted.value = (await getMeta<boolean>('evicted')) ?? false
    if (known) {
      me.value = known
      status.value = 'signedIn'
      void refresh()
      return
    }
    // Nobody is known here, and yet there is a sign-in: the database is gone, the cookies are not.
    if (cookie('rounds_csrf')) await afterEviction()
    else status.value = 'signedOut'
  }

  async function afterEviction(): Promise<void> {
    evicted.value = true
    await setMeta('evicted', true)
    try {
      await remember(await api.me())
    } catch {
      status.value = 'signedOut'
    }
  }

  /** Somebody has read that the phone removed our data. */
  async function evictionSeen(): Promise<void> {
    evicted.value = false
    await db.meta.delete('evicted')
  }

  /** Asks the server who one is now; without an answer all stays as it is. */
  async function refresh(): Promise<void> {
    try {
      await remember(await api.me())
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) expire()
    }
  }

  async function remember(found: Me): Promise<void> {
    const owner = await getMeta<string>('owner')
    if (owner !== found.id) {
      await forgetMirror()
      await setMeta('owner', found.id)
    }
    await setMeta('me', found)
    await setMeta('names', { ...(await getMeta<Record<string, string>>('names')), [found.id]: found.name })
    me.value = found
    status.value = 'signedIn'
  }

  /** Throws ApiProblem or NetworkError. */
  async function signIn(username: string, password: string): Promise<void> {
    await api.signIn(username, password, navigator.userAgent.slice(0, 120))
    await remember(await api.me())
    void askToKeep()
  }

  /**
   * Signs out, unless something is only on this phone: then says how many things wait. Who has `exported` them may
   * go; they stay here all the same, for their owner alone.
   */
  async function signOut(exported = false): Promise<{ blocked: number } | void> {
    const waiting = me.value && !exported ? await unsent(me.value.id) : 0
    if (waiting) return { blocked: waiting }
    try {
      await api.signOut()
    } catch (error) {
      if (!(error instanceof ApiProblem && error.status === 401)) throw error
    }
    await forgetMirror()
    await db.meta.bulkDelete(['me', 'owner'])
    me.value = null
    status.value = 'signedOut'
  }

  function expire(): void {
    if (me.value) status.value = 'expired'
  }

  const can = (permission: string): boolean => me.value?.permissions.includes(permission) ?? false

  return { user, me, status, evicted, restore, refresh, signIn, signOut, expire, evictionSeen, can }
})
