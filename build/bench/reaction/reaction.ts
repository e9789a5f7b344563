// How long a reader waits for the page: from the Return of a book's scan to the
// frame that shows the loan, against a page that only echoes the scan. Both are
// in one browser, are typed into and timed alike, and take turns. Not a test:
// run by the bench with REACTIONS (where the figures go) and BOOKS (how many).

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CDPSession, Page } from '@playwright/test'
import { available, card } from '../../e2e/chromium/demolibrary'
import { expect, type Kiosk, test } from '../../e2e/chromium/kiosk'
import { type Reaction, watch, type Watching, type Work } from './watch'

const out = process.env['REACTIONS'] ?? ''
const books = Number(process.env['BOOKS'])

/** A wedge sends a key every few milliseconds. */
const betweenKeys = 2
/** A hand takes its time, and never in step with the screen. */
const betweenBooks = (): number => 120 + Math.random() * 100

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

/** A page with its own scanner. */
class Scanned {
  private constructor(
    readonly page: Page,
    private readonly keys: CDPSession,
    private readonly row: string,
  ) {}

  /** row is the selector of what a scan brings. */
  static async open(page: Page, row: string): Promise<Scanned> {
    await page.evaluate(watch)
    const keys = await page.context().newCDPSession(page)
    await keys.send('Performance.enable')
    return new Scanned(page, keys, row)
  }

  /** Scans a code and awaits the row with that text on the glass. */
  async scan(code: string, text: string): Promise<Reaction & Work> {
    await this.page.evaluate(
      ([row, wanted]) => (window as unknown as { watching: Watching }).watching.expectRow(row, wanted),
      [this.row, text] as const,
    )
    await pause(betweenBooks())
    const before = await this.work()
    for (const key of code) {
      await this.press(key, `Key${key}`, key.toUpperCase().charCodeAt(0), key)
      await pause(betweenKeys)
    }
    await this.press('Enter', 'Enter', 13, '\r')
    const reaction = await this.page.evaluate(() => (window as unknown as { watching: Watching }).watching.reaction as Promise<Reaction>)
    const after = await this.work()
    return { ...reaction, style: after.style - before.style, layout: after.layout - before.layout }
  }

  /** What the page has worked so far. */
  private async work(): Promise<Work> {
    const { metrics } = await this.keys.send('Performance.getMetrics')
    const ms = (name: string): number => 1000 * (metrics.find((one) => one.name === name)?.value ?? Number.NaN)
    return { style: ms('RecalcStyleDuration'), layout: ms('LayoutDuration') }
  }

  private async press(key: string, code: string, windowsVirtualKeyCode: number, text: string): Promise<void> {
    await Promise.all([
      this.keys.send('Input.dispatchKeyEvent', { type: 'keyDown', key, code, windowsVirtualKeyCode, text, unmodifiedText: text }),
      this.keys.send('Input.dispatchKeyEvent', { type: 'keyUp', key, code, windowsVirtualKeyCode }),
    ])
  }
}

/** Gives every book back, through the screen for it. */
async function giveBack(kiosk: Kiosk, codes: readonly string[]): Promise<void> {
  await kiosk.call('Begin', 'return')
  await kiosk.on('return')
  for (const code of codes) await kiosk.scanned(code)
  await kiosk.idle()
}

/** The title of each book, from a first visit that is not timed. */
async function titles(kiosk: Kiosk): Promise<Map<string, string>> {
  await kiosk.scanned(card('adult'))
  const found = new Map<string, string>()
  for (const code of available) {
    const { entries } = await kiosk.scanned(code)
    expect(entries[0]?.outcome, code).toBe('borrowed')
    found.set(code, entries[0]?.item.title ?? '')
  }
  await kiosk.idle()
  await giveBack(kiosk, available)
  return found
}

test('the page reacts', async ({ kiosk, context }) => {
  test.setTimeout(1_800_000)
  const named = await titles(kiosk)
  const echoPage = await context.newPage()
  await echoPage.goto(`file://${join(__dirname, 'echo.html')}`)
  const ours = await Scanned.open(kiosk.page, 'article.good')
  const echo = await Scanned.open(echoPage, 'li')
  const seen: Record<'kiosk' | 'echo', (Reaction & Work)[]> = { kiosk: [], echo: [] }

  // The first pile warms both pages up.
  for (let pile = 0; seen.kiosk.length < books; pile++) {
    const turns = [
      async () => {
        await kiosk.page.bringToFront()
        await kiosk.scanned(card('adult'))
        await kiosk.on('borrow')
        for (const code of available) {
          const reaction = await ours.scan(code, named.get(code) ?? '')
          if (pile > 0) seen.kiosk.push(reaction)
        }
        expect((await kiosk.snapshot()).borrowed, 'every book is a loan').toBe(available.length)
        await kiosk.idle()
        await giveBack(kiosk, available)
      },
      async () => {
        await echoPage.bringToFront()
        await echoPage.evaluate(() => document.querySelector('ol')?.replaceChildren())
        for (const code of available) {
          const reaction = await echo.scan(code, code)
          if (pile > 0) seen.echo.push(reaction)
        }
      },
    ]
    if (pile % 2 === 1) turns.reverse()
    for (const turn of turns) await turn()
  }
  writeFileSync(out, JSON.stringify({ kiosk: seen.kiosk.slice(0, books), echo: seen.echo.slice(0, books) }))
})
