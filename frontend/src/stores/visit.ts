// A read-only mirror of the visit in Go. Commands go out one after another;
// what comes back, in an answer or as an event, replaces the mirror whole if
// its revision is not older. Nothing is decided here and nothing is kept.

import { computed, inject, readonly, shallowRef, type ComputedRef, type InjectionKey, type Ref } from 'vue'
import { ApiError, toApiError } from '../api/errors'
import type { FindPage, FindRequest, Shelves, TitleView } from '../api/find'
import type { Flow, Kiosk } from '../api/kiosk'
import { onceMore } from '../api/retry'
import type { DemoSamples, DroppedKind, Hello, Language, Modes, Snapshot } from '../api/types'

/** unreachable: Go does not answer. page: the page itself failed. */
export type Fault = 'unreachable' | 'page'

/** A notice of the page's own: one act could not be done. */
export interface Mishap {
  id: number
  busy: boolean
}

export interface Visit {
  readonly hello: Readonly<Ref<Hello | null>>
  readonly snapshot: Readonly<Ref<Snapshot | null>>
  readonly fault: Readonly<Ref<Fault | null>>
  readonly mishap: Readonly<Ref<Mishap | null>>
  /** performance.now() when the snapshot came; countdowns run from here. */
  readonly shownAt: Readonly<Ref<number>>
  /** Of the demo library; null outside it. */
  readonly samples: Readonly<Ref<DemoSamples | null>>
  /** Commands under way or waiting. */
  readonly pending: Readonly<Ref<number>>
  readonly busy: ComputedRef<boolean>
  start(): Promise<void>
  stop(): void
  fail(kind: Fault): void
  scan(text: string): Promise<void>
  answer(entryID: string, yes: boolean): Promise<void>
  enterPIN(pin: string): Promise<void>
  begin(flow: Flow): Promise<void>
  back(): Promise<void>
  finish(): Promise<void>
  dismiss(id: string): Promise<void>
  openTitle(titleID: string): Promise<void>
  hold(titleID: string): Promise<void>
  renew(loanID: string): Promise<void>
  renewAll(): Promise<void>
  cancelHold(holdID: string): Promise<void>
  setHistory(on: boolean): Promise<void>
  showReceipt(): Promise<void>
  printReceipt(): Promise<void>
  dismissMishap(): void
  setLanguage(language: Language): Promise<void>
  setModes(modes: Modes): Promise<void>
  acknowledgeRecovery(): Promise<void>
  /** These three only read the catalogue: they wait for no command and change
   * nothing here. They reject with an ApiError. */
  find(request: FindRequest): Promise<FindPage>
  titleView(id: string): Promise<TitleView>
  shelves(): Promise<Shelves>
  touch(): void
  beat(): void
  dropped(kind: DroppedKind): void
}

/** Milliseconds between two attempts to reach Go again. */
const reachEvery = 2000

/** Codes that mean Go is not there: no answer, no bindings, stopping. */
const lost = ['timeout', 'unreachable', 'closed']

export function createVisit(kiosk: Kiosk): Visit {
  const hello = shallowRef<Hello | null>(null)
  const snapshot = shallowRef<Snapshot | null>(null)
  const fault = shallowRef<Fault | null>(null)
  const mishap = shallowRef<Mishap | null>(null)
  const shownAt = shallowRef(0)
  const samples = shallowRef<DemoSamples | null>(null)
  const pending = shallowRef(0)

  let queue: Promise<void> = Promise.resolve()
  let reaching: ReturnType<typeof setTimeout> | undefined
  let stopListening: () => void = () => undefined
  let mishaps = 0
  let stopped = false

  function show(next: Snapshot): void {
    const current = snapshot.value
    if (current && next.revision < current.revision) return
    if (current && next.revision === current.revision && fault.value === null) return
    if (!current || next.revision !== current.revision) shownAt.value = performance.now()
    if (current && next.screen !== current.screen) mishap.value = null
    snapshot.value = next
    if (fault.value === 'unreachable') fault.value = null
  }

  async function meet(): Promise<void> {
    const met = await kiosk.hello()
    if (met.demo) samples.value = await kiosk.demoSamples()
    hello.value = met
  }

  function unreachable(): void {
    fault.value ??= 'unreachable'
    mishap.value = null
    clearTimeout(reaching)
    if (!stopped) reaching = setTimeout(reachAgain, reachEvery)
  }

  async function reachAgain(): Promise<void> {
    try {
      if (!hello.value) await meet()
      const fresh = await kiosk.snapshot()
      // A restarted Go counts its revisions anew: after a silence its word is
      // taken whatever the number.
      snapshot.value = null
      show(fresh)
      if (fault.value === 'unreachable') fault.value = null
    } catch {
      unreachable()
    }
  }

  function failed(error: ApiError): void {
    if (lost.includes(error.code)) {
      unreachable()
      return
    }
    mishap.value = { id: ++mishaps, busy: error.code === 'busy' }
  }

  /** Runs after everything asked before it. What waits when Go is lost is
   * dropped, so that it cannot reach a later reader's visit. */
  function enqueue(command: () => Promise<Snapshot>): Promise<void> {
    if (fault.value !== null) return Promise.resolve()
    pending.value++
    const run = queue.then(async () => {
      try {
        if (fault.value === null) show(await command())
      } catch (thrown) {
        failed(toApiError(thrown))
      } finally {
        pending.value--
      }
    })
    queue = run
    return run
  }

  const exactlyOnce = (command: (nonce: string) => Promise<Snapshot>) => enqueue(() => onceMore(kiosk, command, show))

  /** Signals carry no answer worth waiting for; a lost one is noticed elsewhere. */
  function signal(sent: Promise<void>): void {
    sent.catch(() => undefined)
  }

  return {
    hello: readonly(hello) as Readonly<Ref<Hello | null>>,
    snapshot: readonly(snapshot) as Readonly<Ref<Snapshot | null>>,
    fault: readonly(fault),
    mishap: readonly(mishap),
    shownAt: readonly(shownAt),
    samples: readonly(samples) as Readonly<Ref<DemoSamples | null>>,
    pending: readonly(pending),
    busy: computed(() => pending.value > 0),
    async start() {
      stopped = false
      stopListening = kiosk.onVisit(show)
      try {
        await meet()
        show(await kiosk.snapshot())
      } catch {
        unreachable()
      }
    },
    stop() {
      stopped = true
      clearTimeout(reaching)
      stopListening()
    },
    fail(kind) {
      fault.value = kind
    },
    scan: (text) => exactlyOnce((nonce) => kiosk.scan(text, nonce)),
    answer: (entryID, yes) => exactlyOnce((nonce) => kiosk.answer(entryID, yes, nonce)),
    enterPIN: (pin) => exactlyOnce((nonce) => kiosk.enterPIN(pin, nonce)),
    begin: (flow) => enqueue(() => kiosk.begin(flow)),
    back: () => enqueue(() => kiosk.back()),
    finish: () => enqueue(() => kiosk.finish()),
    dismiss: (id) => enqueue(() => kiosk.dismiss(id)),
    openTitle: (titleID) => enqueue(() => kiosk.openTitle(titleID)),
    hold: (titleID) => exactlyOnce((nonce) => kiosk.hold(titleID, nonce)),
    renew: (loanID) => exactlyOnce((nonce) => kiosk.renew(loanID, nonce)),
    renewAll: () => exactlyOnce((nonce) => kiosk.renewAll(nonce)),
    cancelHold: (holdID) => exactlyOnce((nonce) => kiosk.cancelHold(holdID, nonce)),
    setHistory: (on) => exactlyOnce((nonce) => kiosk.setHistory(on, nonce)),
    showReceipt: () => enqueue(() => kiosk.showReceipt()),
    printReceipt: () => exactlyOnce((nonce) => kiosk.printReceipt(nonce)),
    dismissMishap() {
      mishap.value = null
    },
    setLanguage: (language) => enqueue(() => kiosk.setLanguage(language)),
    setModes: (modes) => enqueue(() => kiosk.setModes(modes)),
    acknowledgeRecovery: () => enqueue(() => kiosk.acknowledgeRecovery()),
    find: (request) => kiosk.find(request),
    titleView: (id) => kiosk.titleView(id),
    shelves: () => kiosk.shelves(),
    touch: () => signal(kiosk.touch().then(show)),
    beat: () => signal(kiosk.beat()),
    dropped: (kind) => signal(kiosk.dropped(kind)),
  }
}

export const visitKey: InjectionKey<Visit> = Symbol('visit')

export function useVisit(): Visit {
  const visit = inject(visitKey)
  if (!visit) throw new Error('no visit is provided')
  return visit
}

/** For screens, which stand only while there is a snapshot. */
export function useSnapshot(): ComputedRef<Snapshot> {
  const visit = useVisit()
  let last: Snapshot | null = visit.snapshot.value
  return computed(() => {
    last = visit.snapshot.value ?? last
    if (!last) throw new Error('no snapshot yet')
    return last
  })
}
