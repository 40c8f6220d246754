/**
 * Sheets and dialogs stand on a library that most starts of the app never need. It comes with the first of them, or
 * when the first screen has long been there, so that a touch need not wait for it.
 */
import { defineAsyncComponent } from 'vue'

const sheet = () => import('./SheetBody.vue')
const dialog = () => import('./DialogBody.vue')

export const SheetBody = defineAsyncComponent(sheet)
export const DialogBody = defineAsyncComponent(dialog)

/** Fetches them while nothing else happens. Rejects when they cannot be had; then they come when they are needed. */
export async function fetchOverlays(): Promise<void> {
  await Promise.all([sheet(), dialog()])
}
