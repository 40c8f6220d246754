import { describe, expect, it } from 'vitest'
import { nextTick, ref } from 'vue'
import { fitsOneRow } from '@/screens/checklist/inputs/fits'
import { readNumber, useTyped } from '@/screens/checklist/inputs/typed'

it.each([
  ['', null], ['  ', null], ['5', 5], ['-18.5', -18.5], ['−18', -18], ['–18', -18], ['－１８．５', -18.5], ['1,25', 1.25],
  ['-', undefined], ['1.', undefined], ['1.2345', undefined], ['1234567', undefined], ['5℃', undefined], ['1e3', undefined],
])('reads %j as %s', (text, number) => expect(readNumber(text)).toBe(number))

describe('what is being typed', () => {
  it('is not taken away by an earlier stroke that was kept late, nor by strokes kept together', async () => {
    const kept = ref('')
    const { typed, type } = useTyped(() => kept.value, () => {})
    for (const text of ['a', 'ab', 'abc']) type(text)
    kept.value = 'a'
    await nextTick()
    expect(typed.value).toBe('abc')
    kept.value = 'abc'
    await nextTick()
    expect(typed.value).toBe('abc')
  })

  it('gives way to a change from elsewhere, and keeps a space at its end', async () => {
    const kept = ref('a')
    const { typed, type } = useTyped(() => kept.value, () => {})
    type('ab ')
    kept.value = 'ab'
    await nextTick()
    expect(typed.value).toBe('ab ')
    kept.value = 'other'
    await nextTick()
    expect(typed.value).toBe('other')
  })
})

it.each([
  [['优', '良', '中', '差'], true],
  [['Excellent', 'Good', 'Fair', 'Poor'], true],
  [['天然气', '液化气', '全电'], true],
  [['单独瓶组间，通风良好', '厨房角落', '紧邻灶台'], false],
  [['一', '二', '三', '四', '五'], false],
])('%j side by side: %s', (labels, fits) => expect(fitsOneRow(labels)).toBe(fits))
