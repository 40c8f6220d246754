import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { complete } from '../../src/domain/completeness'
import { dueAt, severity, sla } from '../../src/domain/deadlines'
import { plain } from '../../src/domain/decimal'
import { explain, whatIf } from '../../src/domain/explaining'
import { judge } from '../../src/domain/judgement'
import { score } from '../../src/domain/scoring'
import { decide } from '../../src/domain/taskLifecycle'

/* eslint-disable @typescript-eslint/no-explicit-any -- the tables are JSON */
function table(name: string): any[] {
  return JSON.parse(readFileSync(resolve(process.cwd(), '../tests/vectors', `${name}.json`), 'utf8'))
}

describe('the tables that the server reads too', () => {
  it.each(table('scoring').map((c) => [c.name, c]))('scores: %s', (_, c) => {
    expect(score(c.content, c.answers, c.on_date, c.earlier)).toMatchObject(c.expect)
  })

  it.each(table('judgement').map((c) => [c.name, c]))('judges: %s', (_, c) => {
    const found = judge(c.item, c.answer ?? undefined, c.on_date)
    const shown = { ...found, max: found.max && plain(found.max), earned: found.earned && plain(found.earned) }
    expect(shown).toEqual(c.expect)
  })

  it.each(table('completeness').map((c) => [c.name, c]))('completeness: %s', (_, c) => {
    expect(complete(c.content, c.answers, c.on_date)).toEqual(c.expect)
  })

  it.each(table('explaining').map((c) => [c.name, c]))('explains: %s', (_, c) => {
    const found = explain(c.content, c.answers, c.on_date, c.earlier) as unknown as Record<string, unknown>
    for (const [name, expected] of Object.entries(c.expect)) expect(found[name]).toEqual(expected)
    for (const { closed, expect: expected } of c.what_if ?? []) {
      expect(whatIf(c.content, c.answers, c.on_date, closed)).toEqual(expected)
    }
  })

  it.each(table('task_lifecycle').map((c) => [c.name, c]))('life cycle: %s', (_, c) => {
    expect(decide(c.task, c.action, c.actor, c.given, c.now)).toEqual(c.expect)
  })

  it.each(table('deadlines').map((c, i) => [`${c.what} ${i}`, c]))('deadlines: %s', (_, c) => {
    if (c.what === 'due') {
      expect(new Date(dueAt(c.flag, c.fix_hours, Date.parse(c.created_at))).toISOString()).toBe(c.expect)
    } else if (c.what === 'sla') {
      expect(sla(Date.parse(c.now), Date.parse(c.created_at), Date.parse(c.due_at))).toBe(c.expect)
    } else {
      expect(severity(c.flag, c.repeats)).toBe(c.expect)
    }
  })
})
