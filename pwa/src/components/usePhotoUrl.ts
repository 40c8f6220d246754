/** The address of a photo to show: the local copy when there is one, else the server's. */
import { onScopeDispose, ref, watch, type Ref } from 'vue'
import { photoUrl } from '@/photos/address'

export type PhotoSize = 'thumb' | 'display' | 'original'

export function usePhotoUrl(sha256: () => string | undefined, size: PhotoSize): { url: Ref<string | null>; missing: Ref<boolean> } {
  const url = ref<string | null>(null)
  const missing = ref(false)

  function drop(): void {
    if (url.value?.startsWith('blob:')) URL.revokeObjectURL(url.value)
    url.value = null
  }

  watch(
    sha256,
    async (wanted) => {
      drop()
      missing.value = false
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
  onScopeDispose(drop)
  return { url, missing }
}
