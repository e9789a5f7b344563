import { fireEvent, render, screen } from '@testing-library/vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { latinRows } from './layout'
import ScreenKeyboard from './ScreenKeyboard.vue'

const names = { space: '空格', erase: '删除', dot: '点', hyphen: '短横', slash: '斜杠' }
const props = { label: '键盘', names }

let now = 10_000
beforeEach(() => {
  now = 10_000
  vi.spyOn(performance, 'now').mockImplementation(() => now)
})
afterEach(() => vi.restoreAllMocks())

const key = (name: string) => screen.getByRole('button', { name })
const typed = (emitted: Record<string, unknown[][]>) => (emitted['type'] ?? []).map(([text]) => text).join('')

/** A finger as Chromium tells of it: pointer first, then touch. */
async function finger(name: string): Promise<void> {
  await fireEvent.pointerDown(key(name), { pointerType: 'touch' })
  await fireEvent.touchStart(key(name))
}

describe('the keyboard', () => {
  it('TestAccept_L33_keys_have_names: a named group, every key with a name, rows of one width', () => {
    render(ScreenKeyboard, { props: { ...props, clear: '清空' } })
    expect(screen.getByRole('group', { name: '键盘' })).toBeTruthy()
    const labels = screen.getAllByRole('button').map((one) => one.getAttribute('aria-label') ?? '')
    expect(labels.every((label) => label.trim() !== '')).toBe(true)
    expect(new Set(labels).size).toBe(labels.length)
    for (const one of [...'abcdefghijklmnopqrstuvwxyz0123456789', '空格', '删除', '清空', '点', '短横', '斜杠']) {
      expect(labels).toContain(one)
    }
    for (const row of [...latinRows(true), ...latinRows(false)]) {
      let at = 0
      for (const { at: begins, width } of row) {
        expect(begins).toBeGreaterThanOrEqual(at)
        at = begins + width
      }
      expect(at).toBeLessThanOrEqual(20)
    }
  })

  it('types when a finger comes down, once, whatever events follow', async () => {
    const { emitted } = render(ScreenKeyboard, { props })
    await finger('h')
    await fireEvent.touchEnd(key('h'))
    expect(typed(emitted())).toBe('h')
    await finger('h')
    expect(typed(emitted())).toBe('hh')
  })

  it('TestAccept_L33_two_fingers: each key by itself, also when both come in one moment', async () => {
    const { emitted } = render(ScreenKeyboard, { props })
    await fireEvent.pointerDown(key('a'), { pointerType: 'touch', pointerId: 1, isPrimary: true })
    await fireEvent.pointerDown(key('s'), { pointerType: 'touch', pointerId: 2, isPrimary: false })
    await fireEvent.touchStart(key('a'))
    await fireEvent.touchStart(key('s'))
    expect(typed(emitted())).toBe('as')
    expect(key('a').classList).toContain('down')
    await fireEvent.pointerUp(key('a'))
    expect(key('a').classList).not.toContain('down')
    expect(key('s').classList).toContain('down')
  })

  it('serves a web view that tells of a touch and makes a mouse of it later', async () => {
    const { emitted } = render(ScreenKeyboard, { props })
    now += 500
    const start = new Event('touchstart', { bubbles: true, cancelable: true })
    key('l').dispatchEvent(start)
    expect(start.defaultPrevented).toBe(true)
    now += 90
    await fireEvent.pointerDown(key('l'), { pointerType: 'mouse' })
    await fireEvent.click(key('l'), { detail: 1 })
    expect(typed(emitted())).toBe('l')
    now += 2000
    await fireEvent.pointerDown(key('l'), { pointerType: 'mouse' })
    await fireEvent.click(key('l'), { detail: 1 })
    expect(typed(emitted())).toBe('ll')
  })

  it('does not take the second tap on what stood here before', async () => {
    const { emitted } = render(ScreenKeyboard, { props })
    now += 200
    await fireEvent.touchStart(key('g'))
    expect(typed(emitted())).toBe('')
    now += 300
    await fireEvent.touchStart(key('g'))
    expect(typed(emitted())).toBe('g')
  })

  it('serves assistive tools that click without pressing', async () => {
    const { emitted } = render(ScreenKeyboard, { props: { ...props, clear: '清空' } })
    await fireEvent.click(key('q'), { detail: 0 })
    await fireEvent.click(key('空格'), { detail: 1 })
    await fireEvent.click(key('删除'))
    await fireEvent.click(key('清空'))
    expect(typed(emitted())).toBe('q ')
    expect(emitted()['erase']).toHaveLength(1)
    expect(emitted()['clear']).toHaveLength(1)
  })
})
