import 'fake-indexeddb/auto'
import type { VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { InspectionDocument, JudgedAnswer } from '@/api/types'
import { db, type OutboxEntry } from '@/db/schema'
import { explain } from '@/domain/explaining'
import ScoreExplained from '@/screens/explained/ScoreExplained.vue'
import { explainOwn, factsOf } from '@/screens/inspections/reportScore'
import { show } from '../components/mounting'
import { answer, content, grades, item, section, words } from './items'

const list = content(section('front', [
  item('pass_fail', { key: 'sign', text: words('Sign lit'), points: 10, flag: 'redline' }),
  item('graded', { key: 'shelf', text: words('Shelf'), points: 10, grades: grades(['top', 'Good', 100], ['mid', 'Fair', 60]) }),
  item('pass_fail', { key: 'till', text: words('Till'), points: 20 }),
]))
const given = [answer({ item_key: 'sign', result: 'fail' }), answer({ item_key: 'shelf', value: 'mid' }), answer({ item_key: 'till', result: 'pass' })]
const explanation = explain(list, given, '2026-11-25', ['shelf'])

let shown: VueWrapper | null = null
async function page(more: Record<string, unknown> = {}) {
  const { wrapper } = await show(ScoreExplained, { props: { explanation, content: list, answers: given, onDate: '2026-11-25', headed: true, ...more } })
  shown = wrapper as unknown as VueWrapper
  return wrapper
}
afterEach(() => {
  shown?.unmount()
  shown = null
})

describe('a score that is explained', () => {
  it('says its steps, and what cost points with the dearest first', async () => {
    const wrapper = await page()
    expect(wrapper.findAll('.steps li').map((one) => one.text())).toEqual(explanation.words.map((one) => one.en))
    const costs = wrapper.findAll('.cost').map((one) => one.text())
    expect(costs).toHaveLength(2)
    expect(costs[0]).toContain('Sign lit')
    expect(costs.map((one) => one.includes('Failed again'))).toEqual([false, true])
  })

  it('shows at once what a tick brings, alone and together, and goes back', async () => {
    const wrapper = await page()
    expect(wrapper.find('.then').exists()).toBe(false)
    const ticks = wrapper.findAll('.cost input')
    await ticks[0]!.setValue(true)
    expect(wrapper.get('.then').text()).toContain('90.0')
    await ticks[1]!.setValue(true)
    expect(wrapper.get('.then').text()).toMatch(/100\.0.*A.*Pass/)
    expect(wrapper.get<HTMLInputElement>('.all input').element.checked).toBe(true)
    await wrapper.get('.all input').setValue(false)
    expect(wrapper.find('.then').exists()).toBe(false)
  })

  it('without the checklist tells the reasons and lets nothing be tried', async () => {
    const wrapper = await page({ content: null })
    expect(wrapper.findAll('.steps li').length).toBeGreaterThan(0)
    expect(wrapper.findAll('input')).toHaveLength(0)
  })

  it('leads to the card of an item', async () => {
    const wrapper = await page()
    await wrapper.get('.jump').trigger('click')
    expect(wrapper.emitted('go')).toEqual([['sign']])
  })
})

describe('a report on this phone', () => {
  beforeEach(async () => {
    await db.delete()
    await db.open()
  })

  it('is explained without a network when its checklist is here too', async () => {
    const document = { store_id: 's', checklist_id: 'c', checklist_version: 3, on_date: '2026-11-25', submitted_at: '2026-11-25T02:00:00Z', context: null, rounds: {}, answers: given }
    await db.outbox.put({ id: 'report', kind: 'inspection', body: JSON.stringify(document as unknown as InspectionDocument) } as OutboxEntry)
    expect(await explainOwn('report')).toBeNull()
    await db.versions.put({ checklist_id: 'c', number: 3, content: list, content_sha256: '' })
    const found = await explainOwn('report')
    expect(found?.explanation.score.score).toBe(explanation.score.score)
    expect(await explainOwn('elsewhere')).toBeNull()
  })

  it.each([['pass', 'pass'], ['fail', 'fail'], ['na', 'na'], ['cannot_check', 'cannot_check'], ['partial', null]] as const)('%s was given as %s', (judged, was) =>
    expect(factsOf({ item_key: 'k', result: judged, value: 'mid' } as JudgedAnswer)).toMatchObject({ result: was, value: 'mid' }))
})
