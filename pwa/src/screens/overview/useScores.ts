/** The scores of a period: from the server when it answers, else the last answer that is kept on this phone. */
import { ref, shallowRef, watch, type Ref } from 'vue'
import { scores } from '@/api/endpoints'
import type { ScoreReport } from '@/api/types'
import { getMeta, setMeta } from '@/db/schema'

export interface Scores {
  stores: ScoreReport
  weeks: ScoreReport
  at: string
}

const day = (moment: Date): string => `${moment.getFullYear()}-${String(moment.getMonth() + 1).padStart(2, '0')}-${String(moment.getDate()).padStart(2, '0')}`

/** The period of the last `days` days, today included. */
export function period(days: number, now: Date = new Date()): { from: string; to: string } {
  const from = new Date(now)
  from.setDate(from.getDate() - days + 1)
  return { from: day(from), to: day(now) }
}

export function useScores(days: Ref<number>) {
  const data = shallowRef<Scores | null>(null)
  const loading = ref(true)
  const error = ref<unknown>(null)

  async function load(): Promise<void> {
    const wanted = days.value
    const key = `scores:${wanted}`
    loading.value = data.value === null
    try {
      const when = period(wanted)
      const [stores, weeks] = await Promise.all([scores({ ...when, group_by: 'store' }), scores({ ...when, group_by: 'week' })])
      const found = { stores, weeks, at: new Date().toISOString() }
      await setMeta(key, found)
      if (wanted === days.value) data.value = found
      error.value = null
    } catch (thrown) {
      const kept = await getMeta<Scores>(key)
      if (wanted === days.value) data.value = kept ?? null
      error.value = thrown
    } finally {
      loading.value = false
    }
  }

  watch(days, () => void load(), { immediate: true })
  return { data, loading, error, load }
}
