import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { ApiProblem } from '@/api/problems'
import type { Checklist, ChecklistDetail } from '@/api/types'
import { isIn, pointsOf, versionShown, type ListState } from '@/screens/checklists/checklistData'
import { copyCode, suggestCode } from '@/screens/checklists/codes'
import { codeOfFile, faultsAsText, faultsOf, fileRefused, foundIn, typeOf } from '@/screens/checklists/importing'
import { nameFaults, refusedName } from '@/screens/checklists/naming'
import { item } from './speaking'

const list = (rest: Partial<Checklist> = {}): Checklist => ({ id: '1', code: 'A-01', name: { zh: '', en: '' }, kind: 'visit', published_version: 1, draft_revision: 2, has_draft: false, retired_at: null, ...rest })
const said = (key: string): string => key.replace('checklists.', '')
const refused = (errors: { pointer: string; code: string; message: string }[], status = 422, more: object = {}): ApiProblem => new ApiProblem({ type: '/problems/validation', title: '', status, errors, ...more })

it.each([
  ['Night stock check', [], 'NSC-01'],
  ['Night stock check', ['NSC-01', 'nsc-02'], 'NSC-03'],
  ['a b c d e f', [], 'ABCD-01'],
  ['', [], 'LIST-01'],
  ['便利店', ['LIST-01'], 'LIST-02'],
])('a code for "%s" when %o are taken is %s', (english, taken, code) => {
  expect(suggestCode(english, taken)).toBe(code)
})

it.each([
  ['CVS-01', ['CVS-01'], 'CVS-01-2'],
  ['CVS-01', ['CVS-01', 'CVS-01-2', 'CVS-01-3'], 'CVS-01-4'],
  ['X'.repeat(64), [], `${'X'.repeat(60)}-2`],
])('a copy of %s when %o are taken is %s', (code, taken, copy) => {
  expect(copyCode(code, taken)).toBe(copy)
})

it.each<[string, Partial<Checklist>, ListState[]]>([
  ['published', {}, ['published']],
  ['published and being changed', { has_draft: true }, ['published', 'drafts']],
  ['never published', { published_version: null, has_draft: true }, ['drafts']],
  ['begun and empty', { published_version: null }, ['drafts']],
  ['retired', { retired_at: '2026-11-25T00:00:00Z', has_draft: true }, ['retired']],
])('a checklist that is %s', (_name, given, states) => {
  expect((['published', 'drafts', 'retired'] as const).filter((state) => isIn(state, list(given)))).toEqual(states)
})

describe('the version that is shown', () => {
  const draft = { scoring: {}, sections: [] } as unknown as ChecklistDetail['draft']
  it.each<[unknown, number | null, boolean, number | 'draft' | null]>([
    [undefined, 3, true, 3],
    ['draft', 3, true, 'draft'],
    ['draft', 3, false, 3],
    ['2', 3, false, 2],
    ['4', 3, false, 3],
    ['x', 3, false, 3],
    [undefined, null, true, 'draft'],
    [undefined, null, false, null],
  ])('asked for %o of %o, draft %o: %o', (asked, published, drafted, shown) => {
    expect(versionShown({ ...list({ published_version: published }), draft: drafted ? draft : null, faults: [], versions: [] }, asked)).toBe(shown)
  })
})

it('points count as often as their weight says', () => {
  expect(pointsOf([item('a', '', '', { points: 5, weight: 2 }), item('b', '', '', { points: 0.1 }), item('c', '', '', { points: 3, bonus: true })])).toBe(10.1)
})

it.each([
  [{ code: 'A-01', zh: '', en: '', kind: '' }, { name: 'nameMissing' }],
  [{ code: '-A', zh: '店', en: '', kind: '' }, { code: 'codeWrong' }],
  [{ code: 'B-01', zh: '', en: 'B', kind: '' }, { code: 'codeTaken' }],
  [{ code: ' C-01 ', zh: '', en: 'C', kind: '' }, {}],
])('the name %o has the faults %o', (form, faults) => {
  expect(nameFaults(form, ['B-01'], said)).toEqual(faults)
})

it.each([
  [refused([{ pointer: '/code', code: 'taken', message: '' }], 409), { code: 'codeTaken' }],
  [refused([{ pointer: '/code', code: 'invalid', message: '' }]), { code: 'codeWrong' }],
  [refused([{ pointer: '/name/zh', code: 'too_long', message: '' }]), { name: 'nameMissing' }],
  [refused([]), null],
  [new Error('no network'), null],
])('a refusal by the server stands beside its field', (thrown, faults) => {
  expect(refusedName(thrown, said)).toEqual(faults)
})

describe('a file', () => {
  it.each([
    ['List.XLSX', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['a.b.json', 'application/json'],
    ['form.csv', 'text/csv'],
    ['form.pdf', null],
    ['form', null],
  ])('called %s is %s', (name, type) => {
    expect(typeOf(name)).toBe(type)
  })

  it.each([
    ['a.csv', 10, null],
    ['a.doc', 10, 'fileKind'],
    ['a.csv', 0, 'fileEmpty'],
    ['a.csv', 12 * 1024 * 1024, null],
    ['a.csv', 12 * 1024 * 1024 + 1, 'fileTooBig'],
    ['a.xlsx', 5 * 1024 * 1024 + 1, 'fileTooBig'],
  ])('%s of %i bytes is refused because of %s', (name, size, why) => {
    expect(fileRefused({ name, size })).toBe(why)
  })

  it('names its faults by cell', () => {
    const found = faultsOf(refused([{ pointer: '/Items/F12', code: 'invalid', message: 'Not a kind.' }], 422, { cells: [{ sheet: 'Items', cell: 'F12', code: 'invalid' }] }), said)
    expect(found).toEqual([{ where: 'Items!F12', code: 'invalid', message: 'Not a kind.' }])
    expect(faultsAsText(found!, (fault) => fault.message)).toBe('Items!F12\tNot a kind.')
  })

  it('names its faults by sheet, by line, by place in JSON, or as a whole', () => {
    const error = { pointer: '/0/sections/1', code: 'invalid', message: '' }
    const where = (more: object): string | undefined => faultsOf(refused([error], 422, more), (key, named) => `${said(key)} ${Object.values(named).join(' ')}`)?.[0]?.where
    expect(where({ cells: [{ sheet: 'Items', cell: '' }] })).toBe('Items')
    expect(where({ cells: [{ sheet: '', cell: '' }] })).toBe('faultFile ')
    expect(where({ rows: [{ line: 3, column: 'severity' }] })).toBe('faultCell 3 severity')
    expect(where({ rows: [{ line: 3, column: '' }] })).toBe('faultLine 3 ')
    expect(where({})).toBe('0/sections/1')
  })

  it('has no faults when it was refused for another reason', () => {
    expect(faultsOf(new Error('no network'), said)).toBeNull()
    expect(faultsOf(refused([]), said)).toBeNull()
    expect(faultsOf(refused([{ pointer: '', code: '', message: '' }], 409), said)).toBeNull()
  })

  it('holds what is new, changed or the same', () => {
    const report = { checklists: 3, published: 0, unchanged: 1, codes: ['A-01', 'B-01', 'C-01'], new_codes: ['C-01'], changed_codes: ['B-01'], unchanged_codes: ['A-01'], ids: [], dry_run: true }
    expect(foundIn(report).map((one) => one.found)).toEqual(['unchanged', 'changed', 'new'])
  })

  it.each([
    ['paper form 2.csv', 'PAPER-FORM-2'],
    ['检查表.csv', 'FORM'],
  ])('%s suggests the code %s', (name, code) => {
    expect(codeOfFile(name)).toBe(code)
  })
})
