import { describe, expect, it } from 'vitest'
import { formatDate, formatFen, formatTime, formatToday } from './format'

const zone = 'Asia/Shanghai'
const now = new Date('2026-11-22T01:42:00Z')

describe('dates, times and money', () => {
  it.each([
    ['zh-Hans', '12月22日 周二', '2027年1月4日 周一'],
    ['zh-Hant', '12月22日 週二', '2027年1月4日 週一'],
    ['en', 'Tue 22 Dec', 'Mon 4 Jan 2027'],
  ] as const)('tells a due date in %s, with the year when it is another', (language, near, far) => {
    expect(formatDate('2026-12-22', language, now, zone)).toBe(near)
    expect(formatDate('2027-01-04', language, now, zone)).toBe(far)
  })

  it('keeps what is no civil date', () => {
    expect(formatDate('soon', 'en', now, zone)).toBe('soon')
  })

  it('tells the time in the library’s zone', () => {
    expect(formatTime(now, 'zh-Hans', zone)).toBe('09:42')
    expect(formatToday(now, 'zh-Hans', zone)).toBe('11月22日 周日')
    expect(formatToday(now, 'zh-Hans', 'America/Los_Angeles')).toBe('11月21日 周六')
  })

  it('tells fen as yuan', () => {
    expect(formatFen(2350, 'zh-Hans')).toBe('¥23.50')
    expect(formatFen(5, 'en')).toBe('¥0.05')
  })
})
