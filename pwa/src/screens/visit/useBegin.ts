/**
 * Beginning a visit: the check-in is read, whatever is unusual about it is said and wants a reason, and then it
 * begins. Nothing is refused; who reviews the report sees the reason (domain rules 5.5 and 6).
 */
import { ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import type { CheckIn, Store } from '@/api/types'
import { useConfirm, useToast } from '@/components'
import { measureOnce } from '@/composables/positionWatch'
import { setCheckIn, startVisit } from '@/db/drafts'
import { noteStart } from '@/db/starts'
import type { VisitView } from '@/db/visits'
import { timingOf } from '@/domain/visitTiming'
import { useFormat } from '@/i18n/format'
import { tellStarts } from '@/sync/aside'
import { distanceTo, isInside } from './position'

const USUAL_FENCE_M = 200

export function useBegin(userId: () => string | undefined) {
  const { t } = useI18n()
  const format = useFormat()
  const router = useRouter()
  const toast = useToast()
  const { askReason } = useConfirm()
  const busy = ref(false)

  /** What is unusual, as a title with a sentence each. */
  function unusual(visit: VisitView, store: Store | undefined, place: CheckIn): { title: string; text: string }[] {
    const found: { title: string; text: string }[] = []
    const timing = timingOf(visit, Date.now())
    const zone = { timeZone: store?.timezone }
    if (timing === 'tooEarly') found.push({ title: t('visit.earlyTitle'), text: t('visit.tooEarlyText', { time: format.dateTime(visit.early_at ?? visit.opens_at, zone) }) })
    if (timing === 'missed') found.push({ title: t('visit.missedTitle'), text: t('visit.missedText', { time: format.dateTime(visit.missed_at, zone) }) })
    const distance = distanceTo(store, place)
    if (place.source === 'none') found.push({ title: t('visit.noPositionTitle'), text: t('visit.noPositionText') })
    else if (distance !== null && !isInside(distance, place.accuracy, store?.geofence_m ?? USUAL_FENCE_M)) {
      found.push({ title: t('visit.outsideTitle'), text: t('visit.outsideText', { distance: format.distance(distance) }) })
    }
    return found
  }

  /** Null when the person turned back. */
  async function checkIn(visit: VisitView, store: Store | undefined): Promise<CheckIn | null> {
    const place = await measureOnce()
    const found = unusual(visit, store, place)
    if (!found.length) return place
    const reason = await askReason({
      title: found[0]!.title,
      text: [...found.map((one) => one.text), t('visit.mayGoOn')].join(' '),
      label: t('visit.reason'),
      confirm: t('visit.goOn'),
      min: 2,
    })
    return reason === null ? null : { ...place, reason }
  }

  async function begin(visit: VisitView, store: Store | undefined): Promise<void> {
    const id = userId()
    if (!id || busy.value) return
    if (visit.draft?.check_in) return void (await router.push(`/visits/${visit.id}/check`))
    busy.value = true
    try {
      const place = await checkIn(visit, store)
      if (!place) return
      const draft = await startVisit(visit, id)
      await setCheckIn(draft.id, place)
      await noteStart({ visit_id: visit.id, user_id: id, device_at: draft.started_at })
      void tellStarts(id).catch(() => undefined)
      await router.push(`/visits/${visit.id}/check`)
    } catch (thrown) {
      toast.problem(thrown)
    } finally {
      busy.value = false
    }
  }

  return { busy, begin }
}
