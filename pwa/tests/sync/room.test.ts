import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { problemSlug } from '@/composables/useProblem'
import { db, disk, isFull, safely } from '@/db/schema'
import { room } from '@/photos/room'
import { photoWords } from '@/screens/checklist/photoHandler'
import { fresh } from './phone'

const full = () => Promise.reject(new DOMException('full', 'QuotaExceededError'))

beforeEach(fresh)
afterEach(() => {
  vi.restoreAllMocks()
  disk.full = false
})

it('what did not fit is remembered, said in words, and tried again before the next photo', async () => {
  expect((await room()).tight).toBe(false)
  const failed = await safely(full).catch((error: unknown) => error)
  expect(isFull(failed)).toBe(true)
  expect(problemSlug(failed)).toBe('no-room')
  expect(photoWords(failed)).toBe('checklist.noRoom')
  const put = vi.spyOn(db.meta, 'put').mockImplementation(full as never)
  expect((await room()).tight).toBe(true)
  put.mockRestore()
  expect((await room()).tight).toBe(false)
  expect(disk.full).toBe(false)
  expect(await db.meta.get('trial')).toBeUndefined()
})

it('a browser that tells of little room is believed', async () => {
  vi.stubGlobal('navigator', { ...navigator, storage: { estimate: async () => ({ usage: 90, quota: 100 }) } })
  expect((await room()).tight).toBe(true)
  vi.unstubAllGlobals()
})
