import { describe, expect, it } from 'vitest'
import type { FieldChange } from '@/api/types'
import type { Item } from '@/domain/checklist'
import { changedFields } from '@/screens/checklists/differenceWords'
import { askedWhen, itemFacts } from '@/screens/checklists/itemFacts'
import { item, speaking } from './speaking'

const region = (code: string): string => ({ EAST: '华东', SOUTH: '华南' })[code] ?? code
const find = (key: string): Item | undefined => (key === 'stove' ? item('stove', '灶具', 'Stove') : undefined)
const section = (key: string): string => `<${key}>`
const CHOICES = [
  { key: 'gas', name: { zh: '燃气', en: 'Gas' }, percent: 100 },
  { key: 'coal', name: { zh: '', en: 'Coal' }, percent: -20 },
]

const FACTS: [string, Partial<Item>, string[], string[]][] = [
  ['a single choice', { kind: 'single', choices: CHOICES }, ['单选', '选项：燃气 100%、Coal -20%'], ['Single choice', 'Choices: Gas 100%, Coal -20%']],
  ['a multiple choice with its base', { kind: 'multiple', choices: CHOICES, base: 50 }, ['多选', '起始 50%'], ['Multiple choice', 'starts at 50%']],
  ['a barcode that must be one of these', { kind: 'barcode', codes: ['A1', 'B2'] }, ['扫码', '须为 A1、B2'], ['Barcode', 'One of A1, B2']],
  ['a measurement with limits and warnings', { kind: 'numeric', unit: '℃', min: 0, max: 8, warn_max: 6 }, ['要求 0 至 8 ℃', '高于 6 ℃ 预警'], ['Required: 0 to 8 ℃', 'Warns above 6 ℃']],
  ['a weight', { weight: 2 }, ['按 2 倍计分'], ['Counts 2 times']],
  ['what need not be answered', { required: false }, ['可不作答'], ['Optional']],
  ['words on a fail', { note_rule: 'on_fail' }, ['不合格时须写备注'], ['Note on a fail']],
  ['who fixes', { owner_role: 'store_manager' }, ['由店长整改'], ['Fixed by: Store manager']],
  ['photos from the camera alone', { photo: { rule: 'on_fail', min: 2, max: 4, camera_only: true } }, ['不合格时拍照，2 至 4 张，只能现场拍摄'], ['Photo on a fail, 2 to 4, camera only']],
]

describe('the facts of an item', () => {
  it.each(FACTS)('say %s', async (_name, fields, zh, en) => {
    const one = item('k', '', '', fields)
    expect(itemFacts(one, await speaking('zh'))).toEqual(expect.arrayContaining(zh))
    expect(itemFacts(one, await speaking('en'))).toEqual(expect.arrayContaining(en))
  })

  it('leave out what is usual', async () => {
    const plain = itemFacts(item('k', '', '', { weight: 1, required: true, note_rule: 'none', owner_role: null }), await speaking('en'))
    expect(plain).toEqual(['Pass or fail', 'No photo', 'Fix within 24 hours'])
  })
})

describe('where and when something is asked', () => {
  const applies = { store_types: ['cafe'], tags: ['24h'], regions: ['EAST', 'XX'], dayparts: ['night' as const] }

  it('is said in whole sentences', async () => {
    const given = { applies, show_if: { item: 'stove', result: ['fail' as const] } }
    expect(askedWhen(given, await speaking('zh'), { find, region })).toEqual(['仅适用于cafe类型的门店，且限带“24h”标签的门店，且限华东、XX区域，且限夜间（22–5 点）', '仅当“灶具”的结果为“不合格”时检查'])
    expect(askedWhen(given, await speaking('en'), { find, region })[0]).toBe('Only for stores of type cafe; only stores tagged 24h; only 华东, XX; only Night (22–5)')
  })

  it('is nothing when it is everywhere and always', async () => {
    expect(askedWhen({ applies: { store_types: [], tags: [], regions: [], dayparts: [] }, show_if: null }, await speaking('en'), { find, region })).toEqual([])
  })
})

const CHANGES: [FieldChange, string, string, string][] = [
  [{ field: 'points', before: 5, after: 8 }, 'Points', '5', '8'],
  [{ field: 'kind', before: 'graded', after: 'pass_fail' }, 'Kind', 'Graded', 'Pass or fail'],
  [{ field: 'required', before: true, after: false }, 'Must be answered', 'Yes', 'No'],
  [{ field: 'note_rule', before: 'none', after: 'always' }, 'Note', 'none', 'Note always'],
  [{ field: 'owner_role', before: null, after: 'supervisor' }, 'Who fixes', 'by the roles of the store', 'Supervisor'],
  [{ field: 'show_if', before: null, after: { item: 'stove', result: ['pass'] } }, 'When it is asked', 'always asked', '“Stove” is Pass'],
  [{ field: 'applies', before: { store_types: [], tags: [], regions: [], dayparts: [] }, after: { store_types: [], tags: [], regions: ['SOUTH'], dayparts: [] } }, 'Where it applies', 'all stores', '华南'],
  [{ field: 'choices', before: CHOICES, after: null }, 'Choices', 'Gas 100%, Coal -20%', 'none'],
  [{ field: 'codes', before: [], after: ['A1'] }, 'Accepted codes', 'none', 'A1'],
  [{ field: 'photo', before: { rule: 'none', min: 0, max: 5 }, after: { rule: 'always', min: 1, max: 5 } }, 'Photo', 'No photo', 'Photo always'],
  [{ field: 'fix_hours', before: 24, after: 1 }, 'Time to fix', '24 hours', '1 hour'],
  [{ field: 'section', before: 's1', after: 's2' }, 'Section', '<s1>', '<s2>'],
  [{ field: 'place', before: 1, after: 3 }, 'Place', 'No. 1', 'No. 3'],
  [{ field: 'repeat', before: null, after: { min: 1, max: 6, name: { zh: '冷柜', en: 'freezer' } } }, 'Repeated', 'none', 'Once for each freezer, 1 to 6 times'],
  [{ field: 'bands', before: [['A', 90]], after: [['A', 95], ['B', 0]] }, 'Bands', 'A from 90', 'A from 95, B from 0'],
  [{ field: 'mode', before: 'additive', after: 'deduct' }, 'How it is scored', 'share of points', 'deductions'],
  [{ field: 'references', before: [], after: [{ sha256: 'a', shows: 'right', caption: { zh: '', en: '' } }] }, 'Reference pictures', 'none', '1 picture'],
  [{ field: 'invented_later', before: null, after: { a: 1 } }, 'invented_later', 'none', '{"a":1}'],
]

describe('a changed field', () => {
  it.each(CHANGES)('%o', async (change, name, before, after) => {
    const said = changedFields([change], await speaking('en'), { find, region, section })
    expect(said).toEqual([{ field: change.field, name, before, after }])
  })

  it('is told language by language when it is a text', async () => {
    const change = { field: 'text', before: { zh: '地面', en: 'Floor' }, after: { zh: '地面干净', en: 'Floor' } }
    expect(changedFields([change], await speaking('zh'), { find, region, section })).toEqual([{ field: 'text-zh', name: '检查内容（中文）', before: '地面', after: '地面干净' }])
  })

  it('is none when both read the same', async () => {
    const written = { field: 'applies', before: null, after: { store_types: [], tags: [], regions: [], dayparts: [] } }
    expect(changedFields([written, { field: 'place', before: 2, after: 2 }], await speaking('en'), { find, region, section })).toEqual([])
  })
})
