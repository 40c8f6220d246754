import { describe, expect, it } from 'vitest'
import { lastTime } from '@/db/earlier'

const visit = { id: 'now', store_id: 's', checklist_id: 'c', at: '2026-11-25T02:00:00Z' }
const report = (id: string, submitted_at: string, failed_items: string[], more = {}) =>
  ({ id, store_id: 's', checklist_id: 'c', status: 'approved', submitted_at, failed_items, ...more }) as never
const task = (id: string, item_key: string, created_at: string, status: string, more = {}) =>
  ({ id, store_id: 's', checklist_id: 'c', item_key, status, created_at, finding: { result: 'fail', value: 12, note: 'too warm', photos: ['b'] }, fix: null, ...more }) as never

describe('how an item was last time', () => {
  const reports = [report('r1', '2026-11-01T02:00:00Z', ['cold']), report('r2', '2026-11-12T02:00:00Z', ['floor']), report('other', '2026-11-20T02:00:00Z', ['cold'], { store_id: 'x' })]

  it('nothing is known at a first visit', () => {
    expect(lastTime([], [], visit)('cold')).toBeNull()
  })

  it('tells that nothing was found at the last visit by this checklist in this store', () => {
    expect(lastTime(reports, [], visit)('date')).toMatchObject({ at: '2026-11-12T02:00:00Z', failed: false, task: null })
  })

  it('tells what was found, and what has become of it', () => {
    const tasks = [task('t1', 'floor', '2026-11-12T02:00:01Z', 'closed', { fix: { photos: ['a'] } })]
    expect(lastTime(reports, tasks, visit)('floor')).toEqual({ at: '2026-11-12T02:00:00Z', failed: true, value: 12, note: 'too warm', before: 'b', task: { id: 't1', status: 'closed', after: 'a' } })
  })

  it('what was found longer ago is told while its task is open, and no longer', () => {
    expect(lastTime(reports, [task('t0', 'cold', '2026-11-01T02:00:01Z', 'open')], visit)('cold')).toMatchObject({ at: '2026-11-01T02:00:01Z', failed: true, task: { status: 'open' } })
    expect(lastTime(reports, [task('t0', 'cold', '2026-11-01T02:00:01Z', 'closed')], visit)('cold')).toMatchObject({ at: '2026-11-12T02:00:00Z', failed: false, task: null })
  })

  it('a voided report does not count, nor does one that came later', () => {
    const odd = [report('r3', '2026-11-20T02:00:00Z', ['date'], { status: 'voided' }), report('r4', '2026-11-26T02:00:00Z', ['date'])]
    expect(lastTime([...reports, ...odd], [], visit)('date')).toMatchObject({ failed: false })
  })

  it('the newest task about an item counts', () => {
    const tasks = [task('t2', 'floor', '2026-11-12T02:00:01Z', 'submitted'), task('t1', 'floor', '2026-10-12T02:00:01Z', 'closed')]
    expect(lastTime(reports, tasks, visit)('floor')).toMatchObject({ task: { id: 't2', status: 'submitted' } })
  })
})
