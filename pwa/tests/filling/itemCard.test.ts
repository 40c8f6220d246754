import 'fake-indexeddb/auto'
import type { VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { defineComponent, provide, ref } from 'vue'
import type { Answer, Item } from '@/domain/checklist'
import ItemCard from '@/screens/checklist/ItemCard.vue'
import { PHOTO_HANDLER, pretendedPhotos } from '@/screens/checklist/photoHandler'
import { show } from '../components/mounting'
import { answer, grades, item } from './items'

let shown: VueWrapper | null = null
async function card(one: Item, given?: Partial<Answer>, more: Record<string, unknown> = {}) {
  const { wrapper } = await show(ItemCard, { props: { item: one, place: 1, answer: given && answer(given), onDate: '2026-11-25', gaps: [], ...more } })
  shown = wrapper as unknown as VueWrapper
  return wrapper
}
const buttons = (wrapper: Awaited<ReturnType<typeof card>>) => wrapper.findAll('.quiet > *').map((one) => one.text())

afterEach(() => {
  shown?.unmount()
  shown = null
})

describe('the card of an item', () => {
  it('keeps second things in one quiet row until they are wanted', async () => {
    const wrapper = await card(item('pass_fail', { allow_na: true }))
    expect(buttons(wrapper)).toEqual(['Photo', 'Note', 'Set aside'])
    expect(wrapper.find('textarea').exists()).toBe(false)
    await wrapper.setProps({ answer: answer({ result: 'fail' }) })
    expect(wrapper.find('textarea').exists()).toBe(true)
    expect(buttons(wrapper)).toEqual(['Mended on the spot', 'Set aside'])
    await wrapper.get('.quiet input').setValue(true)
    expect(wrapper.emitted('save')).toEqual([[{ fixed_on_spot: true }]])
  })

  it.each([
    ['always', {}, undefined, true],
    ['always', { required: false }, undefined, false],
    ['always', { required: false }, { result: 'pass' }, true],
    ['on_fail', {}, { result: 'pass' }, false],
    ['on_fail', {}, { result: 'fail' }, true],
    ['none', {}, { result: 'fail' }, false],
  ] as const)('words wanted %s, %o, answered %o: %s', async (rule, more, given, wanted) => {
    const wrapper = await card(item('pass_fail', { note_rule: rule, ...more }), given)
    const field = wrapper.find('textarea')
    expect(field.exists() && field.attributes('placeholder')!.includes('required')).toBe(wanted)
  })

  it('tells the edge that an answer is near to, and what may stay empty', async () => {
    const fridge = item('numeric', { unit: '℃', min: -25, max: -15, warn_min: -24, warn_max: -17, required: false })
    const wrapper = await card(fridge, { value: -16 })
    expect(wrapper.text()).toContain('Near the upper limit')
    expect(wrapper.text()).toContain('Allowed -25 to -15 ℃')
    expect(wrapper.text()).toContain('Optional')
    await wrapper.setProps({ answer: answer({ value: -24.5 }) })
    expect(wrapper.text()).toContain('Near the lower limit')
    await wrapper.setProps({ item: item('date', { warn_days: 30 }), answer: answer({ value: '2026-12-01' }) })
    expect(wrapper.text()).toContain('Soon out of date')
  })

  it('says before and after the answer that it failed the last time', async () => {
    const wrapper = await card(item('pass_fail'), undefined, { failedBefore: true })
    expect(wrapper.text()).toContain('Failed before')
    await wrapper.setProps({ answer: answer({ result: 'fail' }) })
    expect(wrapper.text()).toContain('Failed again')
    expect(wrapper.text()).not.toContain('Failed before')
  })

  it('shows how it should look and how not', async () => {
    const reference = { caption: { zh: '', en: 'Tidy' } }
    const wrapper = await card(item('pass_fail', { references: [{ ...reference, sha256: '', shows: 'right' }, { ...reference, sha256: '', shows: 'wrong' }] }))
    expect(wrapper.findAll('.references figcaption').map((one) => one.text())).toEqual(['Right', 'Wrong'])
    expect(wrapper.get('.references button').attributes('aria-label')).toContain('Right · Tidy')
  })

  it('a fact that is worth nothing has the colour of no judgement', async () => {
    const fuel = item('single', { points: 0, choices: grades(['gas', 'Gas', 100], ['coal', 'Coal', 0]) })
    const wrapper = await card(fuel, { value: 'gas' })
    expect(wrapper.get('article').classes()).toContain('given')
    expect(wrapper.get('.segment').classes()).not.toContain('pass')
  })

  it('with a pretended handler shows a mark for a photo and keeps nothing', async () => {
    const preview = defineComponent({
      components: { ItemCard },
      setup() {
        const given = ref(answer({ result: 'fail' }))
        provide(PHOTO_HANDLER, pretendedPhotos((_key, slot, edit) => void (given.value = { ...given.value, [slot]: edit(given.value[slot]) })))
        return { given, one: item('pass_fail') }
      },
      template: '<ItemCard :item="one" :place="1" :answer="given" on-date="2026-11-25" :gaps="[]" />',
    })
    const { wrapper } = await show(preview)
    shown = wrapper as unknown as VueWrapper
    const camera = wrapper.get('input[data-photo="k-photos"]')
    Object.defineProperty(camera.element, 'files', { value: [new File(['x'], 'a.jpg')] })
    await camera.trigger('change')
    await expect.poll(() => wrapper.findAll('.r-photo-thumb').length).toBe(1)
    await wrapper.get('.r-photo-thumb .remove').trigger('click')
    await expect.poll(() => wrapper.findAll('.r-photo-thumb').length).toBe(0)
  })
})
