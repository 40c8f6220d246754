/** Taking photos for one place: from a file or from the camera in the page, with what was found of each. */
import { computed, reactive, ref, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useToast } from '@/components'
import type { Photo } from '@/domain/checklist'
import { acceptQuality } from '@/photos'
import type { QualityFault } from '@/photos/quality'
import { isFresh } from '@/photos/source'
import type { Roll } from '../camera/types'
import { photoWords, type KeptPhoto, type PhotoHandler, type PhotoSlot } from './photoHandler'

export function usePhotoTaking(place: { itemKey: string; slotName: PhotoSlot; most: number; cameraOnly?: boolean }, handler: PhotoHandler | null, shown: Ref<Photo[]>) {
  const { t } = useI18n()
  const toast = useToast()
  const busy = ref(false)
  const found = reactive(new Map<string, QualityFault>())
  const poor = computed(() => shown.value.flatMap((photo, i) => (found.has(photo.id) ? [{ photo, place: i + 1, fault: found.get(photo.id)! }] : [])))

  function noted(kept: KeptPhoto): KeptPhoto {
    const fault = kept.quality?.faults[0]
    if (fault) found.set(kept.photo.id, fault)
    return kept
  }

  const roll: Roll = {
    take: async (picture) => noted(await handler!.take(place.itemKey, place.slotName, picture, 'camera')),
    mark: (photo, picture) => handler!.mark(place.itemKey, place.slotName, photo, picture),
    remove: (photo) => handler!.remove(place.itemKey, place.slotName, photo),
    accept,
  }

  async function takeFiles(event: Event, source: Photo['source']): Promise<void> {
    const input = event.target as HTMLInputElement
    const files = [...(input.files ?? [])].slice(0, Math.max(0, place.most - shown.value.length))
    input.value = ''
    busy.value = true
    try {
      for (const file of files) await takeFile(file, source)
    } catch (thrown) {
      const said = photoWords(thrown)
      if (said) toast.show(t(said), { state: 'fail' })
      else toast.problem(thrown)
    } finally {
      busy.value = false
    }
  }

  /** Where the camera was asked for, some browsers offer old pictures; those are named for what they are. */
  async function takeFile(file: File, asked: Photo['source']): Promise<void> {
    const source = asked === 'camera' && !isFresh(file) ? 'gallery' : asked
    if (source === 'gallery' && place.cameraOnly) toast.show(t('camera.notFresh'), { state: 'fail' })
    else noted((await handler!.take(place.itemKey, place.slotName, file, source)))
  }

  /** Looked at and kept as it is. */
  async function accept(photo: Photo): Promise<void> {
    found.delete(photo.id)
    await acceptQuality(photo.sha256)
  }

  return { busy, poor, roll, takeFiles, accept }
}
