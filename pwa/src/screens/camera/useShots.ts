/** The shots of one opening of the camera: the last one at hand, the others kept without waiting for them. */
import { computed, ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { useToast } from '@/components'
import type { Photo } from '@/domain/checklist'
import type { Picture } from '@/photos'
import { photoWords, type KeptPhoto } from '../checklist/photoHandler'
import type { Roll } from './types'

export function useShots(roll: () => Roll, photos: () => readonly Photo[]) {
  const { t } = useI18n()
  const toast = useToast()
  const newest = shallowRef<KeptPhoto | null>(null)
  const pending = ref(0)
  const removed = shallowRef<(() => Promise<void>) | null>(null)
  /** Gone elsewhere, such as by an undo, it is not shown here either. */
  const last = computed(() => (newest.value && photos().some((photo) => photo.id === newest.value?.photo.id) ? newest.value : null))

  function say(thrown: unknown): void {
    const said = photoWords(thrown)
    if (said) toast.show(t(said), { state: 'fail' })
    else toast.problem(thrown)
  }

  async function take(shoot: () => Promise<Picture>): Promise<void> {
    pending.value += 1
    try {
      const kept = await roll().take(await shoot())
      newest.value = kept
      removed.value = null
    } catch (thrown) {
      say(thrown)
    } finally {
      pending.value -= 1
    }
  }

  /** Takes the last one out; the next shot is in its place. */
  async function drop(): Promise<void> {
    const gone = last.value
    if (!gone) return
    const back = await roll().remove(gone.photo)
    removed.value = async () => {
      await back()
      newest.value = gone
    }
  }

  async function restore(): Promise<void> {
    await removed.value?.()
    removed.value = null
  }

  /** Looked at and kept, whatever was said of it. */
  async function accept(): Promise<void> {
    if (!newest.value) return
    await roll().accept(newest.value.photo)
    newest.value = { ...newest.value, quality: null }
  }

  return { last, pending, removed, take, drop, restore, accept, show: (kept: KeptPhoto) => void (newest.value = kept) }
}
