/** The address of a photo to show: the local copy when there is one, else the server's. */
import { onScopeDispose, ref, watch, type Ref } from 'vue'
import { photoUrl, previewUrl } from '@/photos/address'

export type PhotoSize = 'thumb' | 'display' | 'original'

interface Shown {
  url: Ref<string | null>
  missing: Ref<boolean>
  /** What is shown is the small copy that went ahead. */
  preview: Ref<boolean>
  /** It could not be shown: the small copy is tried, and after that there is none. */
  fail(): void
}

export function usePhotoUrl(sha256: () => string | undefined, size: PhotoSize): Shown {
  const url = ref<string | null>(null)
  const missing = ref(false)
  const preview = ref(false)

  function drop(): void {
    if (url.value?.startsWith('blob:')) URL.revokeObjectURL(url.value)
    url.value = null
  }

  watch(
    sha256,
    async (wanted) => {
      drop()
      missing.value = false
      preview.value = false
      if (!wanted) return
      try {
        const found = await photoUrl(wanted, size)
        if (wanted !== sha256()) return
        url.value = found
      } catch {
        missing.value = true
      }
    },
    { immediate: true },
  )
  function fail(): void {
    const wanted = sha256()
    missing.value = preview.value || !wanted
    if (!wanted || preview.value) return
    drop()
    preview.value = true
    url.value = previewUrl(wanted)
  }

  onScopeDispose(drop)
  return { url, missing, preview, fail }
}
