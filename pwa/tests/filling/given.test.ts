import 'fake-indexeddb/auto'
import { beforeEach, expect, it } from 'vitest'
import { computed, effectScope, nextTick, shallowRef } from 'vue'
import { changeDraft } from '@/db/drafts'
import { db, type Draft } from '@/db/schema'
import { useGiven } from '@/screens/checklist/useGiven'

const stored = (): Promise<Draft | undefined> => db.drafts.get('d')

async function begun() {
  await db.drafts.put({ id: 'd', user_id: 'u', visit_id: 'v', answers: {}, rounds: {}, context: null, updated_at: '2026-11-25T01:00:00.000Z' } as unknown as Draft)
  const now = shallowRef<Draft | null>((await stored()) ?? null)
  const given = effectScope().run(() => useGiven(computed(() => now.value)))!
  return { ...given, look: async () => (now.value = (await stored()) ?? null) }
}

beforeEach(() => db.drafts.clear())

it('is shown before it is on the disk, and is the same afterwards', async () => {
  const { draft, keeping, give, look } = await begun()
  expect(keeping.value).toBe(false)
  const kept = give('a', { result: 'pass' })
  expect(draft.value?.answers.a?.result).toBe('pass')
  expect(keeping.value).toBe(true)
  expect((await stored())?.answers).toEqual({})
  await kept
  expect((await stored())?.answers.a?.result).toBe('pass')
  await look()
  await nextTick()
  expect(keeping.value).toBe(false)
  expect(draft.value?.answers.a).toEqual((await stored())?.answers.a)
})

it('an older look at the disk takes nothing back', async () => {
  const { draft, give, look } = await begun()
  const first = give('a', { result: 'fail' })
  const second = give('a', { note: 'dirty' })
  await look()
  expect(draft.value?.answers.a).toMatchObject({ result: 'fail', note: 'dirty' })
  await Promise.all([first, second])
  await look()
  expect(draft.value?.answers.a).toMatchObject({ result: 'fail', note: 'dirty' })
  expect((await stored())?.answers.a).toMatchObject({ result: 'fail', note: 'dirty' })
})

it('goes away again when it could not be kept', async () => {
  const { draft, give } = await begun()
  await give('a', { result: 'pass' })
  await db.drafts.clear()
  const lost = give('b', { result: 'pass' })
  expect(draft.value?.answers.b?.result).toBe('pass')
  await expect(lost).rejects.toThrow('draft-missing')
  expect(draft.value?.answers.b).toBeUndefined()
})

it('an answer that says the same stays the same object, whatever else changes', async () => {
  const { draft, give, look } = await begun()
  await give('a', { result: 'pass' })
  await look()
  const before = draft.value?.answers.a
  await changeDraft('d', (one) => void (one.note = 'something else'))
  await look()
  expect(draft.value?.note).toBe('something else')
  expect(draft.value?.answers.a).toBe(before)
})
