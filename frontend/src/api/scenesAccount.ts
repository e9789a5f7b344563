// Scenes of a reader's own page, of holds, and of what leads to them. Not in a
// shipped build.

import { at, base, block, ends, longTitle, patron } from './sceneParts'
import type { Entry, Held, OwnHold, OwnLoan, OwnPage, Reason, Snapshot, Title } from './types'

const day = (after: number) => new Date(Date.UTC(2026, 10, 23 + after)).toISOString().slice(0, 10)

/** A title as a whole has no barcode. */
const whole = (title: Title): Title => ({ ...title, barcode: '' })

function loan(i: number, daysLeft: number, more: Partial<OwnLoan> = {}): OwnLoan {
  const renewTo = more.why || more.lost ? '' : day(daysLeft + 30)
  return { id: `l${i}`, item: at(i), due: day(daysLeft), daysLeft, lost: false, renewTo, why: [], answer: '', ...more }
}

function hold(i: number, more: Partial<OwnHold> = {}): OwnHold {
  return {
    id: `h${i}`,
    item: whole(at(i)),
    ready: false,
    position: 2,
    waiting: 3,
    onItsWay: false,
    until: '',
    daysLeft: 0,
    cancelled: false,
    ...more,
  }
}

const ready = (i: number, daysLeft: number): OwnHold =>
  hold(i, { ready: true, position: 0, waiting: 2, until: day(daysLeft), daysLeft })

const bare: OwnPage = {
  loans: [],
  holds: [],
  charges: [],
  owedFen: 0,
  renewable: 0,
  asked: false,
  history: { offered: true, on: false, since: '', loans: [], more: false },
}

/** The sums are those of the lists. */
function own(page: Partial<OwnPage>): Snapshot {
  const full = { ...bare, ...page }
  return {
    ...base,
    screen: 'account',
    ends,
    patron: { ...patron, loans: full.loans.length },
    account: {
      ...full,
      owedFen: full.charges.reduce((sum, { fen }) => sum + fen, 0),
      renewable: full.loans.filter(({ renewTo, answer }) => renewTo !== '' && answer !== 'renewed').length,
    },
  }
}

/** The same of a reader who may not borrow. */
function blocked(scene: Snapshot, ...standing: Reason[]): Snapshot {
  return { ...scene, patron: { ...patron, ...scene.patron, standing } }
}

/** Every way a renewal may be refused. */
const refusals: readonly Reason[][] = [
  [block('renew_limit', { limit: '1' })],
  [block('renew_too_soon', { from: day(9) })],
  [block('renew_reserved')],
  [block('renew_patron_blocked', { why: 'patron_overdue' })],
  [block('renew_item_blocked', { why: 'item_damaged' })],
  [block('renew_limit', { limit: '0' }), block('renew_reserved'), block('renew_patron_blocked', { why: 'card_expired' })],
]

const loans: OwnLoan[] = [
  loan(0, -20, { why: [block('renew_overdue', { due: day(-20) })] }),
  loan(1, -3, { lost: true, why: [block('renew_item_blocked', { why: 'item_lost' })] }),
  loan(2, 0),
  loan(3, 12),
  loan(4, 16, { why: [block('renew_reserved')] }),
  loan(5, 29),
]

const charges = [
  { kind: 'overdue', item: whole(at(2)), fen: 150, on: day(-40) },
  { kind: 'lost', item: whole(longTitle), fen: 12850, on: day(-12) },
  { kind: 'damaged', item: { ...at(3), barcode: '', titleId: '', title: '', author: '', class: '', callNumber: '' }, fen: 500, on: day(-3) },
]

const past = Array.from({ length: 14 }, (_, i) => ({ item: whole(at(i * 3 + 1)), out: day(-40 - i * 9), back: day(-12 - i * 9) }))

function held(now: Partial<Held> & { outcome: Held['outcome'] }): Snapshot {
  return {
    ...base,
    screen: 'held',
    ends,
    patron,
    held: { item: whole(at(0)), position: 0, waiting: 0, reasons: [], ...now },
  }
}

const lentOut = (id: string, item: Title, ...reasons: Reason[]): Entry => ({
  id,
  outcome: 'refused',
  result: '',
  also: [],
  item,
  late: 0,
  toStaff: false,
  parts: '',
  reasons,
})

const pin = { length: 6, wrong: false, wait: 0 }
const looking = (title: string): Snapshot => ({ ...base, screen: 'search', find: { serial: 1, text: '', title } })

export const accountScenes: Record<string, Snapshot> = {
  account_empty: own({}),
  account_loans: own({ loans, charges: charges.slice(0, 1), holds: [ready(9, 2)] }),
  account_refusals: own({ loans: refusals.map((why, i) => loan(i, 3 + i * 5, { why })) }),
  account_many: own({ loans: Array.from({ length: 20 }, (_, i) => loan(i, i - 1)) }),
  account_long: own({
    loans: [loan(0, -120, { item: longTitle, why: refusals[5] ?? [] }), loan(1, 3, { item: { ...longTitle, barcode: '3000098' } })],
    holds: [hold(2, { item: whole(longTitle), position: 12, waiting: 27 })],
    charges: charges.slice(1),
  }),
  account_renewed: own({
    asked: true,
    loans: [
      loan(0, -20, { answer: 'refused', why: [block('renew_overdue', { due: day(-20) })] }),
      loan(2, 30, { answer: 'renewed' }),
      loan(3, 42, { answer: 'renewed' }),
      loan(4, 16, { answer: 'refused', why: [block('renew_reserved')] }),
      loan(5, 29, { answer: 'unknown' }),
    ],
  }),
  account_holds: own({
    loans: loans.slice(2, 4),
    holds: [ready(0, 7), ready(9, 0), hold(1), hold(2, { position: 1, waiting: 1, onItsWay: true }), hold(3, { cancelled: true })],
  }),
  account_holds_none: own({ loans: loans.slice(3, 4) }),
  account_cancel: own({ holds: [hold(1), hold(2, { item: whole(longTitle) })] }),
  account_cancel_ready: own({ holds: [ready(10, 3)] }),
  account_charges: own({ loans: loans.slice(3, 4), charges }),
  account_charges_block: blocked(own({ loans: loans.slice(3, 4), charges }), block('patron_charges', { amount: '13500', threshold: '2000' })),
  account_charges_none: own({ loans: loans.slice(3, 4) }),
  account_history_off: own({ loans: loans.slice(3, 4) }),
  account_history_on: own({ history: { offered: true, on: true, since: '2026-03-01', loans: past, more: true } }),
  account_history_new: own({ history: { offered: true, on: true, since: day(0), loans: [], more: false } }),
  account_history_erase: own({ history: { offered: true, on: true, since: '2026-03-01', loans: past.slice(0, 3), more: false } }),
  account_not_certain: { ...own({ holds: [hold(1)] }), notice: { id: 'n1', kind: 'not_certain', reasons: [] } },
  held_ok: held({ outcome: 'held', position: 2, waiting: 3 }),
  held_first: held({ outcome: 'held', position: 1, waiting: 1 }),
  held_refused: held({ outcome: 'refused', reasons: [block('hold_exists', { state: 'ready', position: '', until: day(5) })] }),
  held_troubles: held({
    outcome: 'refused',
    item: whole(longTitle),
    reasons: [
      block('hold_limit', { limit: '5', now: '5' }),
      block('hold_yours_on_loan', { due: day(9) }),
      block('hold_not_allowed', { why: 'patron_suspended' }),
    ],
  }),
  held_unknown: held({ outcome: 'unknown' }),
  held_long: { ...held({ outcome: 'held', item: whole(longTitle), position: 12, waiting: 27 }), patron: { ...patron, name: 'M***************' } },
  signin_account: { ...base, screen: 'signin', goal: 'account' },
  signin_hold: { ...base, screen: 'signin', goal: 'hold', wish: whole(at(0)) },
  signin_hold_long: { ...base, screen: 'signin', goal: 'hold', wish: whole(longTitle) },
  pin_account: { ...base, screen: 'pin', goal: 'account', pin },
  pin_hold: { ...base, screen: 'pin', goal: 'hold', wish: whole(longTitle), pin: { ...pin, wrong: true } },
  borrow_hold: {
    ...base,
    screen: 'borrow',
    ends,
    patron: { ...patron, loans: 1 },
    borrowed: 1,
    entries: [
      lentOut('b2', at(3), block('item_reserved_for_other')),
      lentOut('b1', at(8), block('item_on_loan_to_other')),
      { ...lentOut('b0', at(0)), outcome: 'borrowed', due: '2026-12-22' },
    ],
  },
  search_known: { ...base, screen: 'search', patron, ends },
  search_known_typed: { ...base, screen: 'search', patron, ends, find: { serial: 1, text: '的', title: '' } },
  search_known_browse: { ...base, screen: 'search', patron, ends },
  search_known_title: { ...looking('t0'), patron, ends },
  search_title_hold: looking('t4'),
  search_title_shelf: looking('t3'),
}

/** What is touched after a scene stands. */
export const accountTouches: Record<string, readonly string[]> = {
  account_holds: ['.tab-holds'],
  account_holds_none: ['.tab-holds'],
  account_cancel: ['.tab-holds', '.row .acts button'],
  account_cancel_ready: ['.tab-holds', '.row .acts button'],
  account_charges: ['.tab-charges'],
  account_charges_block: ['.tab-charges'],
  account_charges_none: ['.tab-charges'],
  account_history_off: ['.tab-history'],
  account_history_on: ['.tab-history'],
  account_history_new: ['.tab-history'],
  account_history_erase: ['.tab-history', '.history-off'],
  search_known_browse: ['.class-I'],
}
