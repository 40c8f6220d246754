import { describe, expect, it } from 'vitest'
import type { BoardLine, BoardVisit } from '@/api/planTypes'
import type { Absence, VisitState, VisitStepAnswer } from '@/api/types'
import { inOrder, isOver, standingOf as absenceStanding } from '@/screens/plans/absences/rows'
import { boardRows, countsOf, csvOf, progressOf, speaking, standingOf } from '@/screens/plans/board'
import { tally, visitsLike, whyOf } from '@/screens/plans/desk/desk'
import { historyOf } from '@/screens/plans/history'
import { aheadOf, isIn, isOnce, isSettling, plansLike } from '@/screens/plans/planRows'
import { grid, mondayOf } from '@/screens/plans/weeks'
import { plan, revision, terms, visit } from './samples'

describe('plans of a list', () => {
  it.each([
    ['current', ['active', 'paused']],
    ['paused', ['paused']],
    ['ended', ['ended']],
  ] as const)('%s', (filter, states) => {
    expect((['active', 'paused', 'ended'] as const).filter((state) => isIn(filter, plan({ state })))).toEqual(states)
  })

  it('are found by name and checklist', () => {
    expect(plansLike([plan()], 'weekly list')).toHaveLength(1)
    expect(plansLike([plan()], 'weekly 别的')).toHaveLength(0)
  })

  it('know a campaign, and whether visits are still being made', () => {
    expect(isOnce(terms({ rrule: 'FREQ=DAILY;COUNT=1' }))).toBe(true)
    expect(isOnce(terms({ rrule: 'FREQ=DAILY;COUNT=10' }))).toBe(false)
    expect(isSettling(plan({ settled: { stores: 2, of: 6 } }))).toBe(true)
    expect(isSettling(plan({ settled: { stores: 2, of: 6 }, state: 'ended' }))).toBe(false)
    expect(isSettling(plan({ settled: { stores: 2, of: 6 }, resting: true }))).toBe(false)
    expect(isSettling(plan())).toBe(false)
  })
})

it.each([
  [{ current: revision(1), next: null }, '2026-11-30', null],
  [{ current: revision(1), next: null }, '2026-11-25', 'begins 2026-11-30'],
  [{ current: revision(1), next: revision(2, { stopped: true, effective_from: '2026-12-01' }) }, '2026-11-30', 'stopsFrom 2026-12-01'],
  [{ current: revision(1, { stopped: true }), next: revision(2, { effective_from: '2026-12-01' }) }, '2026-11-30', 'resumesFrom 2026-12-01'],
  [{ current: revision(1), next: revision(2, { effective_from: '2026-12-01' }) }, '2026-11-30', 'comes 2026-12-01'],
] as const)('what is ahead of %o on %s', (given, today, words) => {
  const ahead = aheadOf(given, today)
  expect(ahead && `${ahead.what} ${ahead.day}`).toBe(words)
})

describe('the history of a plan', () => {
  it('says what each revision changed, and which one counts', () => {
    const revisions = [
      revision(1, { effective_from: '2026-11-01' }),
      revision(2, { effective_from: '2026-11-20', terms: terms({ rrule: 'FREQ=DAILY', note: 'x' }) }),
      revision(3, { effective_from: '2026-12-01', stopped: true, terms: terms({ rrule: 'FREQ=DAILY', note: 'x' }) }),
      revision(4, { effective_from: '2026-12-10', terms: terms({ rrule: 'FREQ=DAILY', note: 'x' }) }),
    ]
    const steps = historyOf({ revisions, current: revisions[1]! }, '2026-11-25')
    expect(steps.map(({ what, parts, place }) => [what, parts.join(), place])).toEqual([
      ['same', '', 'ahead'],
      ['stopped', '', 'ahead'],
      ['changed', 'when,note', 'now'],
      ['first', '', null],
    ])
  })

  it('does not take another order of names for a change', () => {
    const { rule, ...rest } = { rule: 'role' as const, role: 'supervisor' as const }
    const revisions = [revision(1, { terms: terms({ assignee: { rule, ...rest } }) }), revision(2, { terms: terms({ assignee: { ...rest, rule } }) })]
    expect(historyOf({ revisions, current: revisions[1]! }, '2026-12-01')[0]?.what).toBe('same')
  })
})

describe('the board of a campaign', () => {
  const NOW = '2026-11-25T00:00:00Z'
  const one = (state: VisitState, rest: Partial<BoardVisit> = {}): BoardVisit => ({ id: state, state, overdue: false, opens_at: '2026-11-20T00:00:00Z', outcome: null, due_at: '2026-11-30T00:00:00Z', assignee: null, inspection_id: null, score: null, band: null, findings: null, ...rest })
  const line = (code: string, ...visits: BoardVisit[]): BoardLine => ({ store: { id: code, code, name: { zh: '', en: `Store "${code}"` } }, visits })

  it.each([
    ['scheduled', '2026-11-30T00:00:00Z', 'scheduled'],
    ['scheduled', '2026-11-24T00:00:00Z', 'overdue'],
    ['in_progress', '2026-11-24T00:00:00Z', 'overdue'],
    ['submitted', '2026-11-24T00:00:00Z', 'submitted'],
    ['missed', '2026-11-24T00:00:00Z', 'missed'],
  ] as const)('a visit that is %s and due %s is %s', (state, due_at, standing) => {
    expect(standingOf({ state, due_at }, NOW)).toBe(standing)
  })

  it('a store is spoken for by what was done, else by what is not called off', () => {
    expect(speaking(line('A', one('missed'), one('submitted')))?.state).toBe('submitted')
    expect(speaking(line('A', one('cancelled'), one('scheduled')))?.state).toBe('scheduled')
    expect(speaking(line('A', one('cancelled')))?.state).toBe('cancelled')
    expect(speaking(line('A'))).toBeNull()
  })

  const rows = boardRows([line('D'), line('C', one('submitted', { score: 92.5, band: 'A', findings: 1 })), line('B', one('scheduled')), line('A', one('scheduled', { due_at: '2026-11-24T00:00:00Z' })), line('E', one('excused'))], NOW)

  it('shows first what still needs somebody, and counts', () => {
    expect(rows.map(({ line: { store } }) => store.code).join('')).toBe('ABCED')
    expect(countsOf(rows)).toEqual({ overdue: 1, scheduled: 1, submitted: 1, excused: 1, none: 1 })
    expect(progressOf(rows)).toEqual({ done: 1, of: 3 })
  })

  it('leaves as a table that no spreadsheet runs', () => {
    const danger = boardRows([line('=1+1', one('submitted', { score: 90, band: 'A', findings: 0 }))], NOW)
    const csv = csvOf(danger, { heads: ['code', 'store', 'state', 'due', 'score', 'band', 'findings'], state: (s) => s, bi: (text) => text.en, when: () => '30 Nov, 08:00' })
    expect(csv).toBe('\uFEFFcode,store,state,due,score,band,findings\r\n\'=1+1,"Store ""=1+1""",submitted,"30 Nov, 08:00",90,A,0\r\n')
  })
})

describe('why a visit lies on the desk', () => {
  it.each([
    ['missedLate', {}],
    ['missed', { missed_at: '2026-11-20T14:00:00Z' }],
    ['begun', { started_at: '2026-11-20T02:00:00Z' }],
    ['reported', { started_at: '2026-11-22T02:00:00Z', inspection_id: 'i' }],
    ['nobodyPlan', { state: 'scheduled', assignee: null, plan_id: 'p1' }],
    ['nobody', { state: 'scheduled', assignee: null }],
  ] as const)('%s', (why, rest) => {
    expect(whyOf(visit('a', rest as object))).toBe(why)
  })

  it('is searched, and what came of many is counted', () => {
    expect(visitsLike([visit('a'), visit('b')], 'store b list').map(({ id }) => id)).toEqual(['b'])
    const problem = { type: '/problems/wrong-state', title: '', status: 409, detail: '', errors: [] }
    const answers = [{ id: 'a', done: true, visit: visit('a'), problem: null }, { id: 'b', done: false, visit: null, problem }] as VisitStepAnswer[]
    expect(tally(answers)).toEqual({ done: 1, left: 1, problem })
  })
})

describe('absences', () => {
  const away = (id: string, first_day: string, last_day: string, cancelled_at: string | null = null): Absence => ({ id, first_day, last_day, cancelled_at, user: { id: 'u', name: '' }, deputy: { id: 'd', name: '' }, reason: '', created_by: { id: 'u', name: '' }, created_at: '' })
  const list = [away('old', '2026-10-01', '2026-10-02'), away('older', '2026-09-01', '2026-09-02'), away('off', '2026-12-01', '2026-12-02', 'x'), away('later', '2026-12-05', '2026-12-06'), away('soon', '2026-11-26', '2026-11-27'), away('now', '2026-11-25', '2026-11-25')]

  it('stand by their days', () => {
    expect(list.map((one) => absenceStanding(one, '2026-11-25'))).toEqual(['past', 'past', 'cancelled', 'ahead', 'ahead', 'now'])
    expect(list.filter((one) => isOver(one, '2026-11-25')).map(({ id }) => id)).toEqual(['old', 'older', 'off'])
  })

  it('are shown from now on, what is over last', () => {
    expect(inOrder(list, '2026-11-25').map(({ id }) => id)).toEqual(['now', 'soon', 'later', 'old', 'older', 'off'])
  })
})

describe('weeks', () => {
  it.each([
    ['2026-W48', '2026-11-23'],
    ['2026-W01', '2025-12-29'],
    ['2026-W53', '2026-12-28'],
    ['2027-W01', '2027-01-04'],
    ['nonsense', ''],
  ])('%s begins on %s', (week, day) => {
    expect(mondayOf(week)).toBe(day)
  })

  it('stand side by side, with nothing where nobody goes', () => {
    const found = grid([{ weeks: [{ week: '2026-W49', visits: 4 }] }, { weeks: [{ week: '2026-W48', visits: 1 }] }])
    expect([found.weeks, found.rows.map((row) => row.visits), found.rows.map((row) => row.total), found.most]).toEqual([['2026-W48', '2026-W49'], [[0, 4], [1, 0]], [4, 1], 4])
    expect(grid([]).most).toBe(1)
  })
})
