import { beforeEach, describe, expect, it } from 'vitest'
import { currentLocale, i18n, setLocale, startLocale } from '@/i18n'
import { pick } from '@/i18n/bi'
import { preferred } from '@/i18n/locale'

beforeEach(() => localStorage.clear())

describe('the language to begin with', () => {
  it.each([
    [['zh-TW', 'en'], 'zh'],
    [['fr-FR', 'en-US', 'zh'], 'en'],
    [['fr-FR'], 'zh'],
    [[], 'zh'],
  ])('of %j is %s', (languages, locale) => {
    expect(preferred(languages)).toBe(locale)
  })
})

describe('changing the language', () => {
  it('needs no reload, marks the page and is remembered', async () => {
    await setLocale('en')
    expect(i18n.global.t('common.cancel')).toBe('Cancel')
    expect(document.documentElement.lang).toBe('en')
    await setLocale('zh')
    expect(i18n.global.t('common.cancel')).toBe('取消')
    expect(document.documentElement.lang).toBe('zh-CN')
    localStorage.setItem('rounds.locale', 'en')
    await startLocale()
    expect(currentLocale()).toBe('en')
  })


  it('counts as the language does', async () => {
    await setLocale('en')
    const waiting = (n: number): string => i18n.global.t('common.status.waiting', { n }, n)
    expect([0, 1, 2].map(waiting)).toEqual(['0 items waiting to be sent', '1 item waiting to be sent', '2 items waiting to be sent'])
  })
})

it.each([
  [{ zh: '人民路店', en: 'Renmin Road' }, 'en', 'Renmin Road'],
  [{ zh: '人民路店', en: '' }, 'en', '人民路店'],
  [{ zh: '', en: 'Renmin Road' }, 'zh', 'Renmin Road'],
  [null, 'zh', ''],
])('a name %j in %s', (text, locale, shown) => {
  expect(pick(text, locale)).toBe(shown)
})
