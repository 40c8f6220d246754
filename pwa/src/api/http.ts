/** One way to talk to the server: same origin, cookies, JSON, and one renewed sign-in at a time. */
import { newId } from '@/db/ids'
import { base64, sha256 } from '@/photos/hash'
import { ApiProblem, NetworkError, NotOurs, type ProblemBody } from './problems'

const BASE = '/api/v1'
const PATIENCE_MS = 30_000
const UPLOAD_PATIENCE_MS = 120_000

export interface Request {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Sent as JSON. */
  json?: unknown
  /** Sent as it is; `type` says what it is. */
  raw?: ArrayBuffer | string
  type?: string
  /** Adds the Content-Digest that every write from a phone needs. */
  digest?: boolean
  /** Whose it is; the server refuses it under anybody else's sign-in. */
  owner?: string
}

/** The JSON of the answer. Throws ApiProblem, NetworkError or NotOurs. */
export async function request<T>(path: string, options: Request = {}): Promise<T> {
  try {
    return await once<T>(path, options)
  } catch (error) {
    if (!isExpired(error) || path.startsWith('/auth/')) throw error
    await renew()
    return once<T>(path, options)
  }
}

function isExpired(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 401
}

async function once<T>(path: string, options: Request): Promise<T> {
  const method = options.method ?? 'GET'
  const headers = new Headers({ Accept: 'application/json' })
  const body = options.json === undefined ? options.raw : JSON.stringify(options.json)
  if (body !== undefined) headers.set('Content-Type', options.type ?? 'application/json')
  if (options.digest && body !== undefined) headers.set('Content-Digest', await digestOf(body))
  if (method !== 'GET') {
    const csrf = cookie(path === '/auth/refresh' ? 'rounds_csrf_refresh' : 'rounds_csrf')
    if (csrf) headers.set('X-CSRF-TOKEN', csrf)
  }
  if (options.owner) headers.set('Rounds-User', options.owner)
  const id = newId()
  headers.set('X-Request-ID', id)
  const patience = body instanceof ArrayBuffer ? UPLOAD_PATIENCE_MS : PATIENCE_MS
  const answer = await reach(BASE + path, { method, headers, body: body ?? null, patience })
  return read<T>(answer, id)
}

async function digestOf(body: ArrayBuffer | string): Promise<string> {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : new Uint8Array(body)
  return `sha-256=:${base64(await sha256(bytes))}:`
}

async function reach(url: string, init: RequestInit & { patience: number }): Promise<Response> {
  const { patience, ...rest } = init
  try {
    // Our server never sends anybody elsewhere; a network's sign-in page does, and must not get what we carry.
    return await fetch(url, { ...rest, credentials: 'same-origin', cache: 'no-store', redirect: 'error', signal: AbortSignal.timeout(patience) })
  } catch (error) {
    throw new NetworkError(error instanceof Error ? error.message : 'no answer')
  }
}

async function read<T>(answer: Response, id: string): Promise<T> {
  // Something on the way may hand out an old answer, or somebody else's.
  if ((answer.headers.get('X-Request-ID') ?? id) !== id) throw new NotOurs('the answer to another request')
  const kind = answer.headers.get('Content-Type') ?? ''
  if (answer.status === 204) return undefined as T
  if (!kind.includes('json')) throw new NotOurs(`an answer that is not ours (${answer.status})`)
  let body: unknown
  try {
    body = await answer.json()
  } catch {
    throw new NotOurs('half an answer')
  }
  if (answer.ok) return body as T
  if (!isProblem(body) || body.status !== answer.status) throw new NotOurs(`an error that is not ours (${answer.status})`)
  throw new ApiProblem(body, Number(answer.headers.get('Retry-After')) || null)
}

function isProblem(body: unknown): body is ProblemBody {
  return typeof body === 'object' && body !== null && 'type' in body && 'status' in body
}

/** A cookie that scripts may read; over TLS its name carries a prefix. */
export function cookie(name: string): string | null {
  for (const part of document.cookie.split('; ')) {
    const [key, value] = part.split('=')
    if (key === name || key === `__Host-${name}`) return value ?? null
  }
  return null
}

let renewing: Promise<void> | null = null

/** Renews the sign-in, once for all tabs; whoever comes second uses what the first one got. */
export function renew(): Promise<void> {
  renewing ??= locked(async () => {
    await once('/auth/refresh', { method: 'POST' })
  }).finally(() => {
    renewing = null
  })
  return renewing
}

async function locked(work: () => Promise<void>): Promise<void> {
  if (!navigator.locks) return work()
  const before = cookie('rounds_csrf')
  await navigator.locks.request('rounds-auth', async () => {
    // Another tab may have renewed while this one waited; then its cookies serve here too.
    if (cookie('rounds_csrf') === before) await work()
  })
}
