import { fireEvent, screen } from '@testing-library/vue'
import { describe, expect, it, vi } from 'vitest'
import { createWords } from '../../i18n'
import type { Say } from '../../i18n'
import { stage, type Stage } from '../../../tests/stage'
import { civil, hoursInWords } from './hours'
import { quietAfter } from './quiet'

const { t } = createWords('zh-Hans').global
const say = t as unknown as Say
const date = (day: string) => day

async function press(at: Stage, name: string): Promise<void> {
  await fireEvent.click(screen.getByRole('button', { name: new RegExp(`^${name}`) }))
  await at.settle()
}

describe('hours', () => {
  const open = [{ from: '09:00', to: '12:00' }, { from: '13:30', to: '20:30' }]
  it.each([
    ['nothing is known', undefined, ''],
    ['open', { spans: open, open: true, next: '' }, '今日开放 09:00–12:00、13:30–20:30'],
    ['closed at noon', { spans: open, open: false, next: '2026-11-24T13:30' }, '现在闭馆，今天 13:30 开馆'],
    ['closed at night', { spans: open, open: false, next: '2026-11-25T09:00' }, '现在闭馆，明天 09:00 开馆'],
    ['closed for days', { spans: [], open: false, next: '2026-11-28T09:00' }, '现在闭馆，2026-11-28 09:00 开馆'],
    ['closed, nobody knows until when', { spans: [], open: false, next: '' }, '今日闭馆'],
  ] as const)('TestAccept_L48_hours: %s', (_, today, words) => {
    expect(hoursInWords(today as never, '2026-11-24', say, date)).toBe(words)
  })

  it('TestAccept_L48_hours: the day after the last of a year', () => {
    expect(hoursInWords({ spans: [], open: false, next: '2027-01-01T09:00' }, '2026-12-31', say, date)).toBe('现在闭馆，明天 09:00 开馆')
  })

  it('takes the day in the zone of the library', () => {
    expect(civil(new Date('2026-11-23T17:00:00Z'), 'Asia/Shanghai')).toBe('2026-11-24')
  })
})

describe('while nobody is there', () => {
  it('TestAccept_L48_attract mode shows books and never hides the way in', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    try {
      const at = await stage('idle')
      expect(document.querySelector('.show')).toBeNull()
      await vi.advanceTimersByTimeAsync(quietAfter + 100)
      await at.settle()
      expect(document.querySelector('.show')).not.toBeNull()
      const tiles = [...document.querySelectorAll('.tiles button')]
      expect(tiles).toHaveLength(4)
      expect(tiles.every((tile) => tile.getAttribute('aria-disabled') !== 'true')).toBe(true)
      // A key ends it, and so does the first touch, which goes on to its tile.
      dispatchEvent(new KeyboardEvent('keydown', { key: 'L' }))
      await at.settle()
      expect(document.querySelector('.show')).toBeNull()
      await vi.advanceTimersByTimeAsync(quietAfter + 100)
      await at.settle()
      await press(at, '我的借阅')
      expect(at.kiosk.calls.at(-1)).toContain('begin account')
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('the farewell', () => {
  it('TestAccept_L50_receipt on the screen, and on paper when it is offered', async () => {
    const at = await stage('goodbye_receipt')
    await press(at, '看清单')
    expect(at.kiosk.calls).toContain('showReceipt')
    expect(document.querySelectorAll('.receipt .row').length).toBeGreaterThan(0)
    await press(at, '打印凭条')
    expect(at.kiosk.calls.filter((call) => call.startsWith('printReceipt'))).toHaveLength(1)
  })

  it('TestAccept_L50_receipt that did not print is told', async () => {
    await stage('goodbye_print_failed')
    expect(document.body.textContent).toContain('凭条没有打出来')
  })
})
