import { describe, expect, it } from 'vitest'
import type { Content } from '@/domain/checklist'
import * as edits from '@/screens/builder/edits'
import { counted, item, order, section, three } from './parts'

const START = 's1:a b c | s2:d e | s3:'

describe('moving', () => {
  it.each([
    ['up in its section', (c: Content) => edits.stepItem(c, 'b', -1), 's1:b a c | s2:d e | s3:'],
    ['down in its section', (c: Content) => edits.stepItem(c, 'b', 1), 's1:a c b | s2:d e | s3:'],
    ['down over the edge: first of the next', (c: Content) => edits.stepItem(c, 'c', 1), 's1:a b | s2:c d e | s3:'],
    ['up over the edge: last of the one before', (c: Content) => edits.stepItem(c, 'd', -1), 's1:a b c d | s2:e | s3:'],
    ['down into an empty section', (c: Content) => edits.stepItem(c, 'e', 1), 's1:a b c | s2:d | s3:e'],
    ['up from the very top', (c: Content) => edits.stepItem(c, 'a', -1), START],
    ['to the front', (c: Content) => edits.moveItem(c, 'c', 's1', 0), 's1:c a b | s2:d e | s3:'],
    ['to the end', (c: Content) => edits.moveItem(c, 'a', 's1', 3), 's1:b c a | s2:d e | s3:'],
    ['before itself', (c: Content) => edits.moveItem(c, 'b', 's1', 1), START],
    ['behind itself', (c: Content) => edits.moveItem(c, 'b', 's1', 2), START],
    ['into another section', (c: Content) => edits.moveItem(c, 'a', 's2', 1), 's1:b c | s2:d a e | s3:'],
    ['beyond the end', (c: Content) => edits.moveItem(c, 'a', 's2', 99), 's1:b c | s2:d e a | s3:'],
    ['into a section that is not there', (c: Content) => edits.moveItem(c, 'a', 'x', 0), START],
    ['an item that is not there', (c: Content) => edits.moveItem(c, 'x', 's2', 0), START],
    ['a section down', (c: Content) => edits.stepSection(c, 's1', 1), 's2:d e | s1:a b c | s3:'],
    ['a section up', (c: Content) => edits.stepSection(c, 's3', -1), 's1:a b c | s3: | s2:d e'],
    ['the last section down', (c: Content) => edits.stepSection(c, 's3', 1), START],
    ['a section to the end', (c: Content) => edits.moveSection(c, 's1', 3), 's2:d e | s3: | s1:a b c'],
  ])('%s', (_, edit, expected) => {
    const before = three()
    const after = edit(before)
    expect(order(after)).toBe(expected)
    expect(order(before)).toBe(START)
    if (expected === START) expect(after).toBe(before)
  })
})

describe('changing fields', () => {
  it('leaves everything else the very same', () => {
    const before = three()
    const after = edits.patchItem(before, 'd', { points: 9 })
    expect(edits.itemOf(after, 'd')?.points).toBe(9)
    expect(after.sections[0]).toBe(before.sections[0])
    expect(after.sections[1]?.items[1]).toBe(before.sections[1]?.items[1])
    expect(after.scoring).toBe(before.scoring)
  })

  it.each([
    ['item', (c: Content) => edits.patchItem(c, 'a', { points: 5 })],
    ['section', (c: Content) => edits.patchSection(c, 's1', { weight: null })],
    ['scoring', (c: Content) => edits.patchScoring(c, { pass_line: 80 })],
    ['kind', (c: Content) => edits.setKind(c, 'a', 'pass_fail')],
    ['unknown item', (c: Content) => edits.patchItem(c, 'x', { points: 1 })],
  ])('gives back what it got when nothing changes: %s', (_, edit) => {
    const before = three()
    expect(edit(before)).toBe(before)
  })

  it('brings the usual time to fix along with a flag, but not over a chosen one', () => {
    const red = edits.patchItem(three(), 'a', { flag: 'redline' })
    expect(edits.itemOf(red, 'a')?.fix_hours).toBe(24)
    const own = edits.patchItem(edits.patchItem(three(), 'a', { fix_hours: 48 }), 'a', { flag: 'key' })
    expect(edits.itemOf(own, 'a')?.fix_hours).toBe(48)
  })

  it('drops the fields of the old kind and adds those of the new one', () => {
    const numeric = edits.setKind(three(), 'a', 'numeric')
    expect(edits.itemOf(numeric, 'a')).toMatchObject({ kind: 'numeric', unit: '', min: null, warn_max: null })
    const counted = edits.itemOf(edits.setKind(numeric, 'a', 'count'), 'a')
    expect(counted).toMatchObject({ kind: 'count', step: 1 })
    expect(counted).not.toHaveProperty('unit')
  })

  it('keeps the choices between single and multiple, with no negative percent in the single one', () => {
    const multiple = edits.patchItem(edits.setKind(three(), 'a', 'multiple'), 'a', { choices: [{ key: 'a', name: { zh: '灰', en: 'Dust' }, percent: -20 }] })
    const single = edits.itemOf(edits.setKind(multiple, 'a', 'single'), 'a')
    expect(single?.choices).toEqual([{ key: 'a', name: { zh: '灰', en: 'Dust' }, percent: 0 }])
    expect(single).not.toHaveProperty('base')
  })
})

describe('copies', () => {
  const asking = (): Content => ({
    ...three(),
    sections: [section('s1', [item('a'), item('b', { show_if: { any: [{ item: 'a', result: ['fail'] }, { all: [{ item: 'z', least: 1 }] }] } })])],
  })

  it('stand behind the original with a key of their own', () => {
    const done = edits.duplicateItem(three(), 'b', counted())
    expect(done && order(done.content)).toBe('s1:a b n1 c | s2:d e | s3:')
    expect(done?.key).toBe('n1')
    expect(edits.duplicateItem(three(), 'x', counted())).toBeNull()
  })

  it('of a section ask about the copied items, not the originals; about others as before', () => {
    const done = edits.duplicateSection(asking(), 's1', counted())
    const copy = done?.content.sections[1]
    expect(copy?.items.map((one) => one.key)).toEqual(['n1', 'n2'])
    expect(copy?.items[1]?.show_if).toEqual({ any: [{ item: 'n1', result: ['fail'] }, { all: [{ item: 'z', least: 1 }] }] })
  })

  it('follow when the key they ask about is renamed', () => {
    const renamed = edits.renameItem(asking(), 'a', 'freezer')
    expect(renamed.sections[0]?.items[1]?.show_if).toEqual({ any: [{ item: 'freezer', result: ['fail'] }, { all: [{ item: 'z', least: 1 }] }] })
  })
})

describe('adding and taking out', () => {
  it('puts things where they are wanted', () => {
    expect(order(edits.addItems(three(), 's1', [item('x')], 1))).toBe('s1:a x b c | s2:d e | s3:')
    expect(order(edits.addItems(three(), 's3', [item('x'), item('y')]))).toBe('s1:a b c | s2:d e | s3:x y')
    expect(order(edits.addSections(three(), [section('x', [])], 1))).toBe('s1:a b c | x: | s2:d e | s3:')
  })

  it('takes out an item or a section', () => {
    expect(order(edits.removeItem(three(), 'b'))).toBe('s1:a c | s2:d e | s3:')
    expect(order(edits.removeSection(three(), 's2'))).toBe('s1:a b c | s3:')
  })

  it('keeps the conditions that ask about what was taken out, so that nothing changes its meaning unseen', () => {
    const asks = edits.patchItem(three(), 'c', { show_if: { item: 'a', result: ['fail'] } })
    expect(edits.itemOf(edits.removeItem(asks, 'a'), 'c')?.show_if).toEqual({ item: 'a', result: ['fail'] })
  })
})
