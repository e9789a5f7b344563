// Runs inside a page, ours or the one it is compared with, and times what a
// scan does there. Nothing in a page knows of it.

/** One scan, in milliseconds after the scanner's Return was struck. */
export interface Reaction {
  /** The row is in the document and not hidden. */
  inDocument: number
  /** The frame with it has been drawn. */
  painted: number
  /** The page called Go, and had its first word of it: the answer, or the news
   * that comes beside it; null where there is no Go. */
  called: number | null
  told: number | null
}

/** What the browser says its page worked on meanwhile, beside its scripts, in
 * milliseconds. */
export interface Work {
  style: number
  layout: number
}

/** What watch() leaves in the window. */
export interface Watching {
  /** Awaits a row that the selector finds and that holds the text. */
  expectRow(selector: string, text: string): void
  /** The reaction to the scan that brought the expected row. */
  reaction: Promise<Reaction> | undefined
}

/** Self-contained: it is sent into the page as text. */
export function watch(): void {
  let struck = 0
  let called: number | null = null
  let told: number | null = null
  let wanted = ''

  // The time stamp is that of the key, not of the page's coming to it.
  addEventListener('keydown', ({ key, timeStamp }) => { if (key === 'Enter') struck = timeStamp }, { capture: true })

  type Bound = Record<string, (...given: unknown[]) => Promise<unknown>>
  const { go, wails } = window as unknown as {
    go?: { bridge: { Kiosk: Bound } }
    wails?: { EventsNotify: (message: string) => void }
  }
  const scan = go?.bridge.Kiosk['Scan']
  if (go && wails && scan) {
    const hear = (): void => { if (called !== null) told ??= performance.now() }
    // The page also tells Go that somebody is there, and Go answers with news.
    const isOfTheScan = (news: string): boolean => news.includes(JSON.stringify(wanted))
    go.bridge.Kiosk['Scan'] = async (...given) => {
      called = performance.now()
      const answer = await scan(...given)
      hear()
      return answer
    }
    const notify = wails.EventsNotify
    wails.EventsNotify = (message) => {
      if (isOfTheScan(message)) hear()
      notify(message)
    }
  }

  const watching: Watching = {
    reaction: undefined,
    expectRow(selector, text) {
      called = told = null
      wanted = text
      watching.reaction = new Promise((done) => {
        const look = (): void => {
          const row = [...document.querySelectorAll(selector)].find((one) => one.textContent?.includes(text))
          if (!row?.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return
          observer.disconnect()
          const inDocument = performance.now()
          // The second frame begins when the first has been drawn.
          requestAnimationFrame(() =>
            requestAnimationFrame(() => {
              const after = (at: number | null): number | null => (at === null ? null : at - struck)
              done({ inDocument: inDocument - struck, painted: performance.now() - struck, called: after(called), told: after(told) })
            }),
          )
        }
        const observer = new MutationObserver(look)
        observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true })
      })
    },
  }
  Object.assign(window, { watching })
}
