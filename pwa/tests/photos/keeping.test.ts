import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Visit } from '@/api/types'
import { addPhoto, markPhoto, removePhoto } from '@/db/draftPhotos'
import { finishDraft, saveAnswer, startVisit } from '@/db/drafts'
import { addFixPhoto, allFixes, fixOf, markFixPhoto, removeFixPhoto, saveFixNote } from '@/db/fixes'
import { db } from '@/db/schema'
import type { Photo } from '@/domain/checklist'
import { acceptQuality, qualityOf, type ProcessedPhoto } from '@/photos'
import { checkOriginal } from '@/photos/check'
import type { Quality } from '@/photos/quality'
import { tidy } from '@/sync/tidy'
import { content, item, section, words } from '../filling/items'
import { digest } from '../sync/server'

const ME = 'user-1'
const visit = { id: 'visit-1', store_id: 'store-1', store_name: words('Shop'), checklist_id: 'list-1', checklist_name: words('List'), checklist_version: 1 } as Visit
const blurred: Quality = { faults: ['blurred'], sharpness: 9, brightness: 120 }

async function photo(text: string, quality: Quality | null = null): Promise<ProcessedPhoto> {
  const bytes = new TextEncoder().encode(text).buffer as ArrayBuffer
  return { sha256: await digest(bytes), bytes, type: 'image/jpeg', width: 4, height: 3, taken_at: '2026-11-25T01:00:00.000Z', source: 'gallery', quality }
}

const listed = async (id: string): Promise<Photo[]> => (await db.drafts.get(id))?.answers.k?.photos ?? []

beforeEach(async () => {
  vi.stubGlobal('__APP_VERSION__', 'test')
  await db.delete()
  await db.open()
  await db.checklists.put({ id: 'list-1', code: 'L', name: words('List'), kind: 'visit', published_version: 1, draft_revision: 1, has_draft: false, retired_at: null })
  await db.versions.put({ checklist_id: 'list-1', number: 1, content: content(section('s', [item('pass_fail')])), content_sha256: '' })
})

describe('a drawing in a draft', () => {
  it('stands before its original, tells the same moment, and both are sent', async () => {
    const { id } = await startVisit(visit, ME)
    await saveAnswer(id, 'k', { result: 'pass' })
    const taken = await addPhoto(id, 'k', 'photos', await photo('one'))
    const marked = await markPhoto(id, 'k', 'photos', taken, { ...(await photo('drawn')), taken_at: '2026-11-25T09:00:00.000Z', source: 'camera' })
    expect(await listed(id)).toEqual([marked, taken])
    expect(marked).toMatchObject({ marks_of: taken.sha256, taken_at: taken.taken_at, source: 'gallery' })
    const entry = await finishDraft(id)
    expect(entry.photos).toEqual([marked.sha256, taken.sha256])
    expect((JSON.parse(entry.body) as { answers: { photos: Photo[] }[] }).answers[0]?.photos.map((one) => one.marks_of)).toEqual([taken.sha256, undefined])
  })

  it('drawn on again still names the picture as it was taken', async () => {
    const { id } = await startVisit(visit, ME)
    const taken = await addPhoto(id, 'k', 'photos', await photo('one'))
    const first = await markPhoto(id, 'k', 'photos', taken, await photo('drawn'))
    const second = await markPhoto(id, 'k', 'photos', first, await photo('drawn more'))
    expect(second.marks_of).toBe(taken.sha256)
    expect((await listed(id)).map((one) => one.id)).toEqual([second.id, taken.id])
  })

  it('goes with its original, and both come back to their place', async () => {
    const { id } = await startVisit(visit, ME)
    const other = await addPhoto(id, 'k', 'photos', await photo('other'))
    const taken = await addPhoto(id, 'k', 'photos', await photo('one'))
    const marked = await markPhoto(id, 'k', 'photos', taken, await photo('drawn'))
    const last = await addPhoto(id, 'k', 'photos', await photo('last'))
    const back = await removePhoto(id, 'k', 'photos', marked.id)
    expect((await listed(id)).map((one) => one.id)).toEqual([other.id, last.id])
    await back()
    expect((await listed(id)).map((one) => one.id)).toEqual([other.id, marked.id, taken.id, last.id])
  })
})

describe('a fix that is being prepared', () => {
  it('keeps photos and words over a restart, each person and task for itself', async () => {
    const taken = await addFixPhoto('task-1', ME, await photo('after'))
    await saveFixNote('task-1', ME, 'new seal')
    const marked = await markFixPhoto('task-1', ME, taken, await photo('after, drawn'))
    db.close()
    await db.open()
    expect(await fixOf('task-1', ME)).toEqual({ photos: [marked, taken], note: 'new seal' })
    expect(await fixOf('task-1', 'user-2')).toEqual({ photos: [], note: '' })
    expect(await fixOf('task-2', ME)).toEqual({ photos: [], note: '' })
  })

  it('gives back what was taken out', async () => {
    const taken = await addFixPhoto('task-1', ME, await photo('after'))
    await markFixPhoto('task-1', ME, taken, await photo('after, drawn'))
    const [marked] = (await fixOf('task-1', ME)).photos
    const back = await removeFixPhoto('task-1', ME, marked!.id)
    expect((await fixOf('task-1', ME)).photos).toEqual([])
    await back()
    expect((await fixOf('task-1', ME)).photos).toEqual([marked, taken])
  })

  it('is not tidied away, however long it takes', async () => {
    const old = await photo('after')
    await addFixPhoto('task-1', ME, { ...old, taken_at: '2026-01-01T00:00:00.000Z' })
    await tidy()
    expect(await db.photos.count()).toBe(1)
    expect(await allFixes()).toHaveLength(1)
  })
})

describe('what was found of a photo', () => {
  it('stays with it until somebody keeps it as it is', async () => {
    const { id } = await startVisit(visit, ME)
    const kept = await addPhoto(id, 'k', 'photos', await photo('one', blurred))
    expect(await qualityOf(kept.sha256)).toEqual({ ...blurred, accepted: false })
    await acceptQuality(kept.sha256)
    expect(await qualityOf(kept.sha256)).toEqual({ ...blurred, accepted: true })
    const unseen = await addPhoto(id, 'k', 'photos', await photo('two'))
    expect(await qualityOf(unseen.sha256)).toBeNull()
    expect(await qualityOf('elsewhere')).toBeNull()
  })
})

describe('checking an original', () => {
  it('here, on the server, changed, and out of reach', async () => {
    const here = await photo('one')
    await addFixPhoto('task-1', ME, here)
    expect(await checkOriginal(here.sha256)).toBe('sound')
    const there = await photo('there')
    vi.stubGlobal('fetch', async () => new Response(there.bytes))
    expect(await checkOriginal(there.sha256)).toBe('sound')
    expect(await checkOriginal('f'.repeat(64))).toBe('differs')
    vi.stubGlobal('fetch', async () => new Response('', { status: 503 }))
    expect(await checkOriginal(there.sha256)).toBe('unread')
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('offline')))
    expect(await checkOriginal(there.sha256)).toBe('unread')
  })
})
