// A coded reason in three parts: what happened, why, what the reader can do now.

import { healthCodes, reasonCodes, type HealthCode, type Language, type Reason, type ReasonCode } from '../api/types'
import { formatDate, formatFen } from './format'
import type { MessageKey, Messages, Params, Say } from './index'
import { zhHans } from './messages/zh-Hans'

export interface ThreeParts {
  what: string
  why: string
  now: string
}

export interface Speech {
  say: Say
  language: Language
  timeZone: string
  today: Date
}

const dates = ['on', 'until', 'due', 'from'] as const
const fen = ['amount', 'threshold'] as const
/** The number that decides on singular or plural. */
const counted: Partial<Record<ReasonCode, string>> = { patron_overdue: 'count', renew_limit: 'limit' }
const itemTypes: Record<string, MessageKey> = {
  book: 'types.book',
  periodical: 'types.periodical',
  reference: 'types.reference',
  audiovisual: 'types.audiovisual',
}
type Because = keyof Messages['because']

/** What the card or the item lacks, where another refusal names it as its why. */
export const becauseCodes = Object.keys(zhHans.because) as readonly Because[]

const suspensions: Record<string, MessageKey> = {
  behaviour: 'suspended.behaviour',
  damage: 'suspended.damage',
  no_show: 'suspended.no_show',
  staff: 'suspended.staff',
}

export function threeParts(reason: Reason, speech: Speech): ThreeParts {
  const { say } = speech
  if (isHealthCode(reason.code)) return partsOf(say, `health.${reason.code}`)
  if (!isReasonCode(reason.code)) return partsOf(say, 'reasons.other')
  const code = reason.code
  if (code === 'item_unknown' && reason.params?.['hint'] === 'isbn') return publishersCode(say)
  const facts = factsOf(reason, speech)
  const number = counted[code] === undefined ? undefined : Number(reason.params?.[counted[code]] ?? 0)
  return {
    what: say(`reasons.${code}.what`, facts),
    why: say(whyKey(code, reason), facts, number),
    now: say(nowKey(code, reason), facts),
  }
}

/** All that stands in the way at once. Where one act mends two things, the second
 * says so instead of naming an act of its own. */
export function allParts(reasons: readonly Reason[], speech: Speech): ThreeParts[] {
  const number = (code: ReasonCode, name: string) => Number(reasons.find((one) => one.code === code)?.params?.[name] ?? Number.NaN)
  const makesRoom = number('loan_limit', 'now') - number('patron_overdue', 'count') < number('loan_limit', 'limit')
  return reasons.map((reason) => {
    const parts = threeParts(reason, speech)
    return reason.code === 'loan_limit' && makesRoom ? { ...parts, now: speech.say('reasons.loan_limit.nowOverdue') } : parts
  })
}

/** True if the page has words of its own for the code; else staff need to see it. */
export function isReasonCode(code: string): code is ReasonCode {
  return (reasonCodes as readonly string[]).includes(code)
}

export function isHealthCode(code: string): code is HealthCode {
  return (healthCodes as readonly string[]).includes(code)
}

function partsOf(say: Say, stem: `health.${HealthCode}` | 'reasons.other'): ThreeParts {
  return { what: say(`${stem}.what`), why: say(`${stem}.why`), now: say(`${stem}.now`) }
}

/** The reader scanned the publisher's barcode instead of the library's. */
function publishersCode(say: Say): ThreeParts {
  return { what: say('reasons.isbn.what'), why: say('reasons.isbn.why'), now: say('reasons.isbn.now') }
}

function whyKey(code: ReasonCode, { params = {} }: Reason): MessageKey {
  const why = params['why'] ?? ''
  switch (code) {
    case 'patron_suspended':
      return suspensions[why] ? 'reasons.patron_suspended.whyNoted' : 'reasons.patron_suspended.why'
    case 'renew_overdue':
      return params['due'] ? 'reasons.renew_overdue.whyDue' : 'reasons.renew_overdue.why'
    case 'renew_limit':
      return params['limit'] === '0' ? 'reasons.renew_limit.whyNever' : 'reasons.renew_limit.why'
    case 'hold_exists':
      if (params['state'] === 'ready' && params['until']) return 'reasons.hold_exists.whyReady'
      return params['position'] ? 'reasons.hold_exists.whyWaiting' : 'reasons.hold_exists.why'
    case 'hold_not_allowed':
      if (why === 'no_holds') return 'reasons.hold_not_allowed.whyNoHolds'
      if (why === 'not_lendable') return 'reasons.hold_not_allowed.whyNotLendable'
  }
  return namesAnother(code) && isBecause(why) ? `because.${why}.why` : `reasons.${code}.why`
}

function nowKey(code: ReasonCode, { params = {} }: Reason): MessageKey {
  const why = params['why'] ?? ''
  if (code === 'hold_exists' && params['state'] === 'ready') return 'reasons.hold_exists.nowReady'
  if (code === 'hold_not_allowed' && why === 'not_lendable') return 'reasons.hold_not_allowed.nowNotLendable'
  return namesAnother(code) && isBecause(why) ? `because.${why}.now` : `reasons.${code}.now`
}

/** Refusals whose why may be the code of another trouble. */
function namesAnother(code: ReasonCode): boolean {
  return code === 'renew_patron_blocked' || code === 'renew_item_blocked' || code === 'hold_not_allowed'
}

function isBecause(why: string): why is Because {
  return Object.hasOwn(zhHans.because, why)
}

/** Parameters as the reader should read them. What Go left out because it is
 * not known gets a plain word, so that no sentence stands with a hole. */
function factsOf(reason: Reason, { say, language, timeZone, today }: Speech): Params {
  const given = reason.params ?? {}
  const facts: Params = {
    ...given,
    branch: given['branch'] ?? say('facts.otherBranch'),
    parts: given['parts'] ?? say('facts.parts'),
    type: say(itemTypes[given['type'] ?? ''] ?? 'types.other'),
  }
  for (const name of dates) {
    const date = given[name]
    facts[name] = date === undefined ? say('facts.someDay') : formatDate(date, language, today, timeZone)
  }
  for (const name of fen) {
    const amount = given[name]
    if (amount !== undefined) facts[name] = formatFen(Number(amount), language)
  }
  const why = suspensions[given['why'] ?? '']
  if (why) facts['reason'] = say(why)
  return facts
}
