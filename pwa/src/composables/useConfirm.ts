/** Questions that need an answer before something that cannot be undone. Asked one at a time; the shell shows them. */
import { shallowRef } from 'vue'

export interface Question {
  title: string
  text?: string
  confirm: string
  cancel?: string
  danger?: boolean
}

export interface ReasonQuestion extends Question {
  label: string
  hint?: string
  /** Fewest characters of a reason; 1 when absent. */
  min?: number
}

export interface Asked {
  question: Question
  reason: ReasonQuestion | null
  answer: (value: string | null) => void
}

export const asked = shallowRef<Asked | null>(null)
let queue: Promise<unknown> = Promise.resolve()

function ask(question: Question, reason: ReasonQuestion | null): Promise<string | null> {
  const next = queue.then(
    () =>
      new Promise<string | null>((resolve) => {
        const answer = (value: string | null): void => {
          asked.value = null
          resolve(value)
        }
        asked.value = { question, reason, answer }
      }),
  )
  queue = next
  return next
}

export function useConfirm() {
  return {
    /** True when the person says yes; closing the dialog is a no. */
    confirm: async (question: Question): Promise<boolean> => (await ask(question, null)) !== null,
    /** The reason that was written, or null when the person turned back. */
    askReason: (question: ReasonQuestion): Promise<string | null> => ask(question, question),
  }
}
