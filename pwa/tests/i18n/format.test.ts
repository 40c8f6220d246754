import { describe, expect, it } from 'vitest'
import { DASH, formatBytes, formatDate, formatDateTime, formatDistance, formatDuration, formatRelative, formatTime, formatWeekday } from '@/i18n/format'

const AT = '2026-11-25T01:02:03.123Z'
const SHANGHAI = 'Asia/Shanghai'
const NOW = new Date('2026-11-25T04:00:00Z')

describe('dates and times', () => {
  it.each([
    ['zh', '周三 11月25日', '2026年11月25日', '11月25日 09:02'],
    ['en', 'Wed 25 Nov', '25 Nov 2026', '25 Nov 09:02'],
  ] as const)('in %s', (locale, weekday, date, dateTime) => {
    expect(formatWeekday(locale, AT, SHANGHAI)).toBe(weekday)
    expect(formatDate(locale, AT, SHANGHAI)).toBe(date)
    expect(formatDateTime(locale, AT, SHANGHAI, NOW)).toBe(dateTime)
    expect(formatTime(locale, AT, SHANGHAI)).toBe('09:02')
  })

  it('name the year when it is not this one', () => {
    expect(formatDateTime('zh', '2025-03-01T02:00:00Z', SHANGHAI, NOW)).toBe('2025年3月1日 10:00')
  })

  it('show midnight as 00 and a plain date as the same day everywhere', () => {
    expect(formatTime('en', '2026-11-24T16:00:00Z', SHANGHAI)).toBe('00:00')
    expect(formatDate('en', '2026-11-25', 'America/Los_Angeles')).toBe('25 Nov 2026')
  })

  it('show a dash for nothing and for nonsense', () => {
    expect(formatDate('zh', null)).toBe(DASH)
    expect(formatRelative('en', 'nonsense')).toBe(DASH)
  })
})

describe('near times', () => {
  it.each([
    [-3 * 60_000, '3分钟前', '3 min ago'],
    [-10_000, '现在', 'now'],
    [24 * 3_600_000, '明天', 'tomorrow'],
    [-26 * 3_600_000, '昨天', 'yesterday'],
  ])('%i ms away', (away, zh, en) => {
    const when = new Date(NOW.getTime() + away)
    expect(formatRelative('zh', when, NOW)).toBe(zh)
    expect(formatRelative('en', when, NOW)).toBe(en)
  })

  it('say how long in the largest whole unit', () => {
    expect(formatDuration('zh', 21.7 * 3_600_000)).toBe('21小时')
    expect(formatDuration('en', 38 * 86_400_000)).toBe('38 days')
    expect(formatDuration('en', -5)).toBe('1 min')
  })
})

describe('measures', () => {
  it.each([
    [850.4, '850 m'],
    [1234, '1.2 km'],
    [12_345, '12 km'],
    [null, DASH],
  ])('%s metres', (metres, text) => {
    expect(formatDistance('zh', metres)).toBe(text)
  })

  it.each([
    [0, '0 B'],
    [1536, '2 KB'],
    [241_172_480, '230 MB'],
  ])('%s bytes', (bytes, text) => {
    expect(formatBytes('en', bytes)).toBe(text)
  })
})
