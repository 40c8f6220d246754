import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import type { Component } from 'vue'
import FlagFacts from '@/screens/inspections/FlagFacts.vue'
import ProofFacts from '@/screens/inspections/ProofFacts.vue'
import { show } from '../components/mounting'

const zone = 'Asia/Shanghai'
const photo = { sha256: 'a'.repeat(64), photo_id: 'p', item_key: 'i1' }
const other = { sha256: 'b'.repeat(64), inspection_id: 'r2', task_id: null, store_name: { zh: '人民路店', en: 'Renmin Road' }, taken_at: '2026-11-20T02:00:00Z' }

const shown = async (component: Component, props: Record<string, unknown>) => (await show(component, { props } as never)).wrapper

async function told(code: string, facts: Record<string, unknown>): Promise<string> {
  return (await shown(FlagFacts, { signal: { code, strong: false, facts }, timeZone: zone })).text()
}

describe('the facts behind a flag', () => {
  it.each([
    ['outside_fence', { metres: 1830, accuracy: 20, fence: 200, reason: 'parking' }, ['1.8 km', '20 m', '200 m', 'parking']],
    ['too_fast', { items: 45, seconds: 58, median_seconds: 0.9 }, ['45', '58', '0.9']],
    ['late', { due_at: '2026-11-25T10:00:00Z', finished_at: '2026-11-25T11:30:00Z' }, ['18:00', '19:30']],
    ['impossible_travel', { km: 48, minutes: 5.5, km_h: 524, from: { at: '2026-11-25T01:00:00Z' }, to: { at: '2026-11-25T01:05:30Z' } }, ['48', '5.5', '524', '09:00']],
    ['overlapping_visits', { visits: [{ store_name: null, minutes: 12, inspection_id: null }] }, ['12']],
    ['clock_wrong', { ahead_seconds: 3600, off_seconds: -7200 }, ['1', '2']],
    ['clock_changed', { counted_seconds: 1800, clock_seconds: 300, answers_outside: 3 }, ['30', '5', '3']],
    ['frozen_position', { still: { fixes: 4, seconds: 90 } }, ['4']],
    ['photo_elsewhere', { photos: [{ ...photo, metres: 5200 }] }, ['5.2 km']],
  ])('%s', async (code, facts, words) => {
    const text = await told(code, facts)
    for (const word of words) expect(text).toContain(word)
  })

  it('shows pictures that look alike side by side, with the way to the other', async () => {
      const view = await shown(FlagFacts, { signal: { code: 'photo_reused', strong: true, facts: { photos: [{ ...photo, bits: null, strong: true, other }] } }, timeZone: zone })
    expect(view.findAll('.r-photo-thumb')).toHaveLength(2)
    expect(view.find('a[href="/inspections/r2"]').exists()).toBe(true)
    expect(view.text()).toContain('10:00')
  })

  it('what hangs in a store out of sight has no picture and no way there', async () => {
      const hidden = { ...other, sha256: null, inspection_id: null, store_name: null }
    const view = await shown(FlagFacts, { signal: { code: 'photo_similar', strong: false, facts: { photos: [{ ...photo, bits: 14, strong: false, other: hidden }] } }, timeZone: zone })
    expect(view.findAll('.r-photo-thumb')).toHaveLength(1)
    expect(view.find('a').exists()).toBe(false)
  })

  it('says nothing where the flag says all', async () => {
    expect(await told('visit_unknown', {})).toBe('')
  })
})

it('the proof names each of its parts, known or not', async () => {
  const view = await shown(ProofFacts, { proof: { level: 2, place: true, camera: null, token: false, duration: true, travel: null } })
  expect(view.findAll('li').map((one) => one.classes()[0])).toEqual(['yes', 'unknown', 'no', 'yes', 'unknown'])
  expect(view.text()).toContain('2')
})
