// A kiosk for one test: the program with its real bindings, a store of its own,
// and the page open in Chromium.

import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { type CDPSession, expect, type Page, test as base, type WebSocket } from '@playwright/test'
import type { Language, Modes, Snapshot } from '../../../frontend/src/api/types'

const here = __dirname
const root = resolve(here, '../../..')

export interface Options {
  /** Arguments for the program besides --data and --config. */
  arguments: string[]
  /** The text of the settings file; '' is a file that changes nothing. */
  settings: string
}

interface Served {
  process: ChildProcess
  url: string
  log: () => string
}

function serve(folder: string, { arguments: args, settings }: Options): Promise<Served> {
  const file = join(folder, 'kiosk.toml')
  writeFileSync(file, settings)
  const process_ = spawn(
    '/usr/bin/python3',
    [
      join(here, 'serve.py'),
      '--bin', process.env['SHUTING_DEV'] ?? join(root, 'build/bin/shuting-dev'),
      '--assets', process.env['SHUTING_ASSETS'] ?? join(root, 'frontend/dist'),
      '--data', join(folder, 'data'),
      '--', '--config', file, ...args,
    ],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  )
  let log = ''
  process_.stderr.on('data', (piece: Buffer) => (log += piece.toString()))
  return new Promise((done, failed) => {
    createInterface(process_.stdout).on('line', (line) => {
      if (line.startsWith('serving ')) done({ process: process_, url: line.slice(8), log: () => log })
    })
    process_.on('exit', (code) => failed(new Error(`the program did not start (${code}):\n${log}`)))
  })
}

function end(served: Served): Promise<void> {
  return new Promise((done) => {
    if (served.process.exitCode !== null) return done()
    served.process.on('exit', () => done())
    served.process.stdin?.end()
  })
}

/** What Go sends back for a call. */
interface Answer {
  callbackid: string
  error: unknown
  result: unknown
}

/** The development server brings a script of its own for its line to the page,
 * which complains when that line is cut; a kiosk has no such line. Its runtime
 * wonders about answers to calls it did not make: those of raw(). */
function isDevelopmentServers(complaint: string): boolean {
  return complaint.includes('/wails/ipc') || complaint.startsWith("Callback 'raw-")
}

/** A running program and its page, driven as a reader drives them. */
export class Kiosk {
  private served: Served | undefined
  /** Script errors, refused resources and breaches of the content policy, as the page told them. */
  readonly complaints: string[] = []
  /** How many calls of each bound method have been answered. */
  private readonly answered = new Map<string, number>()
  /** The answers themselves, by callback id; only of calls made with raw(). */
  private readonly awaited = new Map<string, Answer | null>()
  private shownRevision = 1_000_000
  private keys: CDPSession | undefined

  constructor(
    readonly page: Page,
    private readonly folder: string,
    private options: Options,
  ) {
    page.on('pageerror', ({ message, stack }) => {
      if (!isDevelopmentServers(stack ?? '')) this.complaints.push(`script: ${message}`)
    })
    page.on('console', (message) => {
      if (message.type() === 'error' && !isDevelopmentServers(message.text())) this.complaints.push(`console: ${message.text()}`)
    })
    page.on('websocket', (socket) => this.overhear(socket))
  }

  /** Follows the calls of the page: "C{name, callbackID}" goes out, "c{callbackid}" comes back. */
  private overhear(socket: WebSocket): void {
    const asked = new Map<string, string>()
    socket.on('framesent', ({ payload }) => {
      const call = /^C\{"name":"[\w.]*?(\w+)".*"callbackID":"(.*?)"\}$/s.exec(payload.toString())
      if (call) asked.set(call[2] ?? '', call[1] ?? '')
    })
    socket.on('framereceived', ({ payload }) => {
      // What Wails itself refuses comes without the "c".
      const json = /^c?(\{.*\})$/s.exec(payload.toString())?.[1]
      if (!json) return
      const answer = JSON.parse(json) as Answer
      if (this.awaited.has(answer.callbackid)) this.awaited.set(answer.callbackid, answer)
      const name = asked.get(answer.callbackid)
      if (name) this.answered.set(name, this.answers(name) + 1)
    })
  }

  private answers(method: string): number {
    return this.answered.get(method) ?? 0
  }

  /** Where the page is served. */
  get url(): string {
    return this.served?.url ?? ''
  }

  /** The program's data folder. */
  get data(): string {
    return join(this.folder, 'data')
  }

  async start(): Promise<void> {
    this.served = await serve(this.folder, this.options)
    await this.page.goto(this.served.url)
    await this.ready()
  }

  async stop(): Promise<void> {
    if (!this.page.isClosed()) await this.page.goto('about:blank')
    if (this.served) await end(this.served)
  }

  /** Stops the program and starts it with other options, after something was done to its files. */
  async restart(options: Partial<Options>, between: () => void = () => undefined): Promise<void> {
    await this.stop()
    between()
    this.options = { ...this.options, ...options }
    await this.start()
  }

  /** Waits until the page has drawn what Go says, and a scan cannot be taken for one whose head was missed. */
  async ready(): Promise<void> {
    await this.page.waitForFunction(() => 'go' in window)
    await this.page.locator('h1').first().waitFor()
    const drawn = await this.page.evaluate(() => performance.now())
    await this.page.waitForFunction((since) => performance.now() - since > 100, drawn)
  }

  // ---- the scanner and the finger ----

  /** Types as a scanner does: fast, with Return at the end, into no field.
   * All keys go out at once, so that a busy machine makes no pauses between them. */
  async scan(code: string): Promise<void> {
    this.keys ??= await this.page.context().newCDPSession(this.page)
    const keys = this.keys
    const press = (key: string, text: string) =>
      ['keyDown', 'keyUp'].map((type) =>
        keys.send('Input.dispatchKeyEvent', {
          type: type as 'keyDown' | 'keyUp', key, code: key === 'Enter' ? key : `Key${key}`,
          windowsVirtualKeyCode: key === 'Enter' ? 13 : key.toUpperCase().charCodeAt(0),
          ...(type === 'keyDown' ? { text, unmodifiedText: text } : {}),
        }),
      )
    await Promise.all([...[...code].flatMap((key) => press(key, key)), ...press('Enter', '\r')])
  }

  /** Scans, and waits until Go has answered and the page shows it. */
  async scanned(code: string): Promise<Snapshot> {
    await this.answering('Scan', () => this.scan(code))
    return this.snapshot()
  }

  /** Does something that makes the page call a method, and waits for the answer to be drawn. */
  async answering(method: string, act: () => Promise<void>): Promise<void> {
    const before = this.answers(method)
    await act()
    await expect.poll(() => this.answers(method), { message: `${method} answered`, intervals: [5, 10, 20, 50] }).toBeGreaterThan(before)
    await this.drawn()
  }

  /** Taps the button of that name. */
  async tap(name: string | RegExp, within = this.page.locator('body')): Promise<void> {
    await within.getByRole('button', { name, exact: true }).first().tap()
  }

  /** Types digits on the screen's own pad. */
  async pin(digits: string): Promise<void> {
    const pad = this.page.locator('.pad')
    for (const digit of digits) await pad.getByRole('button', { name: digit, exact: true }).tap()
  }

  // ---- Go behind the page ----

  /** Calls a bound method as the page does; rejects with what Go sends. */
  call<T>(method: string, ...args: unknown[]): Promise<T> {
    return this.page.evaluate(
      async ([name, given]) => {
        type Bound = Record<string, (...a: unknown[]) => Promise<unknown>>
        const bound = (window as unknown as { go: { bridge: { Kiosk: Bound } } }).go.bridge.Kiosk
        return bound[name as string]?.(...(given as unknown[]))
      },
      [method, args] as const,
    ) as Promise<T>
  }

  /** Calls a bound method past everything in the page that would check the call; returns the answer as it came. */
  async raw(method: string, args: unknown[]): Promise<Answer> {
    const callbackID = `raw-${this.awaited.size}`
    this.awaited.set(callbackID, null)
    const message = `C${JSON.stringify({ name: `bridge.Kiosk.${method}`, args, callbackID })}`
    await this.page.evaluate((text) => (window as unknown as { WailsInvoke: (m: string) => void }).WailsInvoke(text), message)
    await expect.poll(() => this.awaited.get(callbackID), { message: `an answer to ${message}`, intervals: [5, 10, 20, 50] }).toBeTruthy()
    return this.awaited.get(callbackID) as Answer
  }

  /** Shows the page a snapshot as if Go had sent it; later ones of Go are older and change nothing until a reload. */
  async show(snapshot: Snapshot): Promise<void> {
    const next = { ...snapshot, revision: ++this.shownRevision }
    await this.page.evaluate(
      (message) => (window as unknown as { wails: { EventsNotify: (m: string) => void } }).wails.EventsNotify(message),
      JSON.stringify({ name: 'visit', data: [next] }),
    )
    await this.drawn()
  }

  /** From now on no call is answered, as if the program had gone. */
  async loseProgram(): Promise<void> {
    await this.page.evaluate(() => {
      const { bridge } = (window as unknown as { go: { bridge: Record<string, unknown> } }).go
      const lost = () => Promise.reject(new Error('{"code":"closed","params":{}}'))
      Object.assign(window, { found: bridge['Kiosk'] })
      bridge['Kiosk'] = new Proxy({}, { get: () => lost })
    })
    await this.scan('0')
    await this.page.locator('.fault').waitFor()
  }

  async findProgram(): Promise<void> {
    await this.page.evaluate(() => {
      const { go, found } = window as unknown as { go: { bridge: Record<string, unknown> }; found: unknown }
      go.bridge['Kiosk'] = found
    })
    await this.page.locator('.fault').waitFor({ state: 'detached' })
  }

  snapshot(): Promise<Snapshot> {
    return this.call('Snapshot')
  }

  /** Waits until Go stands on that screen and the page has drawn it. */
  async on(screen: Snapshot['screen'], seconds = 10): Promise<Snapshot> {
    let now: Snapshot | undefined
    await expect
      .poll(async () => (now = await this.snapshot()).screen, { message: 'the screen', timeout: seconds * 1000 })
      .toBe(screen)
    await this.drawn()
    return now as Snapshot
  }

  /** Language and modes of this visit, by the methods the bar uses; waits until they are drawn. */
  async speak(language: Language, modes: Modes): Promise<void> {
    await this.page.evaluate(
      async ([lang, wanted]) => {
        type Bound = Record<string, (...a: unknown[]) => Promise<unknown>>
        const bound = (window as unknown as { go: { bridge: { Kiosk: Bound } } }).go.bridge.Kiosk
        await bound['SetLanguage']?.(lang)
        await bound['SetModes']?.(wanted)
        const asked = [lang, wanted.largeText, wanted.highContrast, wanted.lowPosition].join()
        const shown = () => {
          const { lang: spoken, dataset } = document.documentElement
          return [spoken, dataset['text'] === 'large', dataset['contrast'] === 'high', dataset['position'] === 'low'].join()
        }
        while (shown() !== asked) await new Promise((done) => requestAnimationFrame(done))
      },
      [language, modes] as const,
    )
    await this.drawn()
  }

  /** Ends whatever visit there is. */
  async idle(): Promise<void> {
    await this.call('Finish')
    if ((await this.snapshot()).screen !== 'idle') await this.call('Finish')
    await this.on('idle')
  }

  // ---- the eye ----

  /** Waits until the newest snapshot and its typefaces are on the glass. */
  async drawn(): Promise<void> {
    await this.page.evaluate(async () => {
      const frame = () => new Promise((done) => requestAnimationFrame(done))
      await frame()
      await document.fonts.ready
      await frame()
    })
  }

  /** All words to be read on the glass, in order, spaces made one. */
  async words(): Promise<string> {
    const text = await this.page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('main, .fault, [role=dialog]')].map((part) => part.innerText).join(' '),
    )
    return text.replace(/\s+/g, ' ')
  }

  /** The technician's log, a line an entry. */
  log(): Record<string, unknown>[] {
    const file = join(this.data, 'log', 'shuting.log')
    if (!existsSync(file)) return []
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>)
  }

  /** What the program printed, and its log as it stands on the disk. */
  everythingTold(): string {
    const file = join(this.data, 'log', 'shuting.log')
    return (this.served?.log() ?? '') + (existsSync(file) ? readFileSync(file, 'utf8') : '')
  }
}

export const test = base.extend<{ kiosk: Kiosk } & Options>({
  arguments: [['--demo'], { option: true }],
  settings: ['', { option: true }],

  kiosk: async ({ page, arguments: args, settings }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'shuting-browser-'))
    const kiosk = new Kiosk(page, folder, { arguments: args, settings })
    try {
      await page.addInitScript(() => {
        addEventListener('securitypolicyviolation', (event) =>
          console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`),
        )
      })
      // A browser asks for this picture of its own; a kiosk does not.
      await page.route('**/favicon.ico', (route) => route.fulfill({ status: 204 }))
      await kiosk.start()
      await use(kiosk)
      expect(kiosk.complaints, 'what the page complained of').toEqual([])
    } finally {
      await kiosk.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  },
})

export { expect }
export type { Language, Modes, Snapshot }
