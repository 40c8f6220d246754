import { describe, expect, it } from 'vitest'
import type { Answer, Item } from '@/domain/checklist'
import { signOffHolds, worries, type LeaveView } from '@/domain/leaving'
import { firstOpen, goesOn } from '@/screens/selfcheck/walk'

const text = { zh: '地面', en: 'Floor' }
const item = (key: string, more: Partial<Item> = {}): Item => ({
  key, text, kind: 'pass_fail', points: 10, flag: 'general', photo: { rule: 'on_fail', min: 1, max: 5, camera_only: false }, allow_na: false, guide: null, ...more,
} as Item)
const answer = (key: string, hashes: string[] = [], more: Partial<Answer> = {}): Answer => ({
  item_key: key, result: 'pass', value: null, note: '', reason: '', photos: hashes.map((sha256) => ({ sha256 })), fixed_on_spot: false, fix_photos: [],
  answered_at: '2026-11-25T01:00:00.000Z', changed_at: '2026-11-25T01:00:00.000Z', ...more,
} as Answer)
const view = (more: Partial<LeaveView> = {}): LeaveView => ({
  items: [item('a'), item('b'), item('r', { flag: 'redline' })], answers: [answer('a'), answer('b'), answer('r')], findings: [],
  faults: new Map(), lost: new Set(), openTasks: [], unsent: 0, signOff: null, ...more,
})
const signed = (at: string) => ({ outcome: 'signed' as const, name: 'x', note: '', at, photo: null })

describe('what to look at before leaving', () => {
  it('is nothing when all is well', () => expect(worries(view())).toEqual([]))

  it.each([
    ['a blurred photo', { answers: [answer('a', ['1', '2'])], faults: new Map([['1', ['blurred', 'dark']]]) }, { kind: 'blurred', item: 'a', n: 1 }],
    ['two dark ones', { answers: [answer('b', ['1', '2'])], faults: new Map([['1', ['dark']], ['2', ['dark']]]) }, { kind: 'dark', item: 'b', n: 2 }],
    ['a photo of the fix', { answers: [answer('a', [], { fix_photos: [{ sha256: '3' }] as Answer['fix_photos'] })], faults: new Map([['3', ['bright']]]) }, { kind: 'bright', item: 'a', n: 1 }],
    ['a photo that is gone', { answers: [answer('a', ['1'])], lost: new Set(['1']) }, { kind: 'lost', item: 'a', n: 1 }],
    ['a fault without a photo', { findings: ['a'] }, { kind: 'unproved', item: 'a' }],
    ['a redline item and who gets it', { findings: ['r'], answers: [answer('r', ['1'])] }, { kind: 'owner', item: 'r', owner: null }],
    ['an open redline task of nobody', { openTasks: [{ id: 't', flag: 'redline', owned: false }] }, { kind: 'unowned', task: 't' }],
    ['what was not sent', { unsent: 2 }, { kind: 'unsent', n: 2 }],
    ['a signature that fell', { signOff: signed('2026-11-25T00:59:00.000Z') }, { kind: 'resign' }],
  ] as [string, Partial<LeaveView>, object][])('tells of %s', (_, more, told) => expect(worries(view(more))).toEqual([told]))

  it.each([
    ['a task that has somebody', { openTasks: [{ id: 't', flag: 'redline', owned: true }] }],
    ['an ordinary task of nobody', { openTasks: [{ id: 't', flag: 'key', owned: false }] }],
    ['a redline item that was mended', { findings: ['r'], answers: [answer('r', ['1'], { fixed_on_spot: true })] }],
    ['a signature that stands', { signOff: signed('2026-11-25T01:00:00.000Z') }],
    ['a fault of an item that takes no photos', { items: [item('a', { photo: { rule: 'none', min: 0, max: 0, camera_only: false } })], findings: ['a'] }],
  ] as [string, Partial<LeaveView>][])('keeps quiet about %s', (_, more) => expect(worries(view(more))).toEqual([]))

  it('says first what is to be done here, last what can wait', () => {
    const all = view({
      signOff: signed('2026-11-25T00:00:00.000Z'), answers: [answer('a', ['1']), answer('r', ['2'])], lost: new Set(['1']), findings: ['b', 'r'],
      openTasks: [{ id: 't', flag: 'redline', owned: false }], unsent: 1,
    })
    expect(worries(all).map((one) => one.kind)).toEqual(['resign', 'lost', 'unproved', 'owner', 'unowned', 'unsent'])
  })

  it('lets a signature stand for what was shown with it', () => {
    expect(signOffHolds(signed('2026-11-25T01:00:00.000Z'), [answer('a')])).toBe(true)
    expect(signOffHolds(signed('2026-11-25T00:59:59.999Z'), [answer('a')])).toBe(false)
  })
})

describe('walking a self-check', () => {
  const items = [item('a'), item('n', { kind: 'numeric' })]
  const gap = (key: string) => ({ item_key: key, code: 'unanswered' as const })

  it.each([
    ['right', items[0]!, [], [], true],
    ['wrong', items[0]!, [], ['a'], false],
    ['right, but a photo is wanted', items[0]!, [gap('a')], [], false],
    ['a gap elsewhere', items[0]!, [gap('n')], [], true],
    ['a number, which is typed', items[1]!, [], [], false],
  ])('%s', (_, one, gaps, findings, on) => expect(goesOn(one, gaps, findings)).toBe(on))

  it('opens where something is missing, and behind the last when nothing is', () => {
    expect(firstOpen(items, [gap('a'), gap('n')], {})).toBe(0)
    expect(firstOpen(items, [gap('n')], { a: answer('a') })).toBe(1)
    expect(firstOpen(items, [], { a: answer('a') })).toBe(1)
    expect(firstOpen(items, [], { a: answer('a'), n: answer('n') })).toBe(2)
  })
})
