import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { db } from '@/db/schema'
import { photoUrl } from '@/photos'
import { keepReferences, referenceAddress } from '@/photos/references'
import { content, item, section, words } from './items'

/** The browser's cache in its smallest form. */
function aCache() {
  const kept = new Map<string, Response>()
  const path = (request: string | { url: string }) => (typeof request === 'string' ? request : new URL(request.url).pathname + new URL(request.url).search)
  const cache = {
    keys: async () => [...kept.keys()].map((address) => ({ url: `http://localhost${address}` })),
    match: async (address: string) => kept.get(address)?.clone(),
    put: async (address: string, answer: Response) => void kept.set(address, answer),
    delete: async (request: { url: string }) => kept.delete(path(request)),
  }
  vi.stubGlobal('caches', { open: async () => cache })
  return kept
}

const shows = (...hashes: string[]) =>
  db.versions.put({
    checklist_id: 'c', number: 1, content_sha256: '',
    content: content(section('s', [item('pass_fail', { references: hashes.map((sha256) => ({ sha256, shows: 'right' as const, caption: words('') })) })])),
  })
const both = (sha256: string) => [referenceAddress(sha256, 'thumb'), referenceAddress(sha256, 'display')]

beforeEach(async () => {
  await db.delete()
  await db.open()
})
afterEach(() => vi.unstubAllGlobals())

describe('reference pictures', () => {
  it('are fetched once, kept, and let go with their checklist', async () => {
    const kept = aCache()
    const fetched = vi.fn(async () => new Response('picture'))
    vi.stubGlobal('fetch', fetched)
    await shows('aa', 'bb')
    await keepReferences()
    await keepReferences()
    expect([...kept.keys()]).toEqual([...both('aa'), ...both('bb')])
    expect(fetched).toHaveBeenCalledTimes(4)
    await shows('bb', 'cc')
    await keepReferences()
    expect([...kept.keys()]).toEqual([...both('bb'), ...both('cc')])
    expect(fetched).toHaveBeenCalledTimes(6)
  })

  it('show from the kept copy, others from the server', async () => {
    const kept = aCache()
    kept.set(referenceAddress('dd', 'thumb'), new Response('picture'))
    expect(await photoUrl('dd', 'thumb')).toMatch(/^blob:/)
    expect(await photoUrl('ee', 'thumb')).toBe('/api/v1/photos/ee?size=thumb')
  })

  it('that the server does not give are asked for again, not kept as nothing', async () => {
    const kept = aCache()
    vi.stubGlobal('fetch', async () => new Response('', { status: 503 }))
    await shows('ff')
    await keepReferences()
    expect(kept.size).toBe(0)
    vi.stubGlobal('fetch', async () => new Response('picture'))
    await keepReferences()
    expect([...kept.keys()]).toEqual(both('ff'))
  })
})
