// @vitest-environment node
// The rules of the page's house (docs/architecture.md), kept by a test.

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { copyStates } from '../src/api/find'
import { scenes } from '../src/api/scenes'
import { chargeKinds, healthCodes, reasonCodes, returnResults, screens } from '../src/api/types'
import { classCodes } from '../src/i18n/classes'
import { zhHans } from '../src/i18n/messages/zh-Hans'
import { becauseCodes } from '../src/i18n/reasons'

const root = normalize(join(dirname(fileURLToPath(import.meta.url)), '..'))
const src = join(root, 'src')

interface Source {
  path: string
  text: string
}

function read(folder: string): Source[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((item) => item.isFile() && /\.(vue|ts|css)$/.test(item.name))
    .map((item) => join(item.parentPath, item.name))
    .map((file) => ({ path: relative(src, file), text: readFileSync(file, 'utf8') }))
}

const all = read(src)
const shipped = all.filter(({ path }) => !path.endsWith('.test.ts'))

/** What each room may not import at run time, and why. Types may pass. */
const walls: readonly { room: RegExp; never: RegExp; why: string }[] = [
  { room: /^api\//, never: /^(screens|components|stores|i18n|glass)\//, why: 'api knows Go and nothing of the page' },
  { room: /^components\//, never: /^(api|stores|screens)\//, why: 'components get everything as props' },
  { room: /^stores\//, never: /^(screens|components)\//, why: 'stores mirror Go and show nothing' },
  { room: /^i18n\//, never: /^(stores|screens|components|glass)\//, why: 'words know nothing of the screens' },
  { room: /^glass\//, never: /^(stores|screens|components|i18n)\//, why: 'the glass knows keys, touches and sounds only' },
]

function imports({ path, text }: Source): string[] {
  return [...text.matchAll(/^\s*import\s+(?!type\b)[^'"]*['"](\.[^'"]+)['"]/gm)].map((match) =>
    normalize(join(dirname(path), match[1] ?? '')),
  )
}

describe('the house', () => {
  it.each(walls)('$why', ({ room, never }) => {
    const broken = shipped
      .filter(({ path }) => room.test(path))
      .flatMap((source) => imports(source).filter((to) => never.test(to)).map((to) => `${source.path} → ${to}`))
      // The codes Go may send are plain data that the words need.
      .filter((arrow) => !/^(i18n|glass)\/.* → api\/types$/.test(arrow))
    expect(broken).toEqual([])
  })

  it('lets no flow reach into another', () => {
    const broken = shipped
      .filter(({ path }) => path.startsWith('screens/'))
      .flatMap((source) => {
        const flow = source.path.split('/')[1]
        return imports(source).filter((to) => to.startsWith('screens/') && to.split('/')[1] !== flow)
      })
    expect(broken).toEqual([])
  })

  it('has sizes and colours of its tokens only, in screens', () => {
    const broken = shipped
      .filter(({ path }) => path.startsWith('screens/'))
      .flatMap(({ path, text }) => {
        const style = text.slice(text.indexOf('<style'))
        return (style.match(/\b\d+px\b|#[0-9a-f]{3,8}\b|rgba?\(/gi) ?? []).map((found) => `${path}: ${found}`)
      })
    expect(broken).toEqual([])
  })

  it('keeps nothing in web storage and writes no data to the console', () => {
    const broken = shipped.filter(({ text }) =>
      /localStorage|sessionStorage|indexedDB|document\.cookie|console\.|v-html|innerHTML|\beval\(/.test(text),
    )
    expect(broken.map(({ path }) => path)).toEqual([])
  })

  it('has no "any" and no left-over notes', () => {
    const broken = shipped.filter(({ text }) => /:\s*any\b|as any\b|<any>|@ts-(ignore|expect)|TODO|FIXME/.test(text))
    expect(broken.map(({ path }) => path)).toEqual([])
  })

  it('keeps files short', () => {
    const long = all
      .filter(({ path }) => !path.startsWith('i18n/messages/'))
      .filter(({ text }) => text.split('\n').length > 420)
    expect(long.map(({ path }) => path)).toEqual([])
  })

  it.each(screens)('shows %s in a scene, so that every look at the scenes reaches it', (screen) => {
    const shown = Object.values(scenes).filter((scene) => scene.screen === screen)
    expect(shown.length).toBeGreaterThan(0)
    // A notice leaves less room; the recovery code comes before any scan is taken.
    if (screen !== 'recovery') expect(shown.some((scene) => scene.notice !== undefined)).toBe(true)
  })

  it('shares Go’s order and names of the reasons', () => {
    const go = readFileSync(join(root, '../app/library/checkout.go'), 'utf8')
    const codes = [...go.matchAll(/^\t[A-Z]\w+\s*=\s*"(\w+)"$/gm)].map((match) => match[1] ?? '')
    const ours: readonly string[] = reasonCodes
    expect(codes.length).toBeGreaterThan(20)
    expect(codes.filter((code) => code !== 'already_borrowed_now' && !ours.includes(code))).toEqual([])
  })
})

describe('words', () => {
  function keys(value: object, stem = ''): string[] {
    return Object.entries(value).flatMap(([key, inner]) =>
      typeof inner === 'string' ? [stem + key] : keys(inner as object, `${stem}${key}.`),
    )
  }

  /** Keys put together from codes: the codes they may be made of. */
  const families: readonly (readonly [RegExp, readonly string[]])[] = [
    [/^reasons\.(\w+)\.(?:what|why|now)$/, [...reasonCodes, 'other']],
    [/^results\.(\w+)\.(?:what|now)$/, returnResults],
    [/^because\.(\w+)\./, becauseCodes],
    [/^health\.(\w+)\./, healthCodes],
    [/^fault\.(\w+)\./, ['unreachable', 'page']],
    [/^notices\.(\w+)\./, ['scan_unreadable', 'enter_pin_first', 'not_done', 'not_certain', 'interrupted', 'busy']],
    [/^entry\.(\w+)$/, ['borrowed', 'renewed']],
    [/^search\.(\w+)$/, ['onShelf', 'children', 'fresh']],
    [/^classes\.(\w+)$/, classCodes],
    [/^charges\.(\w+)$/, chargeKinds],
    [/^account\.(\w+)$/, ['loans', 'holds', 'charges', 'history']],
    [/^copyStates\.(\w+)$/, copyStates],
    [/^title\.(gone|failed)\./, ['gone', 'failed']],
    [/^demo\.(card|book)\./, ['card', 'book']],
  ]

  it('has no message that is used nowhere', () => {
    const code = shipped
      .filter(({ path }) => !path.startsWith('i18n/messages/'))
      .map(({ text }) => text)
      .join('\n')
    const unused = keys(zhHans).filter((key) => {
      if (code.includes(`'${key}'`)) return false
      return !families.some(([pattern, codes]) => codes.includes(pattern.exec(key)?.[1] ?? ''))
    })
    expect(unused).toEqual([])
  })
})

describe('what is installed', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, Record<string, string>>
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8')

  it('is pinned to exact versions', () => {
    for (const version of Object.values({ ...manifest['dependencies'], ...manifest['devDependencies'] })) {
      expect(version).toMatch(/^\d+\.\d+\.\d+$/)
    }
  })

  it('names no registry in the lock file', () => {
    expect(lock).not.toContain('"resolved"')
  })

  it('carries no licence that would bind the library', () => {
    const { packages } = JSON.parse(lock) as { packages: Record<string, { license?: string }> }
    const bound = Object.entries(packages).filter(([, { license }]) => /\bA?GPL|SSPL|BUSL/i.test(license ?? ''))
    expect(bound.map(([name]) => name)).toEqual([])
  })
})
