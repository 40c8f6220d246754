import { describe, expect, it } from 'vitest'
import type { Condition } from '@/domain/checklist'
import { conditionSentence, conditionWords } from '@/screens/checklists/conditionWords'
import { item, speaking } from './speaking'

const FUEL = [
  { key: 'gas', name: { zh: '燃气', en: 'Gas' }, percent: 100 },
  { key: 'coal', name: { zh: '煤', en: 'Coal' }, percent: 0 },
]
const ITEMS = new Map(
  [
    item('stove', '灶具', 'Stove'),
    item('fuel', '燃料', 'Fuel', { kind: 'single', choices: FUEL }),
    item('fuels', '所用燃料', 'Fuels in use', { kind: 'multiple', choices: FUEL }),
    item('clean', '清洁', 'Cleanliness', { kind: 'graded', grades: [{ key: 'good', name: { zh: '良', en: 'Good' }, percent: 80 }] }),
    item('temp', '冷藏温度', 'Fridge temperature', { kind: 'numeric', unit: '℃' }),
    item('dust', '积尘', 'Dusty spots', { kind: 'count' }),
  ].map((one) => [one.key, one]),
)
const find = (key: string) => ITEMS.get(key)
const fail: Condition = { item: 'stove', result: ['fail'] }
const gas: Condition = { item: 'fuel', value: ['gas'] }
const warm: Condition = { item: 'temp', least: 5 }

const CASES: [string, Condition, string, string][] = [
  ['one result', fail, '“灶具”的结果为“不合格”', '“Stove” is Fail'],
  ['several results', { item: 'stove', result: ['fail', 'partial'] }, '“灶具”的结果为“不合格”或“部分得分”', '“Stove” is Fail or Partial'],
  ['a choice', { item: 'fuel', value: ['gas', 'coal'] }, '“燃料”为“燃气”或“煤”', 'the answer to “Fuel” is Gas or Coal'],
  ['a grade', { item: 'clean', value: ['good'] }, '“清洁”为“良”', 'the answer to “Cleanliness” is Good'],
  ['any of several choices', { item: 'fuels', value: ['coal'] }, '“所用燃料”选了“煤”', '“Fuels in use” includes Coal'],
  ['a choice that is gone', { item: 'fuel', value: ['wood'] }, '“燃料”为“wood”', 'the answer to “Fuel” is wood'],
  ['a least number, with its unit', warm, '“冷藏温度”不低于 5 ℃', '“Fridge temperature” is at least 5 ℃'],
  ['a most number', { item: 'temp', most: 8 }, '“冷藏温度”不高于 8 ℃', '“Fridge temperature” is at most 8 ℃'],
  ['a span', { item: 'temp', least: 0, most: 8 }, '“冷藏温度”在 0 至 8 ℃ 之间', '“Fridge temperature” is between 0 and 8 ℃'],
  ['a count', { item: 'dust', least: 2 }, '“积尘”有 2 处或更多', '“Dusty spots” has 2 or more'],
  ['an item that is gone', { item: 'old', result: ['pass'] }, '“old”的结果为“合格”', '“old” is Pass'],
  ['all', { all: [fail, warm] }, '“灶具”的结果为“不合格”，并且“冷藏温度”不低于 5 ℃', '“Stove” is Fail, and “Fridge temperature” is at least 5 ℃'],
  ['any', { any: [fail, gas] }, '“灶具”的结果为“不合格”，或者“燃料”为“燃气”', '“Stove” is Fail, or the answer to “Fuel” is Gas'],
  ['any within all, in brackets', { all: [{ any: [fail, gas] }, warm] }, '（“灶具”的结果为“不合格”，或者“燃料”为“燃气”），并且“冷藏温度”不低于 5 ℃', '(“Stove” is Fail, or the answer to “Fuel” is Gas), and “Fridge temperature” is at least 5 ℃'],
  ['all within all, without', { all: [{ all: [fail, gas] }, warm] }, '“灶具”的结果为“不合格”，并且“燃料”为“燃气”，并且“冷藏温度”不低于 5 ℃', '“Stove” is Fail, and the answer to “Fuel” is Gas, and “Fridge temperature” is at least 5 ℃'],
  ['any of one within all, without', { all: [{ any: [fail] }, warm] }, '“灶具”的结果为“不合格”，并且“冷藏温度”不低于 5 ℃', '“Stove” is Fail, and “Fridge temperature” is at least 5 ℃'],
  ['one that is not finished', { all: [] }, '条件还没有设好', 'the condition is not set yet'],
]

describe('a condition in words', () => {
  it.each(CASES)('%s', async (_name, condition, zh, en) => {
    expect(conditionWords(condition, find, await speaking('zh'))).toBe(zh)
    expect(conditionWords(condition, find, await speaking('en'))).toBe(en)
  })

  it('becomes a whole sentence', async () => {
    expect(conditionSentence(fail, find, await speaking('zh'))).toBe('仅当“灶具”的结果为“不合格”时检查')
    expect(conditionSentence(fail, find, await speaking('en'))).toBe('Asked only when “Stove” is Fail')
  })
})
