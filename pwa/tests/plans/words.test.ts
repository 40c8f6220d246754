import { describe, expect, it } from 'vitest'
import type { AssigneeRule, Selection } from '@/api/planTypes'
import { pick } from '@/i18n/bi'
import type { Region } from '@/api/types'
import { everywhere } from '@/screens/plans/editor/form'
import { meantStores, scopeSentence, selectionWords, storesLike, type Scope } from '@/screens/plans/storeWords'
import { whoWords } from '@/screens/plans/whoWords'
import { speaking } from './speaking'
import { store } from './samples'

const REGIONS = [
  { id: 'cn', parent_id: null, code: 'CN', name: { zh: '全国', en: 'All' } },
  { id: 'east', parent_id: 'cn', code: 'EAST', name: { zh: '华东', en: 'East' } },
  { id: 'sh', parent_id: 'east', code: 'SH', name: { zh: '上海', en: 'Shanghai' } },
  { id: 'south', parent_id: 'cn', code: 'SOUTH', name: { zh: '华南', en: 'South' } },
] satisfies Region[]
const STORES = [
  store('A', { region_id: 'sh', type: 'tea', level: 'A', tags: ['new'] }),
  store('B', { region_id: 'east', type: 'convenience', level: 'B' }),
  store('C', { region_id: 'south', type: 'tea', level: 'B' }),
  store('D', { region_id: 'sh', status: 'closed' }),
]
const selection = (rest: Partial<Selection>): Selection => ({ ...everywhere(), ...rest })

describe('the stores that a selection means', () => {
  it.each<[string, Partial<Selection>, string]>([
    ['all open ones', {}, 'ABC'],
    ['a region with all below it', { region_ids: ['east'] }, 'AB'],
    ['two regions', { region_ids: ['sh', 'south'] }, 'AC'],
    ['a type', { types: ['tea'] }, 'AC'],
    ['a level and a type together', { levels: ['B'], types: ['tea'] }, 'C'],
    ['a tag', { tags: ['new', 'other'] }, 'A'],
    ['a list', { store_ids: ['A', 'D'] }, 'A'],
    ['but not these', { except_ids: ['B'] }, 'AC'],
    ['nothing', { region_ids: ['south'], types: ['convenience'] }, ''],
  ])('%s', (_, given, codes) => {
    expect(meantStores(selection(given), STORES, REGIONS).map(({ code }) => code).join('')).toBe(codes)
  })
})

describe('a selection in words', () => {
  it.each<[Partial<Selection>, string, string]>([
    [{}, '范围内的全部门店', 'All stores in range'],
    [{ except_ids: ['A', 'B'] }, '范围内的全部门店 · 除去 2 家', 'All stores in range · without 2 stores'],
    [{ region_ids: ['east', 'south'], levels: ['A'] }, '华东、华南 · A 级', 'East and South · Level A'],
    [{ types: ['tea'], tags: ['new'], store_ids: ['A'] }, 'tea · #new · 指定的 1 家门店', 'tea · #new · 1 chosen store'],
  ])('%o', async (given, zh, en) => {
    for (const [locale, words] of [['zh', zh], ['en', en]] as const) {
      const say = await speaking(locale)
      expect(selectionWords(selection(given), (id) => REGIONS.find((one) => one.id === id)?.name, (text) => pick(text, locale), say)).toBe(words)
    }
  })
})

describe('the size of a plan in a sentence', () => {
  const scope = (rest: Partial<Scope>): Scope => ({ total: 50, places: [], without: 0, supervisors: true, closedToday: 0, ...rest })
  it.each<[Partial<Scope>, string, string]>([
    [{}, '全部 50 家店', '50 stores in all'],
    [{ places: ['华东'], without: 3 }, '华东 50 家店，其中 3 家没有督导', '50 stores in 华东, 3 of them without a supervisor'],
    [{ places: ['A', 'B'], without: 1, supervisors: false, closedToday: 2 }, 'A、B 50 家店，其中 1 家找不到巡店人，今天有 2 家休息', '50 stores in A and B, 1 of them with nobody to go, 2 closed today'],
    [{ places: ['A', 'B', 'C', 'D'] }, '全部 50 家店', '50 stores in all'],
    [{ total: 1, places: ['A'] }, 'A 1 家店', '1 store in A'],
    [{ total: 0, places: ['A'] }, '没有符合条件的营业门店', 'No open store fits'],
  ])('%o', async (given, zh, en) => {
    expect(scopeSentence(scope(given), await speaking('zh'))).toBe(zh)
    expect(scopeSentence(scope(given), await speaking('en'))).toBe(en)
  })
})

describe('who goes, in words', () => {
  const names = new Map([['u1', 'A'], ['u2', 'B']])
  it.each<[AssigneeRule, string, string]>([
    [{ rule: 'store_supervisor' }, '门店的督导', "The store's supervisor"],
    [{ rule: 'role', role: 'regional_manager' }, '最近的区域经理', 'The nearest regional manager'],
    [{ rule: 'role', role: 'hq_admin' }, '最近的总部管理员', 'The nearest HQ admin'],
    [{ rule: 'person', user_id: 'u1' }, 'A', 'A'],
    [{ rule: 'person', user_id: 'u9' }, '指定的人', 'one person'],
    [{ rule: 'rotation', user_ids: ['u2', 'u1'] }, '轮流：B、A', 'In turn: B and A'],
    [{ rule: 'cross' }, '门店互检：同区域相邻门店的店长', 'Cross-check by the manager of the next store in the region'],
  ])('%o', async (given, zh, en) => {
    expect(whoWords(given, (id) => names.get(id), await speaking('zh'))).toBe(zh)
    expect(whoWords(given, (id) => names.get(id), await speaking('en'))).toBe(en)
  })
})

it('stores are found by several words in any order', () => {
  expect(storesLike(STORES, 'east a').map(({ code }) => code)).toContain('A')
  expect(storesLike(STORES, 'store c')).toHaveLength(1)
  expect(storesLike(STORES, 'nowhere')).toEqual([])
})
