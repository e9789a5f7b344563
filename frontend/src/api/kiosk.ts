// The only door to Go: the methods bound as bridge.Kiosk and the event
// "visit". A call that does not answer in time is given up here; whether it is
// tried again is decided in retry.ts.

import { ApiError, toApiError } from './errors'
import { completePage, completeShelves, completeTitle, type FindPage, type FindRequest, type Shelves, type TitleView } from './find'
import type { DemoSamples, DroppedKind, Hello, Language, Modes, OwnPage, Snapshot } from './types'

/** What a reader may begin by touch. */
export type Flow = 'borrow' | 'return' | 'search' | 'account'

export interface Kiosk {
  hello(): Promise<Hello>
  snapshot(): Promise<Snapshot>
  scan(text: string, nonce: string): Promise<Snapshot>
  answer(entryID: string, yes: boolean, nonce: string): Promise<Snapshot>
  enterPIN(pin: string, nonce: string): Promise<Snapshot>
  begin(flow: Flow): Promise<Snapshot>
  back(): Promise<Snapshot>
  finish(): Promise<Snapshot>
  dismiss(id: string): Promise<Snapshot>
  openTitle(titleID: string): Promise<Snapshot>
  hold(titleID: string, nonce: string): Promise<Snapshot>
  renew(loanID: string, nonce: string): Promise<Snapshot>
  renewAll(nonce: string): Promise<Snapshot>
  cancelHold(holdID: string, nonce: string): Promise<Snapshot>
  setHistory(on: boolean, nonce: string): Promise<Snapshot>
  showReceipt(): Promise<Snapshot>
  printReceipt(nonce: string): Promise<Snapshot>
  setLanguage(language: Language): Promise<Snapshot>
  setModes(modes: Modes): Promise<Snapshot>
  acknowledgeRecovery(): Promise<Snapshot>
  demoSamples(): Promise<DemoSamples>
  touch(): Promise<Snapshot>
  /** These three only read; they may be asked again freely. */
  find(request: FindRequest): Promise<FindPage>
  /** Rejects with title_unknown where there is no such title (any more). */
  titleView(id: string): Promise<TitleView>
  shelves(): Promise<Shelves>
  beat(): Promise<void>
  dropped(kind: DroppedKind): Promise<void>
  /** Calls back with every snapshot Go sends on its own; returns the way to stop. */
  onVisit(callback: (snapshot: Snapshot) => void): () => void
}

/** Milliseconds after which a call counts as not answered. */
export const callTimeout = 8000

type Bound = Record<string, (...args: unknown[]) => Promise<unknown>>

interface WailsWindow {
  go?: { bridge?: { Kiosk?: Bound } }
  runtime?: { EventsOn?: (event: string, callback: (...data: unknown[]) => void) => () => void }
}

function wails(): WailsWindow {
  return window as unknown as WailsWindow
}

async function call<T>(method: string, ...args: unknown[]): Promise<T> {
  const bound = wails().go?.bridge?.Kiosk?.[method]
  if (!bound) throw new ApiError('unreachable')
  return withTimeout(bound(...args) as Promise<T>)
}

/** Gives up after callTimeout: a panic in a bound method never settles its promise. */
export function withTimeout<T>(answer: Promise<T>, limit = callTimeout): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => reject(new ApiError('timeout')), limit)
    answer.then(
      (value) => {
        clearTimeout(timer)
        resolve(value)
      },
      (thrown: unknown) => {
        clearTimeout(timer)
        reject(toApiError(thrown))
      },
    )
  })
}

/** Go sends a nil slice as null; the page wants lists. */
export function complete(raw: Snapshot): Snapshot {
  const loose = raw as { [K in keyof Snapshot]: Snapshot[K] | null }
  return {
    ...raw,
    entries: (loose.entries ?? []).map((entry) => ({ ...entry, also: entry.also ?? [], reasons: entry.reasons ?? [] })),
    health: loose.health ?? [],
    carried: loose.carried ?? [],
    ...(raw.patron ? { patron: { ...raw.patron, standing: raw.patron.standing ?? [] } } : {}),
    ...(raw.goodbye ? { goodbye: { ...raw.goodbye, left: raw.goodbye.left ?? [], toStaff: raw.goodbye.toStaff ?? [], receipt: raw.goodbye.receipt ?? [] } } : {}),
    ...(raw.held ? { held: { ...raw.held, reasons: raw.held.reasons ?? [] } } : {}),
    ...(raw.account ? { account: completeAccount(raw.account) } : {}),
    ...(raw.today ? { today: { ...raw.today, spans: raw.today.spans ?? [] } } : {}),
    ...(raw.notice ? { notice: { ...raw.notice, reasons: raw.notice.reasons ?? [] } } : {}),
  }
}

function completeAccount(raw: OwnPage): OwnPage {
  return {
    ...raw,
    loans: (raw.loans ?? []).map((loan) => ({ ...loan, why: loan.why ?? [] })),
    holds: raw.holds ?? [],
    charges: raw.charges ?? [],
    history: { ...raw.history, loans: raw.history.loans ?? [] },
  }
}

async function snapshotFrom(method: string, ...args: unknown[]): Promise<Snapshot> {
  return complete(await call<Snapshot>(method, ...args))
}

export function wailsKiosk(): Kiosk {
  return {
    hello: () => call('Hello'),
    snapshot: () => snapshotFrom('Snapshot'),
    scan: (text, nonce) => snapshotFrom('Scan', text, nonce),
    answer: (entryID, yes, nonce) => snapshotFrom('Answer', entryID, yes, nonce),
    enterPIN: (pin, nonce) => snapshotFrom('EnterPIN', pin, nonce),
    begin: (flow) => snapshotFrom('Begin', flow),
    back: () => snapshotFrom('Back'),
    finish: () => snapshotFrom('Finish'),
    dismiss: (id) => snapshotFrom('Dismiss', id),
    openTitle: (titleID) => snapshotFrom('OpenTitle', titleID),
    hold: (titleID, nonce) => snapshotFrom('Hold', titleID, nonce),
    renew: (loanID, nonce) => snapshotFrom('Renew', loanID, nonce),
    renewAll: (nonce) => snapshotFrom('RenewAll', nonce),
    cancelHold: (holdID, nonce) => snapshotFrom('CancelHold', holdID, nonce),
    setHistory: (on, nonce) => snapshotFrom('SetHistory', on, nonce),
    showReceipt: () => snapshotFrom('ShowReceipt'),
    printReceipt: (nonce) => snapshotFrom('PrintReceipt', nonce),
    setLanguage: (language) => snapshotFrom('SetLanguage', language),
    setModes: (modes) => snapshotFrom('SetModes', modes),
    acknowledgeRecovery: () => snapshotFrom('AcknowledgeRecovery'),
    demoSamples: async () => {
      const raw = await call<{ cards: DemoSamples['cards'] | null; books: DemoSamples['books'] | null }>('DemoSamples')
      return { cards: raw.cards ?? [], books: raw.books ?? [] }
    },
    touch: () => snapshotFrom('Touch'),
    find: async (request) => completePage(await call('Find', request)),
    titleView: async (id) => completeTitle(await call('TitleView', id)),
    shelves: async () => completeShelves(await call('Shelves')),
    beat: () => call('Beat'),
    dropped: (kind) => call('Dropped', kind),
    onVisit: (callback) => {
      const on = wails().runtime?.EventsOn
      if (!on) return () => undefined
      return on('visit', (data) => callback(complete(data as Snapshot)))
    },
  }
}
