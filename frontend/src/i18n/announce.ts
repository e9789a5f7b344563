// What the live region says when a snapshot follows another: each new or
// changed entry, each notice, each warning, in full words.

import type { Entry, Snapshot } from '../api/types'
import { formatDate } from './format'
import { threeParts, type Speech } from './reasons'
import { outcomeWords } from './outcomes'

export function announcements(before: Snapshot | null, after: Snapshot, speech: Speech): string[] {
  const { say } = speech
  const said: string[] = []
  const known = new Map((before?.entries ?? []).map((entry) => [entry.id, entry]))
  const news = after.entries.filter((entry) => {
    const old = known.get(entry.id)
    return !old || old.outcome !== entry.outcome || old.result !== entry.result
  })
  for (const entry of news.reverse()) said.push(entryInWords(entry, speech))
  if (news.length > 0 && after.screen === 'borrow') said.push(say('borrow.countSpoken', {}, after.borrowed))
  if (news.length > 0 && after.screen === 'return') said.push(say('giveBack.countSpoken', {}, after.returned))
  if (after.notice && after.notice.id !== before?.notice?.id) said.push(noticeInWords(after.notice, speech))
  if (after.pin?.wrong && after.cue === 'refused') {
    said.push(`${say('pin.wrong')} ${say('pin.wrongNow')}`)
  }
  return said
}

export function entryInWords(entry: Entry, speech: Speech): string {
  const { say, language, today, timeZone } = speech
  const words = outcomeWords(entry, say)
  const parts = entry.reasons.map((reason) => threeParts(reason, speech))
  return [
    entry.item.title || say('entry.unnamed', { barcode: entry.item.barcode }),
    words.what,
    entry.due ? say('entry.due', { date: formatDate(entry.due, language, today, timeZone) }) : '',
    words.why,
    words.now,
    ...parts.flatMap((part) => [part.what, part.why, part.now]),
  ]
    .filter(Boolean)
    .join(' ')
}

function noticeInWords(notice: NonNullable<Snapshot['notice']>, speech: Speech): string {
  const own = noticeWords(notice.kind, speech)
  const parts = notice.reasons.map((reason) => threeParts(reason, speech))
  return [...(parts.length > 0 ? parts : [own])].map((part) => `${part.what} ${part.why} ${part.now}`).join(' ')
}

/** The words of a notice that has no reasons of its own. */
export function noticeWords(kind: string, { say }: Pick<Speech, 'say'>) {
  switch (kind) {
    case 'scan_unreadable':
    case 'enter_pin_first':
      return { what: say(`notices.${kind}.what`), why: say(`notices.${kind}.why`), now: say(`notices.${kind}.now`) }
    default:
      return { what: say('notices.not_done.what'), why: say('notices.not_done.why'), now: say('notices.not_done.now') }
  }
}
