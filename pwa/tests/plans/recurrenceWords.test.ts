import { describe, expect, it } from 'vitest'
import { lengthWords, recurrenceWords } from '@/screens/plans/recurrenceWords'
import { speaking } from './speaking'

const MONDAY = '2026-11-30'
type Row = [rrule: string, times: string[], minutes: number, zh: string, en: string]

const TABLE: Row[] = [
  ['FREQ=WEEKLY;BYDAY=MO,TH', ['09:00'], 780, '每周一、周四 09:00 起 13 小时', 'Mondays and Thursdays, from 09:00 for 13 hours'],
  ['FREQ=WEEKLY;BYDAY=TH,MO', ['09:00'], 780, '每周一、周四 09:00 起 13 小时', 'Mondays and Thursdays, from 09:00 for 13 hours'],
  ['FREQ=WEEKLY', ['09:00'], 60, '每周一 09:00 起 1 小时', 'Mondays, from 09:00 for 1 hour'],
  ['FREQ=WEEKLY;BYDAY=MO,TU,WE', ['09:00'], 120, '每周一、周二、周三 09:00 起 2 小时', 'Mondays, Tuesdays and Wednesdays, from 09:00 for 2 hours'],
  ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', ['08:30'], 90, '每周一至周五 08:30 起 1 小时 30 分钟', 'Mondays to Fridays, from 08:30 for 1 hour 30 minutes'],
  ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU', ['08:30'], 45, '每天 08:30 起 45 分钟', 'Every day, from 08:30 for 45 minutes'],
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR', ['10:00'], 480, '每 2 周的周一、周五 10:00 起 8 小时', 'Every 2 weeks on Monday and Friday, from 10:00 for 8 hours'],
  ['FREQ=DAILY', ['07:00', '15:00'], 120, '每天 07:00、15:00 起各 2 小时', 'Every day, from 07:00 and 15:00 for 2 hours each'],
  ['FREQ=DAILY;INTERVAL=3', ['07:00'], 120, '每 3 天 07:00 起 2 小时', 'Every 3 days, from 07:00 for 2 hours'],
  ['FREQ=MONTHLY;BYMONTHDAY=1,15', ['09:00'], 4320, '每月 1 日、15 日 09:00 起 3 天', 'On the 1st and the 15th of every month, from 09:00 for 3 days'],
  ['FREQ=MONTHLY;BYMONTHDAY=-1', ['09:00'], 1440, '每月最后一天 09:00 起 1 天', 'On the last day of every month, from 09:00 for 1 day'],
  ['FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=3', ['09:00'], 1500, '每 2 个月的 3 日 09:00 起 1 天 1 小时', 'Every 2 months on the 3rd, from 09:00 for 1 day 1 hour'],
  ['FREQ=MONTHLY', ['09:00'], 60, '每月 30 日 09:00 起 1 小时', 'On the 30th of every month, from 09:00 for 1 hour'],
  ['FREQ=MONTHLY;BYDAY=2TU', ['09:00'], 60, '每月第二个周二 09:00 起 1 小时', 'On the second Tuesday of every month, from 09:00 for 1 hour'],
  ['FREQ=MONTHLY;BYDAY=-1FR', ['09:00'], 60, '每月最后一个周五 09:00 起 1 小时', 'On the last Friday of every month, from 09:00 for 1 hour'],
  ['FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO', ['09:00'], 60, '每 3 个月的第一个周一 09:00 起 1 小时', 'Every 3 months on the first Monday, from 09:00 for 1 hour'],
  ['FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=12', ['09:00'], 60, '每季度首月 12 日 09:00 起 1 小时', 'On the 12th of the first month of every quarter, from 09:00 for 1 hour'],
  ['FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1', ['09:00'], 60, '每季度末月最后一天 09:00 起 1 小时', 'On the last day of the third month of every quarter, from 09:00 for 1 hour'],
  ['FREQ=DAILY;COUNT=1', ['09:00'], 10_080, '仅一次，2026年11月30日 09:00 起 7 天', 'Once on 30 Nov 2026, from 09:00 for 7 days'],
  ['FREQ=WEEKLY;BYDAY=SU;UNTIL=20261231', ['09:00'], 60, '每周日 09:00 起 1 小时，到2026年12月31日为止', 'Sundays, from 09:00 for 1 hour, until 31 Dec 2026'],
  ['FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1', ['09:00'], 60, '自定规则（FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1） 09:00 起 1 小时', 'Own rule (FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1), from 09:00 for 1 hour'],
  ['FREQ=DAILY;COUNT=5', ['09:00'], 60, '自定规则（FREQ=DAILY;COUNT=5） 09:00 起 1 小时', 'Own rule (FREQ=DAILY;COUNT=5), from 09:00 for 1 hour'],
]

describe.each(['zh', 'en'] as const)('in %s', (locale) => {
  it.each(TABLE)('%s at %o for %i minutes', async (rrule, times, window_minutes, zh, en) => {
    const say = await speaking(locale)
    expect(recurrenceWords({ rrule, starts_on: MONDAY, times, window_minutes }, say)).toBe(locale === 'zh' ? zh : en)
  })

  it('names the length of nothing too', async () => {
    const say = await speaking(locale)
    expect(lengthWords(0, say)).toBe(locale === 'zh' ? '0 分钟' : '0 minutes')
  })
})
