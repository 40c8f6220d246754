import { describe, expect, it } from 'vitest'
import { RBadge, RBarChart, RCard, RError, RListRow, RProgress, RScore, RStateLine, RTopBar } from '@/components'
import { icons } from '@/components/icons'
import { problemSlug } from '@/composables/useProblem'
import { show } from './mounting'

it('every icon has something to draw', () => {
  for (const paths of Object.values(icons)) expect(paths.every((path) => /^[Mm]/.test(path) && !/NaN|undefined/.test(path))).toBe(true)
})

describe('RScore', () => {
  it('shows one decimal, the band and the outcome in words', async () => {
    const { wrapper } = await show(RScore, { props: { score: 90, band: 'A', outcome: 'pass' } })
    expect(wrapper.text()).toBe('Score 90.0Band APass')
    wrapper.unmount()
  })

  it('is never a zero when nothing was scored', async () => {
    const { wrapper } = await show(RScore, { props: { score: null, outcome: 'not_scored' } })
    expect(wrapper.text()).toContain('—')
    expect(wrapper.text()).toContain('Not scored')
    wrapper.unmount()
  })

  it('shows the raw score only when it differs', async () => {
    const capped = await show(RScore, { props: { score: 59, raw: 77.5, band: 'D', outcome: 'fail' } })
    expect(capped.wrapper.text()).toContain('Raw score 77.5')
    capped.wrapper.unmount()
    const plain = await show(RScore, { props: { score: 59, raw: 59, band: 'D', outcome: 'fail' } })
    expect(plain.wrapper.text()).not.toContain('Raw')
    plain.wrapper.unmount()
  })
})

it('RBadge never speaks by colour alone', async () => {
  const { wrapper } = await show(RBadge, { props: { state: 'fail' }, slots: { default: 'Fail' } })
  expect(wrapper.find('svg').exists()).toBe(true)
  expect(wrapper.text()).toBe('Fail')
  wrapper.unmount()
})

it('RProgress gives its numbers to readers too', async () => {
  const { wrapper } = await show(RProgress, { props: { value: 31, max: 45, label: 'Answered' } })
  expect(wrapper.get('[role=progressbar]').attributes()).toMatchObject({ 'aria-valuenow': '31', 'aria-valuemax': '45', 'aria-valuetext': '31/45', 'aria-label': 'Answered' })
  wrapper.unmount()
})

it.each([
  [{ state: 'saved' }, 'Saved on this phone'],
  [{ state: 'sending', done: 3, total: 37 }, 'Sending 3 of 37'],
  [{ state: 'received', done: 37, total: 37 }, '37 of 37 received safely'],
  [{ state: 'attention', total: 1 }, '1 needs you'],
])('RStateLine %j says "%s"', async (props, words) => {
  const { wrapper } = await show(RStateLine, { props })
  expect(wrapper.text()).toBe(words)
  wrapper.unmount()
})

it('RBarChart is a table with every number in it', async () => {
  const items = [{ label: 'East', value: 88.4 }, { label: 'West', value: null }]
  const { wrapper } = await show(RBarChart, { props: { items, label: 'Mean score' } })
  const rows = wrapper.findAll('tbody tr').map((row) => [row.get('th').text(), row.get('td').text()])
  expect(rows).toEqual([['East', '88.4'], ['West', 'No data yet']])
  wrapper.unmount()
})

it('RCard and RListRow are links when they lead somewhere', async () => {
  const card = await show(RCard, { props: { to: '/stores/1' } })
  expect(card.wrapper.attributes('href')).toBe('/stores/1')
  card.wrapper.unmount()
  const row = await show(RListRow, { props: { title: 'Store', clickable: true } })
  expect(row.wrapper.element.tagName).toBe('BUTTON')
  row.wrapper.unmount()
})

it('RTopBar leads back to the given place when one came by address', async () => {
  const { wrapper, router } = await show(RTopBar, { props: { title: 'Store', back: '/stores' }, at: '/stores/1' })
  await wrapper.get('button').trigger('click')
  await router.isReady()
  await new Promise((resolve) => setTimeout(resolve))
  expect(router.currentRoute.value.path).toBe('/stores')
  wrapper.unmount()
})

describe('errors', () => {
  it.each([
    [{ type: '/problems/stale-version', status: 409 }, 'stale-version'],
    [new TypeError('Failed to fetch'), 'network'],
    [{ name: 'NetworkError' }, 'network'],
    [{ type: 'about:blank', status: 502 }, 'internal'],
    [{ status: 503 }, 'unavailable'],
    [new Error('x'), 'unknown'],
    [null, 'unknown'],
  ])('%j is known as %s', (problem, slug) => {
    expect(problemSlug(problem)).toBe(slug)
  })

  it('are put in words, with the id to copy and a way to try again', async () => {
    const problem = { type: '/problems/unavailable', status: 503, request_id: 'r-1' }
    let tried = 0
    const { wrapper } = await show(RError, { props: { problem, onRetry: () => tried++ } })
    expect(wrapper.text()).toContain('The server is busy')
    expect(wrapper.text()).toContain('Reference r-1')
    await wrapper.get('.retry').trigger('click')
    expect(tried).toBe(1)
    wrapper.unmount()
  })

  it('of an unknown type still say something', async () => {
    const { wrapper } = await show(RError, { props: { problem: { type: '/problems/new-one', status: 400 } } })
    expect(wrapper.text()).toContain('Something went wrong')
    expect(wrapper.find('.retry').exists()).toBe(false)
    wrapper.unmount()
  })
})
