/**
 * Where the phone is, for sorting what is near. Read once when somebody asks, or when they allowed it before; kept
 * in the memory of the page alone, never sent, never followed.
 */
import { onMounted, ref, shallowRef } from 'vue'
import { measureOnce } from '@/composables/positionWatch'
import type { Point } from '@/domain/geo'

const FRESH_MS = 10 * 60_000

interface Place {
  point: Point
  at: number
}

const place = shallowRef<Place | null>(null)

export function useHere() {
  const busy = ref(false)
  const refused = ref(false)

  async function ask(): Promise<void> {
    if (busy.value) return
    busy.value = true
    const { latitude, longitude } = await measureOnce()
    refused.value = latitude === null || longitude === null
    if (latitude !== null && longitude !== null) place.value = { point: { latitude, longitude }, at: Date.now() }
    busy.value = false
  }

  /** Whether it may be read without a question. */
  async function isGranted(): Promise<boolean> {
    const status = await navigator.permissions?.query({ name: 'geolocation' }).catch(() => null)
    return status?.state === 'granted'
  }

  onMounted(async () => {
    const isFresh = place.value !== null && Date.now() - place.value.at < FRESH_MS
    if (!isFresh && (await isGranted())) await ask()
  })
  return { place, busy, refused, ask }
}
