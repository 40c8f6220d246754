/** Asks how many stores are meant whenever the selection changes; after a short rest, the last question wins. */
import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { previewCampaign } from '@/api/campaignEndpoints'
import type { CampaignScope } from '@/api/campaignTypes'
import type { Selection } from '@/api/planTypes'

const REST_MS = 400

export function useScope(selection: () => Selection, online: () => boolean) {
  const data = shallowRef<CampaignScope | null>(null)
  const problem = shallowRef<unknown>(null)
  const busy = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = 0

  async function ask(text: string): Promise<void> {
    const mine = (asked += 1)
    try {
      const found = await previewCampaign(JSON.parse(text) as Selection)
      if (mine === asked) [data.value, problem.value] = [found, null]
    } catch (thrown) {
      if (mine === asked) problem.value = thrown
    } finally {
      if (mine === asked) busy.value = false
    }
  }

  watch(
    [() => JSON.stringify(selection()), online],
    ([text, isOnline]) => {
      clearTimeout(timer)
      if (!isOnline) return
      busy.value = true
      timer = setTimeout(() => void ask(text), REST_MS)
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
  return { data, problem, busy }
}
