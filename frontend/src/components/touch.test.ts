import { fireEvent, render, screen } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import DigitPad from './DigitPad.vue'
import PagedList from './PagedList.vue'
import TouchButton from './TouchButton.vue'

describe('TouchButton', () => {
  it('shows the press at once and acts on click', async () => {
    let acts = 0
    render(TouchButton, { props: { act: () => acts++ }, slots: { default: '借书' } })
    const button = screen.getByRole('button', { name: '借书' })
    await fireEvent.pointerDown(button)
    expect(button.classList).toContain('down')
    expect(acts).toBe(0)
    await fireEvent.click(button)
    expect(acts).toBe(1)
  })

  it('TestAccept_L15_double_tap: locks while its act runs', async () => {
    let acts = 0
    let done: () => void = () => undefined
    const act = () => {
      acts++
      return new Promise<void>((resolve) => (done = resolve))
    }
    render(TouchButton, { props: { act }, slots: { default: 'x' } })
    const button = screen.getByRole('button')
    await fireEvent.click(button)
    await fireEvent.click(button)
    expect(acts).toBe(1)
    done()
    await new Promise((resolve) => setTimeout(resolve))
    await fireEvent.click(button)
    expect(acts).toBe(2)
    done()
  })

  it('does nothing while disabled, and says so', async () => {
    let acts = 0
    render(TouchButton, { props: { act: () => acts++, disabled: true }, slots: { default: 'x' } })
    const button = screen.getByRole('button')
    expect(button.getAttribute('aria-disabled')).toBe('true')
    await fireEvent.click(button)
    expect(acts).toBe(0)
  })
})

describe('DigitPad', () => {
  const props = { label: '数字键盘', deleteLabel: '删除', disabled: false }

  it('acts on press, once, and serves a click without a press', async () => {
    const { emitted } = render(DigitPad, { props })
    const five = screen.getByRole('button', { name: '5' })
    await fireEvent.pointerDown(five, { isPrimary: true })
    expect(emitted()['digit']).toEqual([['5']])
    await fireEvent.click(five, { detail: 1 })
    expect(emitted()['digit']).toEqual([['5']])
    await fireEvent.click(five, { detail: 0 })
    expect(emitted()['digit']).toEqual([['5'], ['5']])
  })

  it('has every digit and a way to delete', async () => {
    const { emitted } = render(DigitPad, { props })
    expect(screen.getAllByRole('button').map((b) => b.getAttribute('aria-label'))).toEqual([
      ...'1234567890',
      '删除',
    ])
    await fireEvent.pointerDown(screen.getByRole('button', { name: '删除' }), { isPrimary: true })
    expect(emitted()['back']).toHaveLength(1)
  })

  it('is silent while it must wait', async () => {
    const { emitted } = render(DigitPad, { props: { ...props, disabled: true } })
    await fireEvent.pointerDown(screen.getByRole('button', { name: '5' }), { isPrimary: true })
    expect(emitted()['digit']).toBeUndefined()
  })
})

describe('PagedList', () => {
  const props = {
    label: '书',
    previous: '上一页',
    next: '下一页',
    position: (page: number, count: number) => `第 ${page}/${count} 页`,
    layout: 'a',
  }
  const items = (n: number) => Array.from({ length: n }, (_, i) => ({ id: `e${n - i}` }))
  const slot = '<template #default="{ item }">{{ item.id }}</template>'

  /** A box of 500 with entries of 100 and a pager of 80. */
  function measured(): void {
    Object.defineProperty(HTMLElement.prototype, 'offsetHeight', {
      configurable: true,
      get(this: HTMLElement) {
        return this.classList.contains('pager') ? 80 : 100
      },
    })
    Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => 500 })
  }
  const shown = () =>
    [...document.querySelectorAll('li')].filter((li) => !li.hasAttribute('hidden')).map((li) => li.textContent)

  async function settle(): Promise<void> {
    for (let i = 0; i < 6; i++) await nextTick()
  }

  it('shows all when all fit, without buttons', async () => {
    measured()
    render(PagedList, { props: { ...props, items: items(5) }, slots: { default: slot } })
    await settle()
    expect(shown()).toHaveLength(5)
    expect(screen.queryByText('下一页')).toBeNull()
  })

  it('TestAccept_L15_no_entry_is_lost: pages what does not fit, newest first', async () => {
    measured()
    const { rerender } = render(PagedList, { props: { ...props, items: items(6) }, slots: { default: slot } })
    await settle()
    expect(shown()).toEqual(['e6', 'e5', 'e4', 'e3'])
    expect(screen.getByText('第 1/2 页')).toBeTruthy()
    await fireEvent.click(screen.getByRole('button', { name: '下一页' }))
    expect(shown()).toEqual(['e2', 'e1'])
    await rerender({ items: items(7) })
    await settle()
    expect(shown()[0]).toBe('e7')
    expect(document.querySelectorAll('li')).toHaveLength(7)
  })
})
