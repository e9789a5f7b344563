// Scripted snapshots: every screen in the states worth looking at. Invented
// numbers; titles are of well-known books. Not in a shipped build.

import { at, base, block, ends, longTitle, patron, sampleTitles } from './sceneParts'
import { accountScenes, accountTouches } from './scenesAccount'
import type { DemoSamples, Entry, Goodbye, Reason, ReceiptLine, Snapshot, Title } from './types'

export { longTitle, sampleTitles }

function entry(id: string, item: Title, more: Partial<Entry> = {}): Entry {
  return { id, outcome: 'borrowed', result: '', also: [], item, late: 0, toStaff: false, parts: '', reasons: [], due: '2026-12-22', ...more }
}

function without(item: Entry): Entry {
  const { due: _due, ...rest } = item
  return rest
}

const refused = (id: string, item: Title, ...reasons: Reason[]) => without(entry(id, item, { outcome: 'refused', reasons }))
const asked = (id: string, item: Title, reason: Reason) => without(entry(id, item, { outcome: 'ask', reasons: [reason] }))
const returned = (id: string, item: Title, result: string, late = 0) =>
  without(entry(id, item, { outcome: 'returned', result, late, toStaff: ['returned_reserved', 'returned_was_lost', 'item_unknown'].includes(result) }))

const borrow: Snapshot = { ...base, screen: 'borrow', patron, ends }
const three = [0, 1, 2].map((i) => entry(`e${i}`, at(i)))
const many = Array.from({ length: 11 }, (_, i) => entry(`m${i}`, at(i)))

const looking = (text: string): Snapshot => ({ ...base, screen: 'search', find: { serial: 1, text, title: '' } })

/** An item of no record. */
const nameless: Title = { barcode: '3999999', titleId: '', title: '', author: '', class: '', callNumber: '' }

const receipt: ReceiptLine[] = [
  ...[0, 1, 2].map((i): ReceiptLine => ({ what: 'borrowed', item: at(i), due: '2026-12-22' })),
  ...[3, 4].map((i): ReceiptLine => ({ what: 'renewed', item: at(i), due: '2027-01-21' })),
  { what: 'held', item: longTitle },
  { what: 'cancelled', item: at(6) },
]

/** Of a reader who wanted to renew all. */
const mixed: ReceiptLine[] = [
  ...[0, 1].map((i): ReceiptLine => ({ what: 'renewed', item: at(i), due: '2026-12-22' })),
  { what: 'not_renewed', item: longTitle, due: '2026-11-19' },
  ...[3, 4].map((i): ReceiptLine => ({ what: 'not_renewed', item: at(i), due: '2026-12-03' })),
  { what: 'refused', item: at(8) },
]

/** Where a list may be read. */
const longer = { seconds: 40, of: 45 }

function farewell(done: Partial<Goodbye>): Snapshot {
  const nothing: Goodbye = {
    borrowed: 0,
    renewed: 0,
    returned: 0,
    held: 0,
    cancelled: 0,
    refused: 0,
    unrenewed: 0,
    unknown: 0,
    left: [],
    back: false,
    toStaff: [],
    receipt: [],
    print: 'none',
    ends: { seconds: 8, of: 10 },
  }
  return { ...base, screen: 'goodbye', goodbye: { ...nothing, ...done } }
}

const everyTrouble = refused(
  'e9',
  longTitle,
  block('patron_overdue', { count: '2' }),
  block('loan_limit', { limit: '10', now: '10' }),
  block('item_reserved_for_other'),
  block('item_age', { minimum: '12' }),
)

const plain: Record<string, Snapshot> = {
  idle: base,
  idle_hours: { ...base, today: { spans: [{ from: '09:00', to: '12:00' }, { from: '13:30', to: '20:30' }], open: true, next: '' } },
  idle_closed_now: { ...base, today: { spans: [], open: false, next: '2026-12-29T09:00' } },
  borrow_interrupted: { ...borrow, borrowed: 3, patron: { ...patron, loans: 3 }, entries: three, notice: { id: 'n1', kind: 'interrupted', reasons: [] } },
  closed: { ...base, lending: false, health: ['lending_stopped_space'] },
  unreadable_isbn: {
    ...base,
    notice: { id: 'n1', kind: 'item_refused', reasons: [block('item_unknown', { hint: 'isbn' })] },
  },
  unreadable: { ...base, notice: { id: 'n1', kind: 'scan_unreadable', reasons: [] } },
  item: { ...base, screen: 'item', item: at(4), carried: [at(4)] },
  item_many: { ...base, screen: 'item', item: at(4), carried: [at(4), at(3), at(2)] },
  item_long: { ...base, screen: 'item', item: longTitle, carried: [longTitle] },
  signin: { ...base, screen: 'signin' },
  signin_carrying: { ...base, screen: 'signin', item: at(4), carried: [at(4)] },
  signin_refused: {
    ...base,
    screen: 'signin',
    notice: { id: 'n1', kind: 'card_refused', reasons: [block('card_expired', { on: '2026-03-01' })] },
  },
  pin: { ...base, screen: 'pin', pin: { length: 6, wrong: false, wait: 0 } },
  pin_not_a_book: {
    ...base,
    screen: 'pin',
    pin: { length: 6, wrong: false, wait: 0 },
    notice: { id: 'n1', kind: 'enter_pin_first', reasons: [] },
  },
  pin_wrong: { ...base, screen: 'pin', pin: { length: 6, wrong: true, wait: 0 } },
  pin_wait: { ...base, screen: 'pin', pin: { length: 6, wrong: true, wait: 30 } },
  borrow_empty: borrow,
  borrow_three: { ...borrow, borrowed: 3, entries: three, patron: { ...patron, loans: 3 } },
  borrow_refused: {
    ...borrow,
    borrowed: 3,
    patron: { ...patron, loans: 3 },
    entries: [refused('e3', at(3), block('item_reserved_for_other')), ...three],
  },
  borrow_parts: {
    ...borrow,
    borrowed: 2,
    patron: { ...patron, loans: 2 },
    entries: [asked('e3', at(2), { code: 'item_has_parts', mark: 'ask', params: { parts: '附图一张、光盘一张' } }), ...three.slice(0, 2)],
  },
  borrow_yours: {
    ...borrow,
    borrowed: 1,
    patron: { ...patron, loans: 3 },
    entries: [asked('e3', at(6), { code: 'item_on_loan_to_you', mark: 'ask', params: { due: '2026-12-02' } }), entry('e1', at(7))],
  },
  borrow_troubles: { ...borrow, borrowed: 2, patron: { ...patron, loans: 10 }, entries: [everyTrouble, ...three.slice(1)] },
  borrow_standing: {
    ...borrow,
    patron: {
      ...patron,
      loans: 4,
      standing: [
        { code: 'patron_overdue', mark: 'staff', params: { count: '2' } },
        { code: 'patron_charges', mark: 'staff', params: { amount: '2350', threshold: '2000' } },
      ],
    },
    entries: [refused('e1', at(0), block('patron_overdue', { count: '2' }))],
  },
  borrow_many: { ...borrow, borrowed: 11, patron: { ...patron, loans: 11, loanLimit: 20 }, entries: many },
  borrow_long: {
    ...borrow,
    borrowed: 2,
    patron: { ...patron, name: 'M***************', loans: 2 },
    entries: [entry('l1', longTitle), entry('l2', at(9), { due: '2027-01-04' })],
  },
  borrow_again: {
    ...borrow,
    borrowed: 1,
    patron: { ...patron, loans: 1 },
    entries: [
      entry('a4', at(8), { outcome: 'renewed', due: '2027-01-21' }),
      without(entry('a3', at(0), { outcome: 'already_borrowed_now' })),
      without(entry('a2', at(5), { outcome: 'declined' })),
      without(entry('a1', at(12), { outcome: 'unknown' })),
      entry('a0', at(0)),
    ],
  },
  return_empty: { ...base, screen: 'return', ends },
  return_two: {
    ...base,
    screen: 'return',
    ends,
    returned: 2,
    entries: [returned('r2', at(1), 'returned', 3), returned('r1', at(0), 'returned')],
  },
  return_many: {
    ...base,
    screen: 'return',
    ends,
    returned: 6,
    entries: [
      'returned_reserved',
      'not_on_loan',
      'returned_other_branch',
      'returned_was_lost',
      'returned_has_parts',
      'already_returned_now',
      'returned',
    ].map((result, i) => returned(`r${i}`, at(i + 3), result)),
  },
  return_unknown: {
    ...base,
    screen: 'return',
    ends,
    entries: [returned('r1', nameless, 'item_unknown')],
  },
  goodbye: {
    ...farewell({ borrowed: 3, renewed: 1, refused: 1, left: [at(4), nameless], due: '2026-12-22' }),
    cue: 'ended',
  },
  goodbye_receipt: farewell({ borrowed: 3, renewed: 2, held: 1, cancelled: 1, receipt, print: 'offered', due: '2026-12-22' }),
  goodbye_list: farewell({ borrowed: 3, renewed: 2, held: 1, cancelled: 1, receipt, print: 'sent', due: '2026-12-22', ends: longer }),
  goodbye_print_failed: farewell({ borrowed: 1, receipt: receipt.slice(0, 1), print: 'failed', due: '2026-12-22', ends: longer }),
  goodbye_return: farewell({ returned: 2 }),
  goodbye_staff: farewell({ returned: 2, refused: 1, back: true, left: [at(2)], toStaff: [at(4), longTitle, at(7), nameless] }),
  goodbye_unrenewed: farewell({ renewed: 2, unrenewed: 3, due: '2026-12-22', keptDue: '2026-11-19', receipt: mixed, print: 'offered' }),
  goodbye_unrenewed_list: farewell({ renewed: 2, unrenewed: 3, refused: 1, left: [at(8)], due: '2026-12-22', keptDue: '2026-11-19', receipt: mixed, print: 'done', ends: longer }),
  goodbye_nothing: farewell({}),
  recovery: {
    ...base,
    screen: 'recovery',
    recovery: ['K7QF2', 'M9XTB', '4HDWR', 'P3VNY', 'C8GJ6', 'Z5LA2', 'T7KEM', 'R9BXQ'],
  },
  search: { ...base, screen: 'search' },
  search_browse: { ...base, screen: 'search' },
  search_browse_deep: { ...base, screen: 'search' },
  search_new: { ...base, screen: 'search' },
  search_language: { ...base, screen: 'search' },
  search_typed: { ...base, screen: 'search' },
  search_results: looking('的'),
  search_filtered: looking('a'),
  search_long: looking('关于二十世纪'),
  search_nothing: looking('xyzzy quux'),
  search_filling: looking('史'),
  search_filling_start: { ...base, screen: 'search' },
  search_failing: looking('史'),
  search_empty: { ...base, screen: 'search' },
  search_title: { ...base, screen: 'search', find: { serial: 1, text: '', title: 't0' } },
  search_title_bare: { ...base, screen: 'search', find: { serial: 1, text: '', title: 't5' } },
  search_title_long: { ...base, screen: 'search', find: { serial: 1, text: '', title: 't99' } },
  search_title_gone: { ...base, screen: 'search', find: { serial: 1, text: '', title: 'none' } },
  warning: {
    ...borrow,
    borrowed: 3,
    patron: { ...patron, loans: 3 },
    entries: three,
    warning: { seconds: 18, of: 20 },
  },
  ...accountScenes,
}

/** These once more with a notice: it leaves each screen less room. */
const noticed = [
  'item',
  'signin_hold_long',
  'pin_wait',
  'borrow_empty',
  'borrow_troubles',
  'return_empty',
  'return_many',
  'goodbye',
  'goodbye_receipt',
  'search',
  'search_results',
  'search_known_title',
  'account_loans',
  'account_refusals',
  'held_ok',
  'held_troubles',
]

export const scenes: Record<string, Snapshot> = {
  ...plain,
  ...Object.fromEntries(
    noticed.map((name): [string, Snapshot] => [
      `${name}_noticed`,
      { ...sceneOf(plain, name), notice: { id: 'n1', kind: 'scan_unreadable', reasons: [] } },
    ]),
  ),
}

function sceneOf(all: Record<string, Snapshot>, name: string): Snapshot {
  const scene = all[name]
  if (!scene) throw new Error(`no scene ${name}`)
  return scene
}

/** What is touched after a scene stands, as selectors: states of the page's own. */
export const touches: Record<string, readonly string[]> = {
  ...accountTouches,
  goodbye_list: ['.paper .list'],
  goodbye_unrenewed_list: ['.paper .list'],
  search_browse: ['.class-I'],
  search_browse_deep: ['.class-T', '.class-TP'],
  search_new: ['.all-new'],
  search_language: ['.filter-language'],
  search_typed: ['[aria-label="s"]', '[aria-label="j"]'],
  search_filtered: ['.filter-onShelf', '.filter-children'],
}

export function sceneNamed(name: string): Snapshot {
  return structuredClone(sceneOf(scenes, name))
}

/** Module widths of a Code 128 of seven digits: start, four symbols, check, stop. */
const bars = '21121431112122321122113111411341112213122331112'

export const demoSamples: DemoSamples = {
  cards: ['adult', 'child', 'expired', 'overdue', 'limit', 'lost', 'suspended', 'pin'].map((label, i) => ({
    number: `100000${i}`,
    label,
    bars,
  })),
  books: sampleTitles.slice(0, 10).map((book, i) => ({
    barcode: book.barcode,
    title: book.title,
    author: book.author,
    label: ['available', 'on_loan', 'reserved', 'reference', 'parts', 'lost', 'age', 'transit'][i] ?? 'available',
    bars,
  })),
}
