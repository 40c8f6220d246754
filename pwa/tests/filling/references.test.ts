import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { BEFORE, db, forgetMirror } from '@/db/schema'
import { photoUrl } from '@/photos'
import { keepReferences, referenceAddress, REFERENCES } from '@/photos/references'
import { content, item, section, words } from './items'

/** The browser's caches in their smallest form; gives what lies in the one of that name. */
function aCache(named = REFERENCES) {
  const all = new Map<string, Map<string, Response>>()
  const path = (request: string | { url: string }) => (typeof request === 'string' ? request : new URL(request.url).pathname + new URL(request.url).search)
  const lying = (name: string) => all.get(name) ?? all.set(name, new Map()).get(name)!
  const open = async (name: string) => ({
    keys: async () => [...lying(name).keys()].map((address) => ({ url: `http://localhost${address}` })),
    match: async (address: string) => lying(name).get(address)?.clone(),
    put: async (address: string, answer: Response) => void lying(name).set(address, answer),
    delete: async (request: { url: string }) => lying(name).delete(path(request)),
  })
  vi.stubGlobal('caches', { open, has: async (name: string) => all.has(name), delete: async (name: string) => all.delete(name) })
  return lying(named)
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

describe('the pictures that open tasks begin from', () => {
  const task = (id: string, status: string, photos: string[]) => db.tasks.put({ id, status, finding: { photos } } as never)

  it('are kept while their task is open, so that the ghost of the old state shows in a cellar', async () => {
    const kept = aCache(BEFORE)
    vi.stubGlobal('fetch', async () => new Response('picture'))
    await task('t1', 'open', ['a1', 'a2', 'a3', 'a4'])
    await task('t2', 'closed', ['b1'])
    await keepReferences()
    expect([...kept.keys()]).toEqual(['a1', 'a2', 'a3'].flatMap(both))
    expect(await photoUrl('a1')).toMatch(/^blob:/)
    await task('t1', 'closed', ['a1'])
    await keepReferences()
    expect(kept.size).toBe(0)
  })

  it('go with the tasks when somebody else signs in, and come again', async () => {
    aCache(BEFORE)
    const fetched = vi.fn(async () => new Response('picture'))
    vi.stubGlobal('fetch', fetched)
    await task('t1', 'open', ['c1'])
    await keepReferences()
    await forgetMirror()
    expect(await caches.has(BEFORE)).toBe(false)
    await task('t1', 'open', ['c1'])
    await keepReferences()
    expect(fetched).toHaveBeenCalledTimes(4)
  })
})
