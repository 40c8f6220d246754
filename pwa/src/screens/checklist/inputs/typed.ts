/** What somebody types on a phone: read as the server would, and never overtaken by its own saving. */
import { ref, watch, type Ref } from 'vue'

/** The number, of at most six digits and three behind the point; null for nothing typed; undefined while it is none yet. */
export function readNumber(text: string): number | null | undefined {
  const clean = text.normalize('NFKC').trim().replace(',', '.').replace(/^[−–]/, '-')
  if (clean === '') return null
  return /^-?\d{1,6}(\.\d{1,3})?$/.test(clean) ? Number(clean) : undefined
}

/** The text of a field. What comes back from saving an earlier stroke does not take away the later ones; a change from elsewhere shows. */
export function useTyped(kept: () => string, keep: (text: string) => void): { typed: Ref<string>; type: (text: string) => void } {
  const typed = ref(kept())
  let sent: string[] = []
  watch(kept, (value) => {
    const at = sent.indexOf(value)
    if (at >= 0) sent = sent.slice(at + 1)
    else if (value !== typed.value.trim()) typed.value = value
  })
  function type(text: string): void {
    typed.value = text
    sent.push(text)
    keep(text)
  }
  return { typed, type }
}
