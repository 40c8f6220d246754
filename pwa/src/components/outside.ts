/** A touch on a notice, to undo something, does not close the sheet below it. */
export function keepForToasts(event: CustomEvent<{ originalEvent: Event }>): void {
  const touched = event.detail.originalEvent.target
  if (touched instanceof Element && touched.closest('.r-toasts')) event.preventDefault()
}
