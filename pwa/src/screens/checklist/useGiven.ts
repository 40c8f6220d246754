/**
 * What was just tapped is shown at once; the disk follows a moment later, and from then on what is on the disk is
 * shown. An answer that could not be kept goes away again.
 */
import { computed, shallowRef, watch, type Ref } from 'vue'
import { emptyAnswer, saveAnswer } from '@/db/drafts'
import type { Draft } from '@/db/schema'
import type { Answer } from '@/domain/checklist'

interface Given {
  at: string
  fields: Partial<Answer>
}

/** Rows from the database are new objects each time; one that says the same stays the same, so that its card rests. */
function steadyAnswers() {
  let last: Record<string, Answer> = {}
  const same = (one: Answer | undefined, other: Answer): boolean => one !== undefined && JSON.stringify(one) === JSON.stringify(other)
  return (answers: Record<string, Answer>): Record<string, Answer> => {
    last = Object.fromEntries(Object.entries(answers).map(([key, answer]) => [key, same(last[key], answer) ? last[key]! : answer]))
    return last
  }
}

export function useGiven(stored: Ref<Draft | null>) {
  const given = shallowRef<ReadonlyMap<string, Given>>(new Map())
  const steady = steadyAnswers()

  const draft = computed<Draft | null>(() => {
    const now = stored.value
    if (!now) return null
    const answers = { ...now.answers }
    for (const [key, { at, fields }] of given.value) answers[key] = { ...(answers[key] ?? emptyAnswer(key)), ...fields, changed_at: at }
    return { ...now, answers: steady(answers) }
  })

  function without(gone: (key: string, one: Given) => boolean): void {
    const left = [...given.value].filter(([key, one]) => !gone(key, one))
    if (left.length < given.value.size) given.value = new Map(left)
  }

  watch(stored, (now) => without((key, { at }) => (now?.answers[key]?.changed_at ?? '') >= at), { flush: 'sync' })

  /** Resolves when it is on the disk; rejects when it could not be kept. */
  async function give(key: string, fields: Partial<Answer>): Promise<void> {
    if (!stored.value) return
    const one: Given = { at: new Date().toISOString(), fields: { ...given.value.get(key)?.fields, ...fields } }
    given.value = new Map(given.value).set(key, one)
    try {
      await saveAnswer(stored.value.id, key, fields)
    } catch (error) {
      without((_, other) => other === one)
      throw error
    }
  }

  /** Something is shown that is not on the disk yet. */
  const keeping = computed(() => given.value.size > 0)
  return { draft, keeping, give }
}
