import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiProblem, NetworkError } from '@/api/problems'
import { makeSaver, QUIET_MS, type SaveState } from '@/screens/builder/saver'

const refused = (status: number, type: string) => new ApiProblem({ type: `/problems/${type}`, title: type, status })

/** A server that answers when it is told to. */
function world() {
  const said: SaveState[] = []
  const disk: [string, boolean][] = []
  const calls: { doc: string; answer: (error?: Error) => void }[] = []
  const saver = makeSaver<string, string>({
    async keep(doc, dirty) {
      disk.push([doc, dirty])
    },
    send: (doc) =>
      new Promise((resolve, reject) => {
        calls.push({ doc, answer: (error) => (error ? reject(error) : resolve('ok')) })
      }),
    received() {},
    state: (state) => said.push(state),
  })
  const quiet = () => vi.advanceTimersByTimeAsync(QUIET_MS)
  return { saver, said, disk, calls, quiet }
}

beforeEach(() => {
  vi.useFakeTimers()
  return () => vi.useRealTimers()
})

describe('the saver', () => {
  it('is on the disk at once and on the server a second after the last change', async () => {
    const { saver, said, disk, calls, quiet } = world()
    saver.changed('a')
    await vi.advanceTimersByTimeAsync(QUIET_MS - 1)
    saver.changed('ab')
    await vi.advanceTimersByTimeAsync(QUIET_MS - 1)
    expect(disk).toEqual([['a', true], ['ab', true]])
    expect([calls.length, said.at(-1)]).toEqual([0, 'local'])
    await quiet()
    expect([calls.length, calls[0]?.doc, said.at(-1)]).toEqual([1, 'ab', 'saving'])
    calls[0]!.answer()
    await vi.advanceTimersByTimeAsync(0)
    expect([said.at(-1), disk.at(-1)]).toEqual(['saved', ['ab', false]])
  })

  it('sends one at a time, and what was changed meanwhile after it', async () => {
    const { saver, calls, quiet, said } = world()
    saver.changed('a')
    await quiet()
    saver.changed('ab')
    await vi.advanceTimersByTimeAsync(5 * QUIET_MS)
    expect(calls).toHaveLength(1)
    calls[0]!.answer()
    await quiet()
    expect(calls.map((call) => call.doc)).toEqual(['a', 'ab'])
    calls[1]!.answer()
    await vi.advanceTimersByTimeAsync(0)
    expect(said.at(-1)).toBe('saved')
  })

  it('keeps it without a network and sends it later by itself', async () => {
    const { saver, calls, quiet, said, disk } = world()
    saver.changed('a')
    await quiet()
    calls[0]!.answer(new NetworkError('gone'))
    await vi.advanceTimersByTimeAsync(0)
    expect([said.at(-1), disk.at(-1)]).toEqual(['offline', ['a', true]])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(calls.length).toBe(2)
    calls[1]!.answer()
    await vi.advanceTimersByTimeAsync(0)
    expect(said.at(-1)).toBe('saved')
  })

  it.each([
    ['conflict', refused(409, 'stale-version')],
    ['signIn', refused(401, 'unauthorized')],
  ] as const)('waits for a person: %s', async (state, problem) => {
    const { saver, calls, quiet, said, disk } = world()
    saver.changed('a')
    await quiet()
    calls[0]!.answer(problem)
    await vi.advanceTimersByTimeAsync(0)
    saver.changed('ab')
    await vi.advanceTimersByTimeAsync(120_000)
    expect([said.at(-1), calls.length, disk.at(-1)]).toEqual([state, 1, ['ab', true]])
    saver.resume()
    await quiet()
    expect(calls.at(-1)?.doc).toBe('ab')
  })

  it('tries again after a refusal only when something has changed', async () => {
    const { saver, calls, quiet, said } = world()
    saver.changed('a')
    await quiet()
    calls[0]!.answer(refused(413, 'too-large'))
    await vi.advanceTimersByTimeAsync(120_000)
    expect([said.at(-1), calls.length]).toEqual(['refused', 1])
    saver.changed('b')
    await quiet()
    expect(calls.length).toBe(2)
  })

  it('flush says whether all is on the server', async () => {
    const { saver, calls } = world()
    saver.changed('a')
    const done = saver.flush()
    await vi.advanceTimersByTimeAsync(0)
    calls[0]!.answer()
    expect(await done).toBe(true)
    saver.changed('b')
    const failed = saver.flush()
    await vi.advanceTimersByTimeAsync(0)
    calls[1]!.answer(new NetworkError('gone'))
    expect(await failed).toBe(false)
    saver.stop()
  })
})
