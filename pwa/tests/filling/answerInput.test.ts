import 'fake-indexeddb/auto'
import type { VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Answer, Item } from '@/domain/checklist'
import AnswerInput from '@/screens/checklist/AnswerInput.vue'
import { PHOTO_HANDLER, type PhotoHandler } from '@/screens/checklist/photoHandler'
import { show } from '../components/mounting'
import { answer, grades, item } from './items'

let shown: VueWrapper | null = null
const kept = { photo: answer().photos[0]!, quality: null }
const photos = { keeps: true, take: vi.fn(async () => kept), sign: vi.fn(async () => {}), mark: vi.fn(async () => kept), remove: vi.fn(async () => async () => {}) } satisfies PhotoHandler

async function input(one: Item, given?: Partial<Answer>) {
  const { wrapper } = await show(AnswerInput, { props: { item: one, answer: given && answer(given), place: 3 }, global: { provide: { [PHOTO_HANDLER as symbol]: photos } } })
  shown = wrapper as unknown as VueWrapper
  return wrapper
}
const saved = (wrapper: Awaited<ReturnType<typeof input>>) => wrapper.emitted('save')?.map(([fields]) => fields)

afterEach(() => {
  shown?.unmount()
  shown = null
})

describe('an answer of its kind', () => {
  it('pass or fail: one tap, and a second one takes it back', async () => {
    const wrapper = await input(item('pass_fail'))
    await wrapper.findAll('input')[1]!.setValue(true)
    await wrapper.setProps({ answer: answer({ result: 'fail' }) })
    await wrapper.findAll('input')[1]!.trigger('click')
    expect(saved(wrapper)).toEqual([{ result: 'fail' }, { result: null }])
  })

  it('few short choices stand side by side, others in rows of radio buttons', async () => {
    const short = await input(item('single', { choices: grades(['gas', 'Gas', 100], ['coal', 'Coal', 0]) }))
    await short.findAll('label.segment')[1]!.get('input').setValue(true)
    expect(saved(short)).toEqual([{ value: 'coal', result: null }])
    short.unmount()
    const long = await input(item('single', { choices: grades(['a', 'In a room of its own with a detector', 100], ['b', 'Next to the stove', 0]) }), { value: 'a' })
    const rows = long.findAll<HTMLInputElement>('label.choice input[type=radio]')
    expect(rows.map((row) => row.element.checked)).toEqual([true, false])
    await rows[1]!.setValue(true)
    await long.setProps({ answer: answer({ value: 'b' }) })
    await rows[1]!.trigger('click')
    expect(saved(long)).toEqual([{ value: 'b', result: null }, { value: null, result: null }])
  })

  it('grades are chosen like choices', async () => {
    const wrapper = await input(item('graded', { grades: grades(['top', 'Good', 100], ['low', 'Poor', 0]) }))
    await wrapper.findAll('input')[0]!.setValue(true)
    expect(saved(wrapper)).toEqual([{ value: 'top', result: null }])
  })

  it('of several choices the keys stay in the order of the checklist, and none of them is an answer', async () => {
    const wrapper = await input(item('multiple', { base: 100, choices: grades(['x', 'Smell', -30], ['y', 'Wet', -30]) }), { value: ['y'] })
    const [smell, wet, none] = wrapper.findAll<HTMLInputElement>('input[type=checkbox]')
    expect([smell!.element.checked, wet!.element.checked, none!.element.checked]).toEqual([false, true, false])
    await smell!.setValue(true)
    await none!.setValue(true)
    await wet!.setValue(false)
    expect(saved(wrapper)).toEqual([{ value: ['x', 'y'], result: null }, { value: [], result: null }, { value: null, result: null }])
    await wrapper.setProps({ answer: answer({ value: [] }) })
    expect(none!.element.checked).toBe(true)
  })

  it('a number is kept as soon as it is one, however it is typed', async () => {
    const wrapper = await input(item('numeric', { unit: '℃', max: -15 }))
    const field = wrapper.get('input')
    for (const text of ['−', '−１８', '-18,5', '']) await field.setValue(text)
    expect(saved(wrapper)).toEqual([{ value: -18 }, { value: -18.5 }, { value: null, result: null }])
    expect(wrapper.text()).toContain('℃')
    expect(wrapper.findAll('[role=radiogroup]')).toHaveLength(0)
  })

  it('a number without limits is also judged by hand', async () => {
    const wrapper = await input(item('numeric', { unit: 'lx' }), { value: 300 })
    await wrapper.findAll('.segment input')[0]!.setValue(true)
    expect(saved(wrapper)).toEqual([{ result: 'pass' }])
  })

  it('counting: none has to be said, and it never goes below', async () => {
    const wrapper = await input(item('count', { step: 2 }))
    expect(wrapper.findAll('button')[0]!.attributes('disabled')).toBeDefined()
    await wrapper.get('button.number').trigger('click')
    await wrapper.setProps({ answer: answer({ value: 3 }) })
    expect(wrapper.text()).toContain('4 left')
    await wrapper.findAll('button')[0]!.trigger('click')
    expect(saved(wrapper)).toEqual([{ value: 0, result: null }, { value: 2, result: null }])
  })

  it('a date and a text', async () => {
    const date = await input(item('date'))
    await date.get('input[type=date]').setValue('2026-12-01')
    expect(saved(date)).toEqual([{ value: '2026-12-01', result: null }])
    date.unmount()
    const text = await input(item('text'), { value: 'a' })
    await text.get('textarea').setValue('')
    expect(saved(text)).toEqual([{ value: null, result: null }])
  })

  it('a code can always be typed, and what is expected is told only when it is listed', async () => {
    const wrapper = await input(item('barcode', { codes: ['FZ-1', 'FZ-2'] }))
    expect(wrapper.text()).toContain('FZ-1, FZ-2')
    expect(wrapper.text()).not.toContain('Scan')
    await wrapper.get('input').setValue(' FZ-2 ')
    expect(saved(wrapper)).toEqual([{ value: 'FZ-2', result: null }])
    await wrapper.setProps({ item: item('barcode', { codes: [] }) })
    expect(wrapper.text()).not.toContain('Expected')
  })

  it('a photo goes to the one above; from the gallery only where that is allowed', async () => {
    const wrapper = await input(item('photo', { photo: { rule: 'always', min: 2, max: 3 } }))
    expect(wrapper.text()).toContain('0/2')
    const [camera, gallery] = wrapper.findAll('input[type=file]')
    const file = new File(['x'], 'a.jpg', { type: 'image/jpeg' })
    Object.defineProperty(camera!.element, 'files', { value: [file] })
    await camera!.trigger('change')
    expect(photos.take).toHaveBeenCalledWith('k', 'photos', file, 'camera')
    expect(gallery!.attributes('multiple')).toBeDefined()
    await wrapper.setProps({ item: item('photo', { photo: { rule: 'always', min: 1, max: 3, camera_only: true } }) })
    expect(wrapper.findAll('input[type=file]')).toHaveLength(1)
    expect(wrapper.text()).not.toContain('Gallery')
  })

  it('a signature is drawn', async () => {
    const wrapper = await input(item('signature'))
    expect(wrapper.get('canvas').attributes('aria-label')).toBe('Please sign here')
  })
})
