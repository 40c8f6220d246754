import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Content } from '../../src/domain/checklist'
import { daypartOf } from '../../src/domain/dayparts'
import { contextOf, inForce, sameContext } from '../../src/domain/inForce'
import { baseKey, roundOf } from '../../src/domain/keys'

/* eslint-disable @typescript-eslint/no-explicit-any -- the tables are JSON */
const CASES: any[] = JSON.parse(readFileSync(resolve(process.cwd(), '../tests/vectors/inforce.json'), 'utf8'))
const of = (what: string): [string, any][] => CASES.filter((c) => c.what === what).map((c) => [c.name, c])
const hour = (time: string): number => Number(time.slice(0, 2))
const keys = (content: Content) => content.sections.map((section) => [section.key, section.items.map((item) => item.key)])

describe('what is in force, as the server sees it too', () => {
  it('has cases of every sort', () => {
    for (const what of ['in_force', 'daypart', 'same_context', 'context', 'key']) expect(of(what)).not.toEqual([])
  })

  it.each(of('in_force'))('%s', (_, c) => {
    const before = JSON.stringify(c.content)
    const found = inForce(c.content, c.context, c.answers, c.rounds, c.on_date)
    expect(keys(found)).toEqual(c.expect)
    expect(found === c.content).toBe(c.same)
    expect(JSON.stringify(c.content)).toBe(before)
    expect(inForce(found, null, c.answers, c.rounds, c.on_date)).toBe(found)
  })

  it.each(of('daypart'))('%s', (_, c) => {
    expect(daypartOf(hour(c.local_time))).toBe(c.expect)
  })

  it.each(of('same_context'))('%s', (_, c) => {
    expect(sameContext(c.a, c.b)).toBe(c.expect)
    expect(sameContext(c.b, c.a)).toBe(c.expect)
  })

  it.each(of('context'))('%s', (_, c) => {
    expect(contextOf(c.store_type, c.tags, c.region_codes, hour(c.local_time))).toEqual(c.expect)
  })

  it.each(of('key'))('%s', (_, c) => {
    expect({ base: baseKey(c.key), round: roundOf(c.key) }).toEqual(c.expect)
  })
})
