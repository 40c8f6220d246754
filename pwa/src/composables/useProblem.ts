/** Turns anything that was thrown into words: what happened and what to do. The phone translates by `type`, never by the server's text. */
import { useI18n } from 'vue-i18n'
import { isFull } from '@/db/schema'

export interface ProblemWords {
  title: string
  text: string
  /** The id to tell the help desk, when the server gave one. */
  id: string | null
}

function field(problem: unknown, ...names: string[]): unknown {
  if (typeof problem !== 'object' || problem === null) return undefined
  const record = problem as Record<string, unknown>
  return names.map((name) => record[name]).find((value) => value !== undefined && value !== null)
}

/** The last part of the problem's type; `network` when nothing answered, `unknown` when it is nothing we know. */
export function problemSlug(problem: unknown): string {
  if (isFull(problem)) return 'no-room'
  const type = field(problem, 'type', 'slug')
  if (typeof type === 'string' && type !== '' && type !== 'about:blank') return type.split('/').pop() ?? 'unknown'
  const name = field(problem, 'name')
  if (problem instanceof TypeError || name === 'NetworkError' || name === 'TimeoutError' || name === 'AbortError') return 'network'
  const status = field(problem, 'status')
  if (status === 0) return 'network'
  if (typeof status === 'number' && status >= 500) return status === 503 ? 'unavailable' : 'internal'
  return 'unknown'
}

export function useProblem() {
  const { t, te } = useI18n()
  function words(problem: unknown): ProblemWords {
    const slug = problemSlug(problem)
    const key = te(`common.problem.${slug}.title`) ? slug : 'unknown'
    const id = field(problem, 'request_id', 'requestId')
    return { title: t(`common.problem.${key}.title`), text: t(`common.problem.${key}.text`), id: typeof id === 'string' ? id : null }
  }
  return { words }
}
