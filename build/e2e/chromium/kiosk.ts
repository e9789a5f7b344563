// A kiosk for one test: the program with its real bindings, a store of its own,
// and the page open in Chromium.

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { type Page, test as base } from '@playwright/test'

const here = __dirname
const root = resolve(here, '../../..')

export interface Options {
  /** Arguments for the program besides --data. */
  arguments: string[]
}

export interface Kiosk {
  page: Page
  /** Where the page is served. */
  url: string
  /** The program's data folder. */
  data: string
  /** Types as a scanner does: fast, with Return at the end, into no field. */
  scan(code: string): Promise<void>
  /** Everything the program wrote to its log so far. */
  log(): string
}

interface Served {
  process: ChildProcess
  url: string
  log: () => string
}

function serve(data: string, args: string[]): Promise<Served> {
  const process_ = spawn(
    '/usr/bin/python3',
    [
      join(here, 'serve.py'),
      '--bin', process.env.SHUTING_DEV ?? join(root, 'build/bin/shuting-dev'),
      '--assets', process.env.SHUTING_ASSETS ?? join(root, 'frontend/dist'),
      '--data', data,
      '--', ...args,
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

export const test = base.extend<{ kiosk: Kiosk; options: Options }>({
  options: [{ arguments: ['--demo'] }, { option: true }],

  kiosk: async ({ page, options }, use) => {
    const data = mkdtempSync(join(tmpdir(), 'shuting-data-'))
    const served = await serve(data, options.arguments)
    try {
      await page.goto(served.url)
      await page.waitForFunction(() => 'go' in window)
      await use({
        page,
        url: served.url,
        data,
        log: served.log,
        scan: async (code) => {
          await page.keyboard.type(code, { delay: 4 })
          await page.keyboard.press('Enter')
        },
      })
    } finally {
      await end(served)
      rmSync(data, { recursive: true, force: true })
    }
  },
})

export { expect } from '@playwright/test'
