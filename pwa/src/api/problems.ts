/**
 * What can go wrong on the way to the server, and what the phone does about it.
 *
 * The law: what may heal by itself is sent again for ever; a missing sign-in pauses; what the server
 * refuses is kept and shown; and only a receipt that fits removes anything from the phone.
 */

export interface ProblemBody {
  type: string
  title: string
  status: number
  detail?: string
  errors?: { pointer: string; code: string; message: string }[]
  request_id?: string
  current?: unknown
}

/** The server refused, in its own words. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly type: string
  readonly status: number
  readonly request_id: string | null
  readonly body: ProblemBody
  readonly retryAfter: number | null

  constructor(body: ProblemBody, retryAfter: number | null = null) {
    super(body.title)
    this.type = body.type
    this.status = body.status
    this.request_id = body.request_id ?? null
    this.body = body
    this.retryAfter = retryAfter
  }
}

/** Nothing answered, or not in time. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError'
}

/** Something answered that is not our server: a sign-in page of a hotel, a proxy, half an answer. */
export class NotOurs extends Error {
  override readonly name = 'NetworkError'
}

export type Verdict = 'retry' | 'pause' | 'keep'

const RETRIED_TYPES = new Set(['/problems/incomplete-body', '/problems/digest-mismatch', '/problems/length-required'])
const RETRIED_STATUS = new Set([408, 425, 429])

/** What to do with an entry of the outbox after this error. */
export function classify(error: unknown): Verdict {
  if (!(error instanceof ApiProblem)) return 'retry'
  if (error.status === 401 || error.type === '/problems/csrf') return 'pause'
  if (error.status >= 500 || RETRIED_STATUS.has(error.status) || RETRIED_TYPES.has(error.type)) return 'retry'
  return 'keep'
}
