import { describe, expect, it } from 'vitest'
import type { Progress } from '@/api/campaignTypes'
import { blankCampaign, campaignIn, faultsIn, type CampaignForm } from '@/screens/campaigns/campaignForm'
import { countOf, doneOf, standingOf } from '@/screens/campaigns/progress'

const NOW = new Date('2026-11-25T02:00:00Z')
const ZONE = 'Asia/Shanghai'
const filled = (changes: Partial<CampaignForm> = {}): CampaignForm => ({ ...blankCampaign('c1', '2026-11-25'), title: { zh: ' 换灯片 ', en: '' }, ...changes })
const progress = (counts: Partial<Progress['counts']>, overdue = 0): Progress & { cancelled_at: string | null } => {
  const all = { open: 0, in_progress: 0, submitted: 0, closed: 0, waived: 0, cancelled: 0, ...counts }
  return { counts: all, overdue, total: Object.values(all).reduce((sum, n) => sum + n, 0), cancelled_at: null }
}

describe('the form', () => {
  it.each([
    ['nothing filled in', blankCampaign('c1', '2026-11-25'), { title: 'title' }],
    ['one language is enough', filled(), {}],
    ['no day', filled({ day: '' }), { due: 'due' }],
    ['a time that has passed', filled({ day: '2026-11-25', time: '09:59' }), { due: 'past' }],
  ])('%s', (_, form, faults) => expect(faultsIn(form, ZONE, NOW)).toEqual(faults))

  it('means the evening a week from today, and no guide where none was written', () => {
    expect(campaignIn(filled(), ZONE)).toEqual({
      id: 'c1',
      title: { zh: '换灯片', en: '' },
      guide: null,
      flag: 'general',
      needs_photo: true,
      photos: [],
      selection: { region_ids: [], types: [], tags: [], levels: [], store_ids: [], except_ids: [] },
      due_at: '2026-12-02T10:00:00.000Z',
    })
    expect(campaignIn(filled({ guide: { zh: '', en: ' how ' } }), ZONE).guide).toEqual({ zh: '', en: 'how' })
  })
})

describe('how far it is', () => {
  it.each([
    ['begun', progress({ open: 3, closed: 1 }), { done: 1, of: 4 }, 'running'],
    ['waived and cancelled do not count', progress({ closed: 2, waived: 1, cancelled: 1 }), { done: 2, of: 2 }, 'done'],
    ['handed in is not done', progress({ submitted: 1, closed: 1 }), { done: 1, of: 2 }, 'running'],
    ['called off', { ...progress({ open: 0, cancelled: 4 }), cancelled_at: NOW.toISOString() }, { done: 0, of: 0 }, 'cancelled'],
  ])('%s', (_, given, done, standing) => {
    expect(doneOf(given)).toEqual(done)
    expect(standingOf(given)).toBe(standing)
  })

  it('counts what is late beside the states', () => expect([countOf(progress({ open: 3 }, 2), 'overdue'), countOf(progress({ open: 3 }, 2), 'open')]).toEqual([2, 3]))
})
