import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { defineComponent, nextTick } from 'vue'
import { RSheet, RToast, useConfirm, useToast } from '@/components'
import ConfirmHost from '@/components/ConfirmHost.vue'
import { fetchOverlays } from '@/components/overlay/overlays'
import { toasts } from '@/composables/useToast'
import { show } from './mounting'

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20))

beforeAll(fetchOverlays)

afterEach(() => {
  toasts.splice(0)
  document.body.innerHTML = ''
})

function button(words: string): HTMLButtonElement {
  const found = [...document.querySelectorAll('button')].find((element) => element.textContent?.trim() === words)
  if (!found) throw new Error(`no button "${words}"`)
  return found
}

describe('useConfirm', () => {
  const { confirm, askReason } = useConfirm()

  it('is true for yes and false for turning back', async () => {
    const { wrapper } = await show(ConfirmHost)
    const yes = confirm({ title: 'Sign out?', confirm: 'Sign out' })
    await settle()
    expect(document.querySelector('[role=dialog]')?.textContent).toContain('Sign out?')
    button('Sign out').click()
    expect(await yes).toBe(true)
    const no = confirm({ title: 'Again?', confirm: 'Yes' })
    await settle()
    button('Cancel').click()
    expect(await no).toBe(false)
    wrapper.unmount()
  })

  it('wants a reason before it goes on, and keeps what was written', async () => {
    const { wrapper } = await show(ConfirmHost)
    const reason = askReason({ title: 'Send back', label: 'Reason', confirm: 'Send back', min: 2 })
    await settle()
    button('Send back').click()
    await settle()
    expect(document.querySelector('[role=alert]')?.textContent).toContain('Please give a reason')
    const area = document.querySelector('textarea')!
    area.value = '  still dirty '
    area.dispatchEvent(new Event('input'))
    await nextTick()
    button('Send back').click()
    expect(await reason).toBe('still dirty')
    wrapper.unmount()
  })

  it('asks one question after the other', async () => {
    const { wrapper } = await show(ConfirmHost)
    const first = confirm({ title: 'First', confirm: 'Yes' })
    const second = confirm({ title: 'Second', confirm: 'Yes' })
    await settle()
    expect(document.body.textContent).toContain('First')
    expect(document.body.textContent).not.toContain('Second')
    button('Yes').click()
    await settle()
    expect(document.body.textContent).toContain('Second')
    button('Yes').click()
    expect(await Promise.all([first, second])).toEqual([true, true])
    wrapper.unmount()
  })
})

describe('RSheet', () => {
  it('has a name, holds the focus and closes with Escape', async () => {
    const { wrapper } = await show(RSheet, { props: { open: true, title: 'Pick a reason' }, slots: { default: '<input>' } })
    await settle()
    const dialog = document.querySelector<HTMLElement>('[role=dialog]')!
    expect(document.getElementById(dialog.getAttribute('aria-labelledby')!)?.textContent).toBe('Pick a reason')
    expect(dialog.contains(document.activeElement)).toBe(true)
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
    await settle()
    expect(wrapper.emitted('update:open')).toEqual([[false]])
    expect(wrapper.emitted('close')).toHaveLength(1)
    wrapper.unmount()
  })
})

describe('useToast', () => {
  async function host() {
    let toast!: ReturnType<typeof useToast>
    const both = defineComponent({
      components: { RToast },
      setup() {
        toast = useToast()
      },
      template: '<RToast />',
    })
    const { wrapper } = await show(both)
    return { wrapper, toast }
  }

  it('undoes once and goes away', async () => {
    const { wrapper, toast } = await host()
    const undo = vi.fn()
    toast.show('Photo removed', { undo })
    await nextTick()
    button('Undo').click()
    await nextTick()
    expect(undo).toHaveBeenCalledOnce()
    expect(toasts).toHaveLength(0)
    wrapper.unmount()
  })

  it('goes away by itself and never piles up', async () => {
    const { wrapper, toast } = await host()
    vi.useFakeTimers()
    for (const words of ['1', '2', '3', '4']) toast.show(words)
    expect(toasts.map((one) => one.text)).toEqual(['2', '3', '4'])
    vi.advanceTimersByTime(6_000)
    expect(toasts).toHaveLength(0)
    vi.useRealTimers()
    wrapper.unmount()
  })

  it('puts what was thrown in words', async () => {
    const { wrapper, toast } = await host()
    toast.problem({ type: '/problems/forbidden', status: 403 })
    expect(toasts[0]?.text).toBe('You are not allowed to do this Ask your manager if you need it.')
    wrapper.unmount()
  })
})
