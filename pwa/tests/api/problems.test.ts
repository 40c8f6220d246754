import { describe, expect, it } from 'vitest'
import { ApiProblem, classify, NetworkError, NotOurs } from '@/api/problems'

const problem = (status: number, type = 'x') => new ApiProblem({ type: `/problems/${type}`, title: '', status })

describe('the law of the phone', () => {
  it.each([
    ['no answer', new NetworkError('gone'), 'retry'],
    ['a page of the hotel', new NotOurs('html'), 'retry'],
    ['a fault of our own', new TypeError('oops'), 'retry'],
    ['408', problem(408), 'retry'],
    ['425', problem(425), 'retry'],
    ['429', problem(429, 'too-many-requests'), 'retry'],
    ['500', problem(500, 'internal'), 'retry'],
    ['502', problem(502), 'retry'],
    ['503', problem(503, 'unavailable'), 'retry'],
    ['incomplete-body', problem(400, 'incomplete-body'), 'retry'],
    ['digest-mismatch', problem(400, 'digest-mismatch'), 'retry'],
    ['401', problem(401, 'token-expired'), 'pause'],
    ['session revoked', problem(401, 'session-revoked'), 'pause'],
    ['csrf', problem(403, 'csrf'), 'pause'],
    ['403', problem(403, 'forbidden'), 'keep'],
    ['404', problem(404, 'not-found'), 'keep'],
    ['409', problem(409, 'stale-version'), 'keep'],
    ['410', problem(410), 'keep'],
    ['413', problem(413, 'too-large'), 'keep'],
    ['415', problem(415, 'not-a-picture'), 'keep'],
    ['422', problem(422, 'validation'), 'keep'],
    ['other 400', problem(400, 'malformed-json'), 'keep'],
  ])('%s', (_, error, verdict) => {
    expect(classify(error)).toBe(verdict)
  })
})
