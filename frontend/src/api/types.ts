// The shapes Go sends: a mirror of app/visit/snapshot.go and
// app/library/reason.go. Go decides everything; nothing here is a rule. What
// the search screen asks for stands in find.ts.

export const languages = ['zh-Hans', 'zh-Hant', 'en'] as const
export type Language = (typeof languages)[number]

export const screens = ['idle', 'item', 'signin', 'pin', 'borrow', 'return', 'goodbye', 'recovery', 'search', 'account', 'held'] as const
export type Screen = (typeof screens)[number]

export const cues = ['accepted', 'refused', 'ended', 'key'] as const
export type Cue = (typeof cues)[number]

export type Mark = 'block' | 'staff' | 'ask'

/** Every reason the words of the page know, in the order of the rules. */
export const reasonCodes = [
  'card_unknown',
  'card_expired',
  'card_lost',
  'card_replaced',
  'patron_suspended',
  'patron_provisional',
  'patron_overdue',
  'patron_charges',
  'loan_limit',
  'loan_limit_type',
  'patron_wrong_branch',
  'guardian_blocked',
  'item_unknown',
  'item_on_loan_to_other',
  'item_on_loan_to_you',
  'item_not_for_loan',
  'item_reference',
  'item_on_site_only',
  'item_withdrawn',
  'item_damaged',
  'item_reserved_for_other',
  'item_in_transit',
  'item_wrong_branch',
  'item_age',
  'item_has_parts',
  'title_already_yours',
  'renew_limit',
  'renew_too_soon',
  'renew_reserved',
  'renew_overdue',
  'renew_patron_blocked',
  'renew_item_blocked',
  'hold_limit',
  'hold_exists',
  'hold_yours_on_loan',
  'hold_not_allowed',
  'not_recorded',
] as const
export type ReasonCode = (typeof reasonCodes)[number]

/** A coded refusal with the facts its words need. */
export interface Reason {
  code: string
  mark: Mark
  params?: Record<string, string>
}

export interface Modes {
  largeText: boolean
  highContrast: boolean
  lowPosition: boolean
}

/** Whole seconds left when the snapshot was made, and of how many. */
export interface Countdown {
  seconds: number
  of: number
}

export interface Patron {
  /** Masked in Go: 张*, J*** */
  name: string
  loans: number
  loanLimit: number
  loanDays: number
  /** Why this card cannot borrow now; empty is well. */
  standing: Reason[]
}

export interface PinState {
  length: number
  /** The last try failed: wrong PIN or no such card, never told apart. */
  wrong: boolean
  /** Seconds until the next try is taken; 0 is now. */
  wait: number
}

export interface Title {
  /** Empty of a title as a whole. */
  barcode: string
  /** Empty when nothing is known of it. */
  titleId: string
  title: string
  author: string
  class: string
  callNumber: string
}

export const outcomes = [
  'borrowed',
  'renewed',
  'already_borrowed_now',
  'refused',
  'ask',
  'declined',
  'returned',
  'unknown',
  'held',
] as const
export type Outcome = (typeof outcomes)[number]

export const returnResults = [
  'returned',
  'not_on_loan',
  'item_unknown',
  'returned_reserved',
  'returned_other_branch',
  'returned_was_lost',
  'returned_has_parts',
  'already_returned_now',
] as const
export type ReturnResult = (typeof returnResults)[number]

export interface Entry {
  id: string
  outcome: Outcome
  /** Of a return, one of returnResults; else empty. */
  result: string
  /** Of a return, what else is true of it; same codes. */
  also: string[]
  item: Title
  /** Civil date, 2026-12-22. */
  due?: string
  /** Days late, of a return. */
  late: number
  /** Of a return: it goes to our staff, not into the box. */
  toStaff: boolean
  /** What must be with the item, as catalogued. */
  parts: string
  reasons: Reason[]
}

export interface Notice {
  id: string
  /** card_refused, item_refused, scan_unreadable, enter_pin_first, not_done, not_certain or interrupted. */
  kind: string
  reasons: Reason[]
}

/** What a card is asked for. */
export type Goal = 'borrow' | 'account' | 'hold'

/** One open loan of the reader's own page. Ids mean nothing outside this visit. */
export interface OwnLoan {
  id: string
  item: Title
  /** Civil date. */
  due: string
  /** Civil days until it; negative is days late. */
  daysLeft: number
  /** Staff marked it lost. */
  lost: boolean
  /** The due date a renewal now would give; empty when why says why not. */
  renewTo: string
  why: Reason[]
  /** The answer of this visit to a wish to renew; empty before. */
  answer: '' | 'renewed' | 'refused' | 'unknown'
}

export interface OwnHold {
  id: string
  item: Title
  /** On the hold shelf. One that waits is never shown as ready. */
  ready: boolean
  /** In the queue, from 1; 0 when ready, and where the hold cannot be read. */
  position: number
  waiting: number
  /** A copy travels here. */
  onItsWay: boolean
  /** Last day on the shelf, when ready. */
  until: string
  daysLeft: number
  /** In this visit. */
  cancelled: boolean
}

export const chargeKinds = ['overdue', 'lost', 'damaged'] as const

export interface OwnCharge {
  /** One of chargeKinds. */
  kind: string
  item: Title
  fen: number
  on: string
}

export interface PastLoan {
  item: Title
  out: string
  back: string
}

export interface ReadingHistory {
  /** The reader may switch it on; a child may not. */
  offered: boolean
  on: boolean
  since: string
  /** Newest first. */
  loans: PastLoan[]
  /** There are older ones. */
  more: boolean
}

/** The reader's own page. */
export interface OwnPage {
  /** The one due first first, so overdue ones lead. */
  loans: OwnLoan[]
  /** Ready ones first. */
  holds: OwnHold[]
  charges: OwnCharge[]
  owedFen: number
  /** Loans that would be renewed now. */
  renewable: number
  /** "Renew all" was answered: see the loans. */
  asked: boolean
  history: ReadingHistory
}

/** What became of a wish for a title. */
export interface Held {
  item: Title
  outcome: 'held' | 'refused' | 'unknown'
  position: number
  waiting: number
  reasons: Reason[]
}

export interface Span {
  from: string
  to: string
}

/** When the library is open today. */
export interface Today {
  /** Empty: closed all day. */
  spans: Span[]
  /** At this moment. */
  open: boolean
  /** The next opening, 2026-11-24T09:00 in the library's zone, when it is closed now; empty = not known. */
  next: string
}

/** What became of one item. */
export interface ReceiptLine {
  what: 'borrowed' | 'renewed' | 'returned' | 'held' | 'cancelled' | 'not_renewed' | 'refused'
  item: Title
  due?: string
}

/** Where the paper receipt stands: none is not offered. */
export type PrintState = 'none' | 'offered' | 'sent' | 'done' | 'failed'

export interface Goodbye {
  borrowed: number
  renewed: number
  returned: number
  held: number
  /** Holds. */
  cancelled: number
  refused: number
  /** Loans whose renewal was asked for and refused. */
  unrenewed: number
  /** The earliest due date of those. */
  keptDue?: string
  /** Items the kiosk could not find out about. */
  unknown: number
  /** Books in hand that were neither lent nor taken back. */
  left: Title[]
  /** What is left was to be given back, not lent. */
  back: boolean
  /** Books in hand that do not go into the box. */
  toStaff: Title[]
  due?: string
  /** What was done, in order, and then what was not. */
  receipt: ReceiptLine[]
  print: PrintState
  ends: Countdown
}

/** What a scan on the search screen asks for: text to look for (an ISBN), or
 * the title whose copy was scanned. A new scan has a higher serial. */
export interface Scanned {
  serial: number
  text: string
  title: string
}

export const healthCodes = ['lending_stopped_space', 'store_failed'] as const
export type HealthCode = (typeof healthCodes)[number]

/** Everything the page may know of the visit at one moment; replaced whole. */
export interface Snapshot {
  revision: number
  screen: Screen
  language: Language
  modes: Modes
  cue: '' | Cue
  warning?: Countdown
  ends?: Countdown
  /** On the sign-in and PIN screens: what the card is asked for; else empty. */
  goal: '' | Goal
  patron?: Patron
  pin?: PinState
  /** The newest of carried. */
  item?: Title
  /** Books scanned before the card, newest first: neither lent nor taken back yet. */
  carried: Title[]
  /** Newest first. */
  entries: Entry[]
  borrowed: number
  returned: number
  /** The title to be held, until a card says for whom. */
  wish?: Title
  /** On the held screen. */
  held?: Held
  /** On the account screen. */
  account?: OwnPage
  /** On the idle screen, where the hours are known. */
  today?: Today
  notice?: Notice
  goodbye?: Goodbye
  /** On the search screen only, once something was scanned there. */
  find?: Scanned
  recovery?: string[]
  health: string[]
  /** False: the kiosk cannot lend or take back now. */
  lending: boolean
}

export type Names = Record<Language, string>

/** What this kiosk is: asked once, when the page starts. */
export interface Hello {
  version: string
  libraryNames: Names
  place: Names
  /** The characters of the red seal, e.g. 路北. */
  seal: string
  /** IANA zone of the library. */
  timeZone: string
  defaultLanguage: Language
  /** Those a reader may choose, the default first. */
  languages: Language[]
  screen: {
    diagonalInch: number
    /** Height of the lower edge of the screen from the floor, mm. */
    bottomMM: number
  }
  sound: { volume: number; mute: boolean }
  demo: boolean
  pinLength: number
}

export interface DemoCard {
  number: string
  label: string
  /** Code 128 module widths as digits, bar first. */
  bars: string
}

export interface DemoBook {
  barcode: string
  title: string
  author: string
  label: string
  bars: string
}

export interface DemoSamples {
  cards: DemoCard[]
  books: DemoBook[]
}

export type DroppedKind = 'modifier' | 'control' | 'too_long' | 'cut'
