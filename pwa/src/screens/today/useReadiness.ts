/** Whether today's and tomorrow's visits can be done without a network, looked at again after each sync and while pictures come. */
import { computed, onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import { useSync } from '@/app/stores/sync'
import { useLiveQuery } from '@/composables/useLiveQuery'
import { db, getMeta } from '@/db/schema'
import type { VisitView } from '@/db/visits'
import { readinessOf, versionName, type Wanted } from '@/domain/readiness'
import { addressesOf, keptAddresses } from '@/photos/kept'

const LOOK_AGAIN_MS = 1_500
const PATIENCE_MS = 120_000

export function useReadiness(visits: Ref<readonly VisitView[]>) {
  const sync = useSync()
  const pictures = shallowRef<ReadonlySet<string>>(new Set())
  const { data: held } = useLiveQuery(async () => {
    const [versions, stores, checklists, mirrored] = await Promise.all([db.versions.toArray(), db.stores.toCollection().primaryKeys(), db.checklists.toArray(), getMeta<boolean>('first_pull')])
    return {
      versions: new Map(versions.map((one) => [versionName(one.checklist_id, one.number), addressesOf(one.content)])),
      published: new Map(checklists.map((list) => [list.id, list.published_version])),
      stores: new Set(stores),
      mirrored: mirrored ?? false,
    }
  })

  const wanted = computed<Wanted[]>(() =>
    visits.value.map((visit) => ({
      checklist_id: visit.checklist_id,
      version: visit.draft?.checklist_version ?? held.value?.published.get(visit.checklist_id) ?? visit.checklist_version,
      store_id: visit.store_id,
    })),
  )
  const readiness = computed(() => (held.value ? readinessOf(wanted.value, { ...held.value, pictures: pictures.value }) : null))

  let timer: ReturnType<typeof setTimeout> | undefined
  let since = 0
  async function look(): Promise<void> {
    clearTimeout(timer)
    pictures.value = await keptAddresses()
    const waits = readiness.value !== null && !readiness.value.ready && sync.online && Date.now() - since < PATIENCE_MS
    if (waits) timer = setTimeout(() => void look(), LOOK_AGAIN_MS)
  }
  // After each sync the pictures of what is new come by themselves.
  watch(() => [held.value, sync.lastSyncAt, sync.online, wanted.value.length], () => {
    since = Date.now()
    void look()
  }, { immediate: true })
  onScopeDispose(() => clearTimeout(timer))
  return { readiness }
}
