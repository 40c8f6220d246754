/** How one wants to be told: asked from the server, and each change is kept there at once. */
import { ref, shallowRef } from 'vue'
import { chooseMessages, messageSettings } from '@/api/messageEndpoints'
import type { MessageChoices, MessageSettings } from '@/api/messageTypes'
import { useToast } from '@/composables/useToast'

export function useSettings() {
  const toast = useToast()
  const settings = shallowRef<MessageSettings | null>(null)
  const problem = ref<unknown>(null)
  const saved = ref(false)
  let turn = Promise.resolve()

  async function load(): Promise<void> {
    problem.value = null
    try {
      settings.value = await messageSettings()
    } catch (thrown) {
      problem.value = thrown
    }
  }

  /** Changes are sent one after the other; what is refused goes back to what it was. */
  function change(changes: Partial<MessageChoices>): Promise<void> {
    const before = settings.value
    if (!before) return turn
    settings.value = { ...before, ...changes }
    saved.value = false
    turn = turn.then(() => send(before))
    return turn
  }

  async function send(before: MessageSettings): Promise<void> {
    const now = settings.value!
    const { email, groups, quiet, digest_at, timezone } = now
    try {
      const kept = await chooseMessages({ email, groups, quiet, digest_at, timezone })
      if (settings.value === now) settings.value = kept
      saved.value = true
    } catch (thrown) {
      settings.value = before
      toast.problem(thrown)
    }
  }

  return { settings, problem, saved, load, change }
}
