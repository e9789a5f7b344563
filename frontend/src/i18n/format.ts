// Dates, times and money by language, through Intl. A due date is a civil date
// and has no zone; the clock runs in the library's zone.

import type { Language } from '../api/types'

/** Regions whose habits of date and number each language follows here. */
const regions: Record<Language, string> = { 'zh-Hans': 'zh-CN', 'zh-Hant': 'zh-TW', en: 'en-GB' }

/** Making one takes longer than using it, and a list asks for many at every drawing. */
const kept = new Map<string, Intl.DateTimeFormat>()

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  let made = kept.get(key)
  if (!made) {
    made = new Intl.DateTimeFormat(locale, options)
    kept.set(key, made)
  }
  return made
}

const civilDate = /^(\d{4})-(\d{2})-(\d{2})$/

/** 2026-12-22 as "12月22日 周二" or "Tue 22 Dec"; the year is told when it is
 * not this year's. Anything that is no civil date comes back as it was. */
export function formatDate(date: string, language: Language, today: Date, timeZone: string): string {
  const parts = civilDate.exec(date)
  if (!parts) return date
  const day = new Date(Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])))
  const thisYear = formatter('en', { year: 'numeric', timeZone }).format(today)
  const year = thisYear === parts[1] ? {} : ({ year: 'numeric' } as const)
  return spaced(dayOf(language, 'UTC', year).format(day))
}

function dayOf(language: Language, timeZone: string, extra: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const month = language === 'en' ? 'short' : 'long'
  return formatter(regions[language], { month, day: 'numeric', weekday: 'short', timeZone, ...extra })
}

/** One space before the Chinese weekday, whatever the browser's tables do; no
 * comma in the English one. */
function spaced(date: string): string {
  return date
    .replace(/\s*([（(]?)((?:周|週)[一二三四五六日])[）)]?/, ' $2')
    .replace(/^(\w{3}), /, '$1 ')
    .trim()
}

export function formatToday(now: Date, language: Language, timeZone: string): string {
  return spaced(dayOf(language, timeZone, {}).format(now))
}

export function formatTime(now: Date, language: Language, timeZone: string): string {
  return formatter(regions[language], {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(now)
}

/** Whole fen as yuan: 150 is ¥1.50. */
export function formatFen(fen: number, language: Language): string {
  return new Intl.NumberFormat(regions[language], {
    style: 'currency',
    currency: 'CNY',
    currencyDisplay: 'narrowSymbol',
  }).format(fen / 100)
}
