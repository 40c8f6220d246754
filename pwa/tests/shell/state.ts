/** Puts the stores into a known state, as if the person had signed in on this phone. */
import { useSession } from '@/app/stores/session'
import type { Me } from '@/api/types'
import type { Role } from '@/app/home'

export function signedInAs(role: Role): ReturnType<typeof useSession> {
  const session = useSession()
  const me = { id: 'u1', username: 'u1', name: 'U', role, locale: 'en', is_active: true, regions: [], stores: [], permissions: [], server_epoch: 'e1' }
  session.me = me as unknown as Me
  session.status = 'signedIn'
  return session
}
