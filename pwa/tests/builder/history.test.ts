import { describe, expect, it } from 'vitest'
import { begin, commit, MOST_STEPS, redo, seal, undo, type History } from '@/screens/builder/history'

const typed = (history: History<string>, texts: string[], group: string): History<string> => texts.reduce((h, text) => commit(h, text, 'field', group), history)

describe('the history', () => {
  it('goes back and forth, and says where', () => {
    const history = commit(commit(begin('a'), 'b', 'one'), 'c', 'two')
    const back = undo(history)
    expect([back?.history.present, back?.where]).toEqual(['b', 'two'])
    const again = back && redo(back.history)
    expect([again?.history.present, again?.where]).toEqual(['c', 'two'])
    expect(undo(begin('a'))).toBeNull()
    expect(redo(history)).toBeNull()
  })

  it('makes one step of what is typed into one field', () => {
    const history = typed(begin(''), ['f', 'fr', 'fri'], 'name')
    expect(history.past).toHaveLength(1)
    expect(undo(history)?.history.present).toBe('')
  })

  it('makes two steps of two fields, and of one field that was left and taken up again', () => {
    expect(typed(typed(begin(''), ['a', 'ab'], 'name'), ['abc'], 'guide').past).toHaveLength(2)
    expect(typed(seal(typed(begin(''), ['a'], 'name')), ['ab'], 'name').past).toHaveLength(2)
  })

  it('forgets what was undone as soon as something else is done', () => {
    const back = undo(commit(begin('a'), 'b', ''))!.history
    expect(commit(back, 'c', '').future).toEqual([])
  })

  it('begins a new step after an undo, even in the same field', () => {
    const back = undo(typed(begin(''), ['a'], 'name'))!.history
    expect(typed(back, ['b'], 'name').past).toHaveLength(1)
  })

  it('takes no step when nothing changed', () => {
    const history = begin('a')
    expect(commit(history, 'a', '')).toBe(history)
  })

  it('keeps at least a hundred steps and drops the oldest', () => {
    expect(MOST_STEPS).toBeGreaterThanOrEqual(100)
    let history = begin(0)
    for (let n = 1; n <= MOST_STEPS + 50; n++) history = commit(history, n, '')
    let steps = 0
    for (let back = undo(history); back; back = undo(history)) {
      history = back.history
      steps += 1
    }
    expect([steps, history.present]).toEqual([MOST_STEPS, 50])
  })
})
