import { describe, expect, it, vi } from 'vitest'
import { defineComponent, ref } from 'vue'
import { RButton, RChip, RField, RIconButton, RSegmented, RSelect, RTabs, RTextArea, RTextInput } from '@/components'
import { show } from './mounting'

describe('RField', () => {
  it('names its input, marks it required and ties the error and the hint to it', async () => {
    const form = defineComponent({
      components: { RField, RTextInput },
      setup: () => ({ text: ref('') }),
      template: '<RField label="Username" hint="As on your badge" error="Enter it" required><RTextInput v-model="text" /></RField>',
    })
    const { wrapper } = await show(form)
    const input = wrapper.get('input')
    expect(wrapper.get('label').attributes('for')).toBe(input.attributes('id'))
    expect(input.attributes('required')).toBeDefined()
    expect(input.attributes('aria-invalid')).toBe('true')
    const described = input.attributes('aria-describedby')!.split(' ').map((id) => document.getElementById(id)?.textContent)
    expect(described).toEqual(['Enter it', 'As on your badge'])
    wrapper.unmount()
  })

  it('is a fieldset with a legend for several inputs', async () => {
    const { wrapper } = await show(RField, { props: { label: 'Language', group: true } })
    expect(wrapper.get('fieldset > legend').text()).toContain('Language')
    wrapper.unmount()
  })
})

describe('RButton', () => {
  it('says what it does while busy and takes no clicks', async () => {
    const clicked = vi.fn()
    const { wrapper } = await show(RButton, { props: { busy: true, busyText: 'Sending…' }, attrs: { onClick: clicked }, slots: { default: 'Send' } })
    expect(wrapper.text()).toBe('Sending…')
    await wrapper.trigger('click')
    expect(clicked).not.toHaveBeenCalled()
    wrapper.unmount()
  })

  it('is a link when it leads somewhere', async () => {
    const { wrapper } = await show(RButton, { props: { to: '/tasks' }, slots: { default: 'Tasks' } })
    expect(wrapper.element.tagName).toBe('A')
    expect(wrapper.attributes('href')).toBe('/tasks')
    wrapper.unmount()
  })
})

it('RIconButton has a name, and its number is in it', async () => {
  const { wrapper } = await show(RIconButton, { props: { icon: 'sync', label: 'Outbox', badge: 3 } })
  expect(wrapper.attributes('aria-label')).toBe('Outbox (3)')
  expect(wrapper.get('svg').attributes('aria-hidden')).toBe('true')
  wrapper.unmount()
})

describe('RSegmented', () => {
  const options = [{ value: 'pass', label: 'Pass' }, { value: 'fail', label: 'Fail' }]

  it('takes one of its choices', async () => {
    const { wrapper } = await show(RSegmented, { props: { options, label: 'Answer', modelValue: null } })
    await wrapper.findAll('input')[1]!.setValue(true)
    expect(wrapper.emitted('update:modelValue')).toEqual([['fail']])
    wrapper.unmount()
  })

  it('gives the choice back on a second tap, where that is allowed', async () => {
    const { wrapper } = await show(RSegmented, { props: { options, label: 'Answer', modelValue: 'fail', clearable: true } })
    await wrapper.findAll('input')[1]!.trigger('click')
    expect(wrapper.emitted('update:modelValue')?.at(-1)).toEqual([null])
    wrapper.unmount()
  })
})

it('RSelect shows its placeholder until something is chosen', async () => {
  const { wrapper } = await show(RSelect, { props: { options: [{ value: 'a', label: 'A' }], placeholder: 'Choose', label: 'Who' } })
  expect(wrapper.findAll('option').map((option) => option.text())).toEqual(['Choose', 'A'])
  await wrapper.get('select').setValue('a')
  expect(wrapper.emitted('update:modelValue')).toEqual([['a']])
  wrapper.unmount()
})

it('RTextArea counts when the end is near', async () => {
  const { wrapper } = await show(RTextArea, { props: { modelValue: 'x'.repeat(95), maxlength: 100, label: 'Note' } })
  expect(wrapper.text()).toBe('5 characters left')
  wrapper.unmount()
})

it('RTextInput can be emptied', async () => {
  const { wrapper } = await show(RTextInput, { props: { modelValue: 'abc', clearable: true, label: 'Search' } })
  await wrapper.get('button').trigger('click')
  expect(wrapper.emitted('update:modelValue')).toEqual([['']])
  wrapper.unmount()
})

it('RChip tells whether it is pressed', async () => {
  const { wrapper } = await show(RChip, { props: { selected: true }, slots: { default: 'Overdue' } })
  expect(wrapper.attributes('aria-pressed')).toBe('true')
  wrapper.unmount()
})

it('RTabs move with the arrows and come round', async () => {
  const tabs = [{ value: 'a', label: 'A' }, { value: 'b', label: 'B' }]
  const { wrapper } = await show(RTabs as never, { props: { tabs, label: 'Tasks', modelValue: 'b' }, slots: { default: 'panel' } } as never)
  expect(wrapper.get('[role=tabpanel]').attributes('aria-labelledby')).toBe(wrapper.findAll('[role=tab]')[1]!.attributes('id'))
  await wrapper.get('[role=tablist]').trigger('keydown', { key: 'ArrowRight' })
  expect(wrapper.emitted('update:modelValue')).toEqual([['a']])
  wrapper.unmount()
})
