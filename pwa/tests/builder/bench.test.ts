import 'fake-indexeddb/auto'
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import type { Content, Item } from '@/domain/checklist'
import { db } from '@/db/schema'
import { houseWith, openBench, reopenBench, type Bench, type House } from './bench'
import { item, section, three } from './parts'

const named = (key: string): Item => item(key, { text: { zh: '', en: key.toUpperCase() } })
const draft = (): Content => ({ ...three(), sections: [section('s1', ['a', 'b', 'c'].map(named), { name: { zh: '', en: 'First' } }), section('s2', ['d', 'e'].map(named), { name: { zh: '', en: 'Second' } })] })

// Real seconds pass here, on machines that have other things to do.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

let house: House
let bench: Bench
const press = async (key: string, name: string, more: KeyboardEventInit = {}): Promise<void> => {
  await bench.handle(key).trigger('keydown', { key: name, ...more })
  await flushPromises()
}

beforeEach(() => {
  house = houseWith(draft())
})
afterEach(async () => {
  bench.wrapper.unmount()
  // Leaving sends what is unsent; it must reach its own house and not the next one.
  await new Promise((resolve) => setTimeout(resolve, 100))
  document.body.innerHTML = ''
  vi.unstubAllGlobals()
})

describe('moving by keys', () => {
  beforeEach(async () => {
    bench = await openBench(house)
  })

  it('Alt and an arrow moves at once, says where, and the handle keeps the focus', async () => {
    await press('b', 'ArrowDown', { altKey: true })
    expect(bench.items()).toEqual(['A', 'C', 'B', 'D', 'E'])
    expect(bench.spoken()).toBe('“B”, item 3 of 3 in “First”')
    expect(document.activeElement?.id).toBe('handle-item-b')
  })

  it('goes over into the next section', async () => {
    await press('c', 'ArrowDown', { altKey: true })
    expect(bench.spoken()).toBe('“C”, item 1 of 3 in “Second”')
    await bench.settle()
    expect(house.detail.draft?.sections.map((one) => one.items.map((i) => i.key).join(''))).toEqual(['ab', 'cde'])
  })

  it('lifts with Space, moves with arrows and drops with Space, as one step to undo', async () => {
    await press('a', ' ')
    expect(bench.handle('a').attributes('aria-pressed')).toBe('true')
    expect(bench.spoken()).toContain('“A” lifted, item 1 of 3')
    await press('a', 'ArrowDown')
    await press('a', 'ArrowDown')
    await press('a', ' ')
    expect(bench.items()).toEqual(['B', 'C', 'A', 'D', 'E'])
    expect(bench.spoken()).toContain('dropped')
    await bench.wrapper.get('[aria-label="Undo"]').trigger('click')
    expect(bench.items()).toEqual(['A', 'B', 'C', 'D', 'E'])
  })

  it('Escape puts it back where it was', async () => {
    await press('a', 'Enter')
    await press('a', 'ArrowDown')
    expect(bench.items()[0]).toBe('B')
    await press('a', 'Escape')
    expect(bench.items()[0]).toBe('A')
    expect(bench.spoken()).toContain('put back')
    expect(bench.handle('a').attributes('aria-pressed')).toBe('false')
  })

  it('arrows do nothing to a row that is not lifted', async () => {
    await press('a', 'ArrowDown')
    expect(bench.items()[0]).toBe('A')
  })
})

describe('writing', () => {
  it('is one step for each field, undone by Ctrl+Z and redone by Ctrl+Shift+Z', async () => {
    bench = await openBench(house)
    const field = bench.wrapper.get<HTMLTextAreaElement>('[data-field="text/en"] textarea')
    for (const text of ['F', 'Fr', 'Fridge']) await field.setValue(text)
    expect(bench.items()[0]).toBe('Fridge')
    const keys = async (more: KeyboardEventInit): Promise<void> => {
      window.dispatchEvent(new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, ...more }))
      await nextTick()
    }
    await keys({})
    expect(bench.items()[0]).toBe('A')
    await keys({ shiftKey: true })
    expect(bench.items()[0]).toBe('Fridge')
  })

  it('is sent a moment later, once, and said to be saved', async () => {
    bench = await openBench(house)
    const field = bench.wrapper.get('[data-field="points"] input')
    await field.setValue('7')
    await field.setValue('7.5')
    await bench.settle()
    expect(bench.calls.filter((call) => call.method === 'PUT')).toHaveLength(1)
    expect(house.detail.draft?.sections[0]?.items[0]?.points).toBe(7.5)
    expect(bench.wrapper.get('.subtitle').text()).toBe('Saved')
  })

  it('stays on this device without a network, also when the page is opened anew', async () => {
    bench = await openBench(house)
    house.online = false
    await bench.wrapper.get('[data-field="text/en"] textarea').setValue('Offline')
    await bench.settle()
    expect(bench.wrapper.get('.subtitle').text()).toBe('Offline, saved on this device')
    bench.wrapper.unmount()
    bench = await reopenBench(house)
    expect(bench.items()[0]).toBe('Offline')
    house.online = true
    window.dispatchEvent(new Event('online'))
    bench.wrapper.unmount()
    bench = await reopenBench(house)
    await bench.settle()
    expect(house.detail.draft?.sections[0]?.items[0]?.text.en).toBe('Offline')
  })
})

describe('faults', () => {
  it('are counted, shown beside their field, and gone when mended', async () => {
    house.judge = (content) => (content.sections[0]?.items[0]?.points === 5000 ? [{ pointer: '/sections/0/items/0/points', code: 'invalid', message: 'A number.' }] : [])
    bench = await openBench(house)
    await bench.wrapper.get('[data-field="points"] input').setValue('5000')
    await bench.settle()
    expect(bench.wrapper.text()).toContain('1 to mend')
    expect(bench.wrapper.get('[data-field="points"] .error').text()).toContain('0 to 1,000')
    await bench.wrapper.get('[data-field="points"] input').setValue('5')
    await bench.settle()
    expect(bench.wrapper.text()).not.toContain('to mend')
  })

  it('of a code that nobody knows speak in the words of the server', async () => {
    house.detail.faults = [{ pointer: '/sections/0/items/0/points', code: 'brand_new', message: 'Points must be even.' }]
    bench = await openBench(house)
    expect(bench.wrapper.get('[data-field="points"] .error').text()).toContain('Points must be even.')
  })
})

describe('somebody else saved too', () => {
  beforeEach(async () => {
    bench = await openBench(house)
    const theirs = structuredClone(house.detail.draft!)
    theirs.sections[0]!.items[0]!.text.en = 'Theirs'
    house.detail = { ...house.detail, draft: theirs, draft_revision: 5 }
    await bench.wrapper.get('[data-field="text/en"] textarea').setValue('Mine')
    await bench.settle()
  })
  const choose = async (words: string): Promise<void> => {
    await vi.waitFor(() => expect(document.querySelector('[role=dialog] button[disabled]')).toBeNull())
    const button = [...document.querySelectorAll<HTMLButtonElement>('[role=dialog] button')].find((one) => one.textContent?.trim() === words)
    button!.click()
    await bench.settle()
  }

  it('both are offered, and mine goes on when I say so; theirs is kept', async () => {
    await vi.waitFor(() => expect(document.querySelector('[role=dialog]')?.textContent).toContain('Somebody else changed this draft'))
    await choose('Keep mine')
    expect(house.detail.draft?.sections[0]?.items[0]?.text.en).toBe('Mine')
    expect((await db.checklist_drafts.get(['c1', 'u1']))?.set_aside?.doc.content.sections[0]?.items[0]?.text.en).toBe('Theirs')
  })

  it('theirs is taken when I say so, and undo has mine again', async () => {
    await choose('Take theirs')
    expect(bench.items()[0]).toBe('Theirs')
    await bench.wrapper.get('[aria-label="Undo"]').trigger('click')
    expect(bench.items()[0]).toBe('Mine')
  })
})

it('an answer that got lost is no conflict: what the server has came from here', async () => {
  bench = await openBench(house)
  await bench.wrapper.get('[data-field="text/en"] textarea').setValue('Once')
  await bench.settle()
  const record = (await db.checklist_drafts.get(['c1', 'u1']))!
  await db.checklist_drafts.put({ ...record, revision: 1, dirty: true, doc: { ...record.doc, kind: 'self' } })
  bench.wrapper.unmount()
  bench = await reopenBench(house)
  await bench.settle()
  expect(document.querySelector('[role=dialog]')).toBeNull()
  expect(bench.wrapper.get('.subtitle').text()).toBe('Saved')
})

describe('on a phone', () => {
  it('the outline leads to an editor of its own', async () => {
    bench = await openBench(house, { wide: false })
    expect(bench.wrapper.find('[data-editor]').exists()).toBe(false)
    await bench.wrapper.get('[data-row="item:b"] .name').trigger('click')
    await flushPromises()
    expect(bench.wrapper.get('[data-editor]').text()).toContain('Item 2')
    expect(document.activeElement?.hasAttribute('data-heading')).toBe(true)
  })
})

it('what was published keeps its key; what is new may have another', async () => {
  house.detail = { ...house.detail, published_version: 1 }
  bench = await openBench(house, { at: '/checklists/c1/edit?at=item:a' })
  const key = bench.wrapper.get<HTMLInputElement>('[data-field="key"] input')
  expect(key.element.value).toBe('a')
  await key.setValue('b')
  expect(bench.wrapper.get('[data-field="key"] .error').text()).toContain('has this key already')
})
