/** The form of a campaign: what it begins with, what is missing, and what the server is told. Pure. */
import type { NewCampaign } from '@/api/campaignTypes'
import type { Selection } from '@/api/planTypes'
import type { Bilingual } from '@/api/types'
import type { Flag } from '@/domain/checklist'
import { momentOf } from '@/domain/clock'
import { dayAfter, everywhere } from '../plans/editor/form'

export interface CampaignForm {
  /** Made here, so that a second try starts no second campaign. */
  id: string
  title: Bilingual
  guide: Bilingual
  flag: Flag
  needs_photo: boolean
  photos: string[]
  selection: Selection
  day: string
  time: string
}

/** Until the evening a week from today. */
export const blankCampaign = (id: string, today: string): CampaignForm => ({
  id,
  title: { zh: '', en: '' },
  guide: { zh: '', en: '' },
  flag: 'general',
  needs_photo: true,
  photos: [],
  selection: everywhere(),
  day: dayAfter(today, 7),
  time: '18:00',
})

/** Codes of `campaigns.fault.*` by field. */
export type CampaignFaults = Partial<Record<'title' | 'due', string>>

export function faultsIn(form: CampaignForm, zone: string, now: Date): CampaignFaults {
  const found: CampaignFaults = {}
  if (!form.title.zh.trim() && !form.title.en.trim()) found.title = 'title'
  const due = momentOf(form.day, form.time, zone)
  if (!due) found.due = 'due'
  else if (due <= now) found.due = 'past'
  return found
}

/** Only for a form without faults. */
export function campaignIn(form: CampaignForm, zone: string): NewCampaign {
  const { day, time, guide, title, ...rest } = form
  const words = ({ zh, en }: Bilingual): Bilingual => ({ zh: zh.trim(), en: en.trim() })
  return {
    ...rest,
    title: words(title),
    guide: guide.zh.trim() || guide.en.trim() ? words(guide) : null,
    due_at: (momentOf(day, time, zone) ?? new Date()).toISOString(),
  }
}
