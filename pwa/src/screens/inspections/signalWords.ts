/** The facts behind a flag, in words for whoever reviews the report. Nothing here accuses anybody. */
import { useI18n } from 'vue-i18n'
import type { Bilingual, Signal } from '@/api/types'
import { useBi } from '@/i18n/bi'
import { useFormat } from '@/i18n/format'

/** A photo of the report beside the one that looks like it. */
export interface Pair {
  sha256: string
  /** Null when it hangs in a store that the reviewer may not see. */
  other: string | null
  /** Where the other one is shown. */
  to: string | null
  text: string
}

interface Told {
  sha256: string
  taken_at?: string
  metres?: number
  by?: 'phone' | 'exif'
  strong?: boolean
  bits?: number | null
  other?: { sha256: string | null; inspection_id: string | null; task_id: string | null; store_name: Bilingual | null; taken_at: string }
}
interface Stay {
  store_name: Bilingual | null
  minutes: number
  inspection_id: string | null
}

export function useSignalWords(zone: () => string | undefined) {
  const { t } = useI18n()
  const { bi } = useBi()
  const format = useFormat()
  const at = (when: unknown): string => format.dateTime(String(when), { timeZone: zone() })
  const spent = (seconds: unknown): string => (Number(seconds) < 60 ? t('inspections.fact.seconds', { n: format.number(Number(seconds)) }) : format.duration(Number(seconds) * 1000))
  const say = (key: string, values: Record<string, unknown> = {}): string => t(`inspections.fact.${key}`, values)
  const storeName = (name: Bilingual | null | undefined): string => (name ? bi(name) : say('anotherStore'))

  const WORDS: Record<string, (facts: Record<string, unknown>) => string[]> = {
    no_position: ({ reason }) => (reason ? [say('reason', { reason })] : []),
    outside_fence: ({ metres, accuracy, fence, reason }) => [
      say('outside', { distance: format.distance(Number(metres)), accuracy: format.distance(Number(accuracy ?? 0)), fence: format.distance(Number(fence)) }),
      ...(reason ? [say('reason', { reason })] : []),
    ],
    late: ({ due_at, finished_at }) => [say('late', { due: at(due_at), done: at(finished_at) })],
    too_fast: ({ items, seconds, median_seconds }) => [say('pace', { n: items, spent: spent(seconds), median: spent(median_seconds) })],
    too_long: ({ seconds }) => [say('took', { spent: spent(seconds) })],
    answers_alike: ({ items, result, median_seconds }) => [say('alike', { n: items, result: t(`common.result.${String(result)}`), median: spent(median_seconds) })],
    many_na: ({ items, na }) => [say('na', { n: na, m: items })],
    impossible_travel: ({ km, minutes, km_h, from, to }) => [
      say('travel', { km: format.number(Number(km)), minutes: format.number(Number(minutes)), speed: km_h, from: at((from as { at: string }).at), to: at((to as { at: string }).at) }),
    ],
    overlapping_visits: ({ visits }) => (visits as Stay[]).map((stay) => say('overlap', { store: storeName(stay.store_name), minutes: stay.minutes })),
    frozen_position: ({ still, as_before }) => [
      ...(still ? [say('still', { n: (still as { fixes: number }).fixes, spent: spent((still as { seconds: number }).seconds) })] : []),
      ...(as_before ? [say('asBefore', { when: (as_before as { at: string }[]).map((one) => at(one.at)).join(t('inspections.listJoin')) })] : []),
    ],
    clock_wrong: ({ backwards_seconds, ahead_seconds, off_seconds }) => [
      ...(backwards_seconds ? [say('backwards', { spent: spent(backwards_seconds) })] : []),
      ...(ahead_seconds ? [say('ahead', { spent: spent(ahead_seconds) })] : []),
      ...(off_seconds ? [say('off', { spent: spent(Math.abs(Number(off_seconds))) })] : []),
    ],
    clock_changed: ({ counted_seconds, clock_seconds, answers_outside, heard_at }) => [
      ...(counted_seconds ? [say('counted', { counted: spent(counted_seconds), clock: spent(clock_seconds) })] : []),
      ...(answers_outside ? [say('outsideVisit', { n: answers_outside })] : []),
      ...(heard_at ? [say('heard', { when: at(heard_at) })] : []),
    ],
    photo_old: ({ photos }) => (photos as Told[]).map((photo) => say(photo.by === 'exif' ? 'oldByFile' : 'oldByPhone', { when: at(photo.taken_at) })),
    photo_elsewhere: ({ photos }) => (photos as Told[]).map((photo) => say('away', { distance: format.distance(photo.metres) })),
  }

  /** A line for each fact; none where the flag says all. */
  function lines(signal: Signal): string[] {
    return WORDS[signal.code]?.(signal.facts) ?? []
  }

  /** Photos that were handed in before, each beside the other one. */
  function pairs(signal: Signal): Pair[] {
    if (signal.code !== 'photo_reused' && signal.code !== 'photo_similar') return []
    return (signal.facts.photos as Told[]).map(({ sha256, bits, strong, other }) => {
      const likeness = bits === null || bits === undefined ? say('sameFile') : say(strong ? 'nearlySame' : 'alikePicture')
      const text = say('seen', { likeness, store: storeName(other?.store_name), when: at(other?.taken_at) })
      const to = other?.inspection_id ? `/inspections/${other.inspection_id}` : other?.task_id ? `/tasks/${other.task_id}` : null
      return { sha256, other: other?.sha256 ?? null, to, text }
    })
  }

  return { lines, pairs }
}
