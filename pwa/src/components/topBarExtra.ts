/** What the shell puts at the end of the top bar of every main screen; components know no more of it than that. */
import { shallowRef, type Component } from 'vue'

export const topBarExtra = shallowRef<Component | null>(null)
