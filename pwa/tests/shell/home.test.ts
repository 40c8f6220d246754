import { describe, expect, it } from 'vitest'
import { barTabs, homeOf, litTab, railTabs, safeNext, type Role, type TabName } from '@/app/home'
import { deviceName, isLaptop } from '@/screens/me/deviceName'

const all = (): boolean => true
const now = (path: string): boolean => path !== '/plans' && path !== '/more'

describe('where each role begins and goes', () => {
  it.each<[Role, string, string[]]>([
    ['supervisor', '/today', ['today', 'tasks', 'stores', 'me']],
    ['store_manager', '/today', ['today', 'tasks', 'me']],
    ['store_staff', '/today', ['today', 'tasks', 'me']],
    ['regional_manager', '/overview', ['overview', 'tasks', 'stores', 'me']],
    ['hq_admin', '/overview', ['overview', 'checklists', 'stores', 'me']],
  ])('%s', (role, home, tabs) => {
    expect(homeOf(role)).toBe(home)
    expect(barTabs(role, now)).toEqual(tabs)
  })

  it('never has more than four tabs on a phone; what head office has beside them is behind "More"', () => {
    expect(barTabs('hq_admin', all)).toEqual(['overview', 'checklists', 'plans', 'more'])
    expect(railTabs('hq_admin', all)).toEqual(['overview', 'checklists', 'plans', 'stores', 'tasks', 'me'])
  })

  it('a manager keeps the bar and finds the plans on the rail', () => {
    expect(barTabs('regional_manager', all)).toEqual(['overview', 'tasks', 'stores', 'me'])
    expect(railTabs('regional_manager', all)).toEqual(['overview', 'tasks', 'stores', 'plans', 'me'])
  })

  it.each<[Role, TabName | undefined, TabName | undefined]>([
    ['hq_admin', 'plans', 'plans'],
    ['hq_admin', 'stores', 'more'],
    ['hq_admin', 'me', 'more'],
    ['regional_manager', 'stores', 'stores'],
    ['regional_manager', 'plans', 'overview'],
    ['supervisor', undefined, undefined],
    ['supervisor', 'checklists', undefined],
  ])('on the phone of a %s a screen of %s lights %s', (role, own, lit) => {
    expect(litTab(barTabs(role, all), own)).toBe(lit)
  })

  it('shows no tab that leads nowhere', () => {
    expect(barTabs('supervisor', (path) => path === '/me')).toEqual(['me'])
  })
})

it.each([
  ['/tasks/1?x=2', '/tasks/1?x=2'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  [undefined, '/'],
])('after the sign-in %s leads to %s', (next, place) => {
  expect(safeNext(next)).toBe(place)
})

it.each([
  ['Mozilla/5.0 (Linux; Android 14; 23049RAD8C) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Mobile Safari/537.36', 'Chrome · Android', false],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1', 'Safari · iPhone', false],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Safari/537.36 Edg/129.0', 'Edge · Windows', true],
  ['Counter tablet', 'Counter tablet', false],
  ['', '', false],
])('the device "%s" is called "%s"', (agent, name, laptop) => {
  expect(deviceName(agent)).toBe(name)
  expect(isLaptop(agent)).toBe(laptop)
})
