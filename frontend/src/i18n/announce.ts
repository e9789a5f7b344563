// What the live region says when a snapshot follows another: each new or
// changed entry, each notice, each warning, in full words.

import type { Entry, Goodbye, Held, OwnLoan, OwnPage, Snapshot } from '../api/types'
import { farewellInWords } from './farewell'
import { formatDate } from './format'
import type { Say } from './index'
import { allParts, threeParts, type Speech } from './reasons'
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
  said.push(...ownPageInWords(before?.account, after.account, speech))
  if (after.goodbye) said.push(...farewellNews(before?.goodbye, after.goodbye, speech))
  if (after.held && after.held.outcome !== before?.held?.outcome) said.push(heldInWords(after.held, speech))
  if (after.notice && after.notice.id !== before?.notice?.id) said.push(noticeInWords(after.notice, speech))
  if (after.pin?.wrong && after.cue === 'refused') {
    said.push(`${say('pin.wrong')} ${say('pin.wrongNow')}`)
  }
  return said
}

/** The farewell, when it comes and when a lost answer has changed it. */
function farewellNews(before: Goodbye | undefined, after: Goodbye, speech: Speech): string[] {
  const now = farewellInWords(after, speech)
  return now === '' || (before && farewellInWords(before, speech) === now) ? [] : [now]
}

export function entryInWords(entry: Entry, speech: Speech): string {
  const { say, language, today, timeZone } = speech
  const words = outcomeWords(entry, say)
  const parts = allParts(entry.reasons, speech)
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

/** What has changed on My page: each renewal, or the sum of all; each hold that
 * was cancelled; the reading history. */
function ownPageInWords(before: OwnPage | undefined, after: OwnPage | undefined, speech: Speech): string[] {
  if (!before || !after) return []
  const { say } = speech
  const answers = new Map(before.loans.map((loan) => [loan.id, loan.answer]))
  const news = after.loans.filter((loan) => loan.answer !== '' && loan.answer !== answers.get(loan.id))
  const said = news.map((loan) => loanInWords(loan, speech))
  if (after.asked && (news.length > 0 || !before.asked)) said.unshift(renewedAllInWords(after, say))
  const cancelled = new Set(before.holds.filter((hold) => hold.cancelled).map(({ id }) => id))
  for (const hold of after.holds) {
    if (hold.cancelled && !cancelled.has(hold.id)) said.push(`${hold.item.title} ${say('account.cancelled')}`)
  }
  if (after.history.on !== before.history.on) said.push(say(after.history.on ? 'account.toldOn' : 'account.toldOff'))
  return said
}

function loanInWords(loan: OwnLoan, speech: Speech): string {
  const { say, language, today, timeZone } = speech
  const name = loan.item.title || say('entry.unnamed', { barcode: loan.item.barcode })
  if (loan.answer === 'renewed') {
    return `${name} ${say('entry.renewed')} ${say('entry.due', { date: formatDate(loan.due, language, today, timeZone) })}`
  }
  if (loan.answer === 'unknown') return `${name} ${say('account.unknown')} ${say('account.unknownNow')}`
  return [name, ...loan.why.flatMap((reason) => Object.values(threeParts(reason, speech)))].join(' ')
}

/** What became of "renew all", in one line. */
export function renewedAllInWords(page: OwnPage, say: Say): string {
  const count = (answer: OwnLoan['answer']) => page.loans.filter((loan) => loan.answer === answer).length
  const [renewed, refused] = [count('renewed'), count('refused')]
  const told: string[] = []
  if (renewed > 0 || refused === 0) told.push(say('account.renewedAll', {}, renewed))
  if (refused > 0) told.push(say('account.notRenewed', {}, refused))
  return told.join(' · ')
}

/** The reader's place in the queue. */
export function placeInWords({ position, waiting }: Pick<Held, 'position' | 'waiting'>, say: Say): string {
  return waiting > 1 ? say('held.place', { position }, waiting) : say('held.first')
}

function heldInWords(held: Held, speech: Speech): string {
  const { say } = speech
  switch (held.outcome) {
    case 'held':
      return [held.item.title, say('held.held'), placeInWords(held, say), say('held.next')].join(' ')
    case 'refused':
      return [held.item.title, ...held.reasons.flatMap((reason) => Object.values(threeParts(reason, speech)))].join(' ')
    default:
      return [held.item.title, say('held.unknown'), say('held.unknownWhy'), say('held.unknownNow')].join(' ')
  }
}

function noticeInWords(notice: NonNullable<Snapshot['notice']>, speech: Speech): string {
  const own = noticeWords(notice.kind, speech)
  const parts = allParts(notice.reasons, speech)
  return [...(parts.length > 0 ? parts : [own])].map((part) => `${part.what} ${part.why} ${part.now}`).join(' ')
}

/** The words of a notice that has no reasons of its own. */
export function noticeWords(kind: string, { say }: Pick<Speech, 'say'>) {
  switch (kind) {
    case 'scan_unreadable':
    case 'enter_pin_first':
    case 'interrupted':
    case 'not_certain':
      return { what: say(`notices.${kind}.what`), why: say(`notices.${kind}.why`), now: say(`notices.${kind}.now`) }
    default:
      return { what: say('notices.not_done.what'), why: say('notices.not_done.why'), now: say('notices.not_done.now') }
  }
}
