/** Camera and drawing are fetched when they are first wanted; most visits to a screen need neither. */
import { shallowRef, type Component } from 'vue'
import { useToast } from '@/components'
import { canOpen } from './device'

const Camera = shallowRef<Component | null>(null)
const MarkUp = shallowRef<Component | null>(null)

export function useCameraParts() {
  const toast = useToast()

  /** True when the camera in the page can be shown; else the phone's own has to do. */
  async function withCamera(): Promise<boolean> {
    if (!canOpen()) return false
    Camera.value ??= await import('./Camera.vue').then((part) => part.default).catch(() => null)
    return Camera.value !== null
  }

  /** True when one can draw; else it is said why not. */
  async function withMarkUp(): Promise<boolean> {
    try {
      MarkUp.value ??= (await import('./MarkUp.vue')).default
      return true
    } catch (thrown) {
      toast.problem(thrown)
      return false
    }
  }

  return { Camera, MarkUp, withCamera, withMarkUp }
}
