// @vitest-environment node
// The page as it is shipped: strict, whole, and without anything of the tests.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
let out: string
let files: string[]

beforeAll(() => {
  out = mkdtempSync(join(tmpdir(), 'shuting-page-'))
  // A process of its own: the test runner's would build for development.
  execFileSync(
    process.execPath,
    [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error', '--outDir', out, '--emptyOutDir'],
    { cwd: root, env: { ...process.env, NODE_ENV: 'production' } },
  )
  files = readdirSync(out, { recursive: true }).map(String)
}, 120_000)
afterAll(() => rmSync(out, { recursive: true, force: true }))

const text = (kind: RegExp) =>
  files
    .filter((file) => kind.test(file))
    .map((file) => readFileSync(join(out, file), 'utf8'))
    .join('\n')

describe('the shipped page', () => {
  it('TestAccept_L05_strict_policy: forbids everything but its own files', () => {
    const html = readFileSync(join(out, 'index.html'), 'utf8')
    for (const rule of [
      "default-src 'self'",
      "script-src 'self'",
      "style-src 'self'",
      "connect-src 'self'",
      "frame-src 'none'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
    ]) {
      expect(html).toContain(rule)
    }
    expect(html).not.toMatch(/unsafe|style="|<style|<script(?![^>]*\bsrc=)/)
    expect(html).not.toMatch(/\b(?:src|href)="(?!\.\/)/)
  })

  it('needs nothing from outside and inlines nothing', () => {
    expect(text(/\.css$/).match(/url\(\s*["']?(?:data:|https?:|\/\/).{40}/g)).toBeNull()
    expect(text(/\.js$/).match(/new Function\(|\beval\(/g)).toBeNull()
  })

  it('has no fake kiosk and no pseudo-locale in it', () => {
    expect(text(/\.js$/).match(/fakeKiosk|lorem ipsu|borrow_refused|gallery/g)).toBeNull()
  })

  it('carries every subset of the four typefaces, as variable woff2', () => {
    const fonts = files.filter((file) => file.endsWith('.woff2'))
    for (const name of ['noto-sans-sc', 'noto-sans-tc', 'noto-serif-sc', 'noto-serif-tc']) {
      const subsets = fonts.filter((file) => file.includes(name))
      expect(subsets.length).toBeGreaterThan(90)
      expect(subsets.every((file) => file.includes('wght-normal'))).toBe(true)
    }
    expect(files.filter((file) => /\.(woff|ttf|otf)$/.test(file))).toEqual([])
  })

  it('stays small besides its typefaces', () => {
    const bytes = files
      .map((file) => join(out, file))
      .filter((file) => !file.endsWith('.woff2') && statSync(file).isFile())
      .reduce((sum, file) => sum + statSync(file).size, 0)
    expect(bytes).toBeLessThan(1_200_000)
  })

  it('has the sounds as files', () => {
    const sounds = files.filter((file) => file.endsWith('.wav'))
    expect(sounds).toHaveLength(4)
    for (const sound of sounds) expect(readFileSync(join(out, sound)).subarray(0, 4).toString()).toBe('RIFF')
  })
})
