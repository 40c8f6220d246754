import { describe, expect, it } from 'vitest'
import { notification, read, safeLink, windowFor } from '@/sw/told'

const pushed = { title: '人民路店：2 项要整改', body: '最早 18:00', link: '/tasks/1', tag: 'inspection:1', locale: 'zh', unread: 3 }

describe('a push', () => {
  it('says what it says, and replaces the same matter', () => {
    const told = read(JSON.stringify(pushed))
    expect(told).toEqual(pushed)
    expect(notification(told)).toMatchObject({ title: pushed.title, options: { body: '最早 18:00', tag: 'inspection:1', lang: 'zh-CN', data: { link: '/tasks/1' } } })
  })

  it.each([
    ['nothing', undefined],
    ['no JSON', 'hello'],
    ['another thing', '[1]'],
    ['null', 'null'],
    ['no title', '{"body":"x"}'],
  ])('of %s still shows something that leads to the inbox', (_, text) => {
    const told = read(text)
    expect(told.title).not.toBe('')
    expect(told.link).toBe('/messages')
  })

  it.each([
    ['https://evil.example/x', '/messages'],
    ['//evil.example/x', '/messages'],
    ['/\\evil.example', '/messages'],
    ['javascript:alert(1)', '/messages'],
    [7, '/messages'],
    ['/tasks/1?tab=a#b', '/tasks/1?tab=a#b'],
  ])('with the link %s leads to %s', (link, expected) => {
    expect(safeLink(link)).toBe(expected)
    expect(read(JSON.stringify({ ...pushed, link })).link).toBe(expected)
  })
})

describe('the window that is led there', () => {
  const at = (url: string, focused = false, visibilityState = 'hidden') => ({ url, focused, visibilityState })
  it.each([
    ['none', [], undefined],
    ['another site', [at('https://b.example/')], undefined],
    ['the one in use', [at('https://a.example/1', false, 'visible'), at('https://a.example/2', true, 'visible')], 'https://a.example/2'],
    ['the one seen', [at('https://a.example/1'), at('https://a.example/2', false, 'visible')], 'https://a.example/2'],
    ['any', [at('https://b.example/', true), at('https://a.example/1')], 'https://a.example/1'],
  ])('is %s', (_, windows, expected) => {
    expect(windowFor(windows, 'https://a.example')?.url).toBe(expected)
  })
})
