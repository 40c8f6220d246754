import { describe, expect, it } from 'vitest'
import en from '@/i18n/en/outbox'
import zh from '@/i18n/zh/outbox'
import { reasonOf, type Moment, type Reason } from '@/screens/outbox/reason'

type Entry = Parameters<typeof reasonOf>[0]
const well: Moment = { now: 1_000, online: true, signedIn: true, syncing: false, photosMayGo: true }
const entry = (more: Partial<Entry> = {}): Entry => ({ id: 'b', task_id: null, delivered: false, photos: ['x'], problem: null, next_at: 0, attempts: 0, ...more })
const arrived = { delivered: true }
const problem = { type: '/problems/internal', title: '', status: 500 }

const CASES: [Reason, Partial<Entry>, Partial<Moment>, Partial<Entry>[]][] = [
  ['next', {}, {}, []],
  ['sending', {}, { syncing: true }, []],
  ['offline', {}, { online: false }, []],
  ['offline', arrived, { online: false }, []],
  ['signIn', {}, { online: false, signedIn: false }, []],
  ['signIn', { problem }, { signedIn: false }, []],
  ['problem', { problem, next_at: 5_000 }, {}, []],
  ['noAnswer', { attempts: 2, next_at: 5_000 }, {}, []],
  ['next', { attempts: 2, next_at: 500 }, {}, []],
  ['photosNext', arrived, {}, []],
  ['photosSending', arrived, { syncing: true }, []],
  ['noAnswer', { ...arrived, attempts: 1, next_at: 5_000 }, { syncing: true }, []],
  ['wifi', arrived, { photosMayGo: false }, []],
  ['wifi', arrived, { photosMayGo: false, online: false }, []],
  ['next', {}, { photosMayGo: false }, []],
  ['earlier', { task_id: 't' }, {}, [{ id: 'a', task_id: 't' }]],
  ['next', { task_id: 't' }, {}, [{ id: 'c', task_id: 't' }]],
  ['next', { task_id: 't' }, {}, [{ id: 'a', task_id: 't', delivered: true }]],
  ['next', { task_id: 't' }, {}, [{ id: 'a', task_id: 'other' }]],
]

describe('why something waits', () => {
  it.each(CASES)('%s', (reason, one, at, others) => {
    const found = entry(one)
    expect(reasonOf(found, [found, ...others.map(entry)], { ...well, ...at })).toBe(reason)
  })

  it('has words for each reason in both languages, and no others', () => {
    const reasons = [...new Set(CASES.map(([reason]) => reason))].toSorted()
    expect(Object.keys(zh.why).toSorted()).toEqual(reasons)
    expect(Object.keys(en.why).toSorted()).toEqual(reasons)
  })
})
