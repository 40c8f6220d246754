/** A server at the edge of the network: answers what a test tells it, and writes down what it was asked. */
import { vi } from 'vitest'
import { hex, sha256 } from '@/photos/hash'

export interface Call {
  method: string
  path: string
  body: string | ArrayBuffer | null
}
export type Reply = (call: Call) => Response | Promise<Response> | undefined

export const json = (body: unknown, status = 200, type = 'application/json'): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': type } })
export const problem = (status: number, kind: string): Response =>
  json({ type: `/problems/${kind}`, title: kind, status }, status, 'application/problem+json')

export function serve(reply: Reply): Call[] {
  const calls: Call[] = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const call = { method: init.method ?? 'GET', path: url.replace('/api/v1', ''), body: (init.body ?? null) as Call['body'] }
    calls.push(call)
    const answer = await reply(call)
    if (!answer) throw new TypeError('Failed to fetch')
    return answer
  })
  return calls
}

export async function digest(body: Call['body']): Promise<string> {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : new Uint8Array(body ?? new ArrayBuffer(0))
  return hex(await sha256(bytes))
}

export async function receiptFor(call: Call, missing: string[] = []): Promise<Response> {
  const id = call.path.split('/').pop()
  return json({
    id,
    content_sha256: await digest(call.body),
    received_at: '2026-11-25T00:00:00.000Z',
    server_epoch: 'one',
    status: 'approved',
    score: 90,
    raw_score: 90,
    band: 'A',
    outcome: 'pass',
    missing_photos: missing,
    task_ids: [],
    flags: [],
  })
}
