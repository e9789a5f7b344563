// Today's opening hours in words.

import type { Today } from '../../api/types'
import type { Say } from '../../i18n'

/** The civil date n days after one, both as 2026-11-24. */
function dayAfter(date: string): string {
  const next = new Date(`${date}T00:00:00Z`)
  next.setUTCDate(next.getUTCDate() + 1)
  return next.toISOString().slice(0, 10)
}

/** The civil date of an instant in a zone, put together from its parts: which
 * locale writes 2026-11-24 by itself differs between browsers. */
export function civil(now: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(now)
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((one) => one.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}`
}

/** "Open today 09:00 to 20:30", or when it opens next; empty where nothing is known. */
export function hoursInWords(today: Today | undefined, on: string, say: Say, date: (civil: string) => string): string {
  if (!today) return ''
  if (!today.open && today.next !== '') return say('idle.hoursNext', { when: whenInWords(today.next, on, say, date) })
  if (today.spans.length === 0) return say('idle.hoursClosed')
  const spans = today.spans.map(({ from, to }) => say('idle.span', { from, to })).join(say('idle.spanAnd'))
  return say('idle.hours', { spans })
}

function whenInWords(next: string, on: string, say: Say, date: (civil: string) => string): string {
  const [day = '', time = ''] = next.split('T')
  if (day === on) return say('idle.hoursToday', { time })
  if (day === dayAfter(on)) return say('idle.hoursTomorrow', { time })
  return say('idle.hoursDay', { date: date(day), time })
}
