import { expect, it } from 'vitest'
import { nextTick, ref } from 'vue'
import type { Section } from '@/domain/checklist'
import { useWalk } from '@/screens/checklist/useWalk'

const section = (key: string, ...items: string[]): Section => ({ key, items: items.map((one) => ({ key: one })) }) as unknown as Section

/** The next section comes after the answer has been painted. */
const painted = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 60))

function walking(...open: string[]) {
  const sections = ref([section('a', 'a1', 'a2'), section('b', 'b1'), section('c', 'c1')])
  const missing = ref(new Set(open))
  const walk = useWalk(sections, missing)
  const answer = async (key: string): Promise<string[]> => {
    missing.value = new Set([...missing.value].filter((one) => one !== key))
    await painted()
    return walk.shown.value.map((one) => one.key)
  }
  return { sections, missing, walk, answer, shown: () => walk.shown.value.map((one) => one.key) }
}

it('shows one section until its last open item is answered, then the next below it', async () => {
  const { answer, shown } = walking('a1', 'a2', 'b1', 'c1')
  expect(shown()).toEqual(['a'])
  expect(await answer('a1')).toEqual(['a'])
  expect(await answer('a2')).toEqual(['a', 'b'])
  expect(await answer('b1')).toEqual(['b', 'c'])
  expect(await answer('c1')).toEqual(['b', 'c'])
})

it('passes over a section in which nothing is open', async () => {
  const { answer } = walking('a1', 'c1')
  expect(await answer('a1')).toEqual(['a', 'c'])
})

it('stays where it is when an answer is taken back or a section was complete before', async () => {
  const { answer, missing, shown, walk } = walking('c1')
  expect(shown()).toEqual(['a'])
  missing.value = new Set(['a1', 'c1'])
  await painted()
  expect(shown()).toEqual(['a'])
  walk.choose('b')
  expect(await answer('a1')).toEqual(['b'])
})

it('a chosen section stands alone', async () => {
  const { answer, walk, shown } = walking('a1', 'b1', 'c1')
  await answer('a1')
  walk.choose('c')
  expect(shown()).toEqual(['c'])
})

it('does not follow when somebody has gone elsewhere meanwhile', async () => {
  const { missing, walk, shown } = walking('a1', 'b1', 'c1')
  missing.value = new Set(['b1', 'c1'])
  await nextTick()
  walk.choose('c')
  await painted()
  expect(shown()).toEqual(['c'])
})

it('stays nearby when the section that is shown is taken away', async () => {
  const { sections, walk, shown } = walking('a1', 'b1', 'c1')
  walk.choose('b')
  await nextTick()
  sections.value = sections.value.filter((one) => one.key !== 'b')
  expect(shown()).toEqual(['c'])
})
