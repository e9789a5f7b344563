// What the page may not do, and what Go answers to calls that make no sense.

import { card } from './demolibrary'
import { expect, test } from './kiosk'

test('TestAccept_L05_a_call_that_cannot_be_gets_a_coded_error_and_the_kiosk_goes_on', async ({ kiosk }) => {
  const calls: [string, unknown[]][] = [
    ['Begin', ['steal']],
    ['Begin', ['']],
    ['SetLanguage', ['xx']],
    ['SetLanguage', ['<script>']],
    ['Dropped', ['anything']],
  ]
  for (const [method, args] of calls) {
    const { error, result } = await kiosk.raw(method, args)
    expect.soft([result, error], method).toEqual([null, JSON.stringify({ code: 'bad_request', params: {} })])
  }
  const now = await kiosk.snapshot()
  expect([now.screen, now.entries, now.language]).toEqual(['idle', [], 'zh-Hans'])
  await kiosk.scanned(card('adult'))
  expect((await kiosk.scanned('LQ000401')).borrowed).toBe(1)
})

test('TestAccept_L05_a_malformed_call_is_refused_does_nothing_and_tells_nothing', async ({ kiosk }) => {
  const { page } = kiosk
  await kiosk.scanned(card('adult'))
  const calls: [string, unknown[]][] = [
    ['Scan', []],
    ['Scan', ['LQ000401']],
    ['Scan', ['LQ000401', 'n', 'more']],
    ['Scan', [{ text: 'LQ000401' }, 'n']],
    ['Answer', ['e1', 'yes', 'n']],
    ['EnterPIN', [135790, 'n']],
    ['Begin', [7]],
    ['SetModes', ['large']],
    ['SetModes', [{ largeText: 'yes' }]],
    ['Dismiss', [[]]],
  ]
  for (const [method, args] of calls) {
    const { error, result } = await kiosk.raw(method, args)
    expect.soft(result, method).toBeNull()
    expect.soft(error, method).toBeTruthy()
    expect.soft(JSON.stringify(error), `${method} must not send back what it was given`).not.toMatch(/LQ000401|135790/)
  }
  // Neither is answered: nothing of ours has that name.
  await page.evaluate(() => {
    const { WailsInvoke } = window as unknown as { WailsInvoke: (message: string) => void }
    const odd = ['C{"name":"bridge.Kiosk.NoSuchMethod","args":[],"callbackID":"x"}', 'C{"name":"bridge.Kiosk.constructor","args":[],"callbackID":"y"}',
      '', 'C', 'C{', 'Cnull', 'C[]', 'C{"name":7}', 'c{}', 'X', 'E{', 'LE', 'ZZZ', '\u0000', 'C'.repeat(100_000)]
    for (const message of odd) WailsInvoke(message)
  })
  const now = await kiosk.scanned('LQ002301')
  expect([now.screen, now.entries.map(({ item }) => item.barcode), now.language]).toEqual(['borrow', ['LQ002301'], 'zh-Hans'])
  expect(kiosk.log().map((line) => JSON.stringify(line)).join('\n')).not.toMatch(/135790|LQ000401/)
  kiosk.complaints.length = 0 // the runtime says that nobody waits for some of the answers
})

test('TestAccept_L05_the_content_policy_lets_nothing_foreign_in_or_out', async ({ kiosk }) => {
  const { page } = kiosk
  const before = page.url()
  const outside: string[] = []
  await page.route(/outside\.example/, (route) => {
    outside.push(route.request().url())
    return route.abort()
  })
  const refused = await page.evaluate(async () => {
    const violated: string[] = []
    Object.assign(window, { violated })
    addEventListener('securitypolicyviolation', ({ effectiveDirective }) => violated.push(effectiveDirective))
    const add = (tag: string, set: Record<string, string>) => {
      const element = Object.assign(document.createElement(tag), set)
      document.body.append(element)
      return element
    }
    add('script', { textContent: 'window.intruded = 1' })
    add('script', { src: 'https://outside.example/x.js' })
    add('style', { textContent: 'body { display: none }' })
    add('img', { src: 'https://outside.example/x.png' })
    add('iframe', { src: 'https://outside.example/' })
    add('object', { data: 'https://outside.example/x' })
    add('base', { href: 'https://outside.example/' })
    ;(add('form', { action: 'https://outside.example/', method: 'post' }) as HTMLFormElement).submit()
    await fetch('https://outside.example/steal').catch(() => undefined)
    // Not from here: what a test runs is free of the policy.
    await new Promise<void>((done) =>
      setTimeout(() => {
        try {
          new Function('window.intruded = 2')()
        } catch {
          violated.push('eval refused')
        }
        done()
      }, 0),
    )
    return { intruded: 'intruded' in window }
  })
  expect(refused.intruded).toBe(false)
  const directives = ['base-uri', 'connect-src', 'eval refused', 'form-action', 'frame-src', 'img-src', 'object-src', 'script-src-elem', 'style-src-elem']
  const violated = () => page.evaluate(() => [...new Set((window as unknown as { violated: string[] }).violated)])
  await expect.poll(violated).toEqual(expect.arrayContaining(directives))
  expect(outside).toEqual([])
  expect(page.url()).toBe(before)
  kiosk.complaints.length = 0 // each of these was refused with a complaint, as it must be
})

test('TestAccept_L05_keys_and_gestures_of_a_browser_do_nothing', async ({ kiosk }) => {
  const { page } = kiosk
  await kiosk.scanned(card('adult'))
  await page.evaluate(() => {
    const kept: string[] = []
    Object.assign(window, { kept })
    addEventListener('keydown', (event) => setTimeout(() => event.defaultPrevented || kept.push(event.key), 0), { capture: true })
  })
  const chords = ['F1', 'F3', 'F5', 'F6', 'F7', 'F11', 'F12', 'Control+r', 'Control+Shift+r', 'Control+p', 'Control+s', 'Control+l', 'Control+w',
    'Control+f', 'Control+u', 'Control+Shift+i', 'Control++', 'Control+-', 'Control+0', 'Alt+ArrowLeft', 'Alt+ArrowRight', 'Alt+Home',
    'Backspace', 'Escape', 'ArrowDown', 'PageDown', 'Home', 'ContextMenu']
  for (const chord of chords) await page.keyboard.press(chord)
  await kiosk.drawn()
  const kept = await page.evaluate(() => (window as unknown as { kept: string[] }).kept)
  expect(kept.filter((key) => !['Control', 'Shift', 'Alt'].includes(key))).toEqual([])

  const untouched = await page.evaluate(() => {
    const target = document.querySelector('h1') ?? document.body
    const events = [
      new MouseEvent('contextmenu', { bubbles: true, cancelable: true }),
      new DragEvent('dragstart', { bubbles: true, cancelable: true }),
      new DragEvent('dragover', { bubbles: true, cancelable: true }),
      new DragEvent('drop', { bubbles: true, cancelable: true }),
      new Event('selectstart', { bubbles: true, cancelable: true }),
      new WheelEvent('wheel', { bubbles: true, cancelable: true, ctrlKey: true, deltaY: 50 }),
      new MouseEvent('auxclick', { bubbles: true, cancelable: true, button: 1 }),
    ]
    return events.filter((event) => target.dispatchEvent(event)).map(({ type }) => type)
  })
  expect(untouched).toEqual([])
  await kiosk.on('borrow')
})

test('TestAccept_L14_a_reload_in_the_middle_shows_the_same_visit', async ({ kiosk }) => {
  const { page } = kiosk
  await kiosk.scanned(card('adult'))
  await kiosk.scanned('LQ000401')
  await kiosk.tap('English')
  const before = await kiosk.snapshot()
  await page.reload()
  await kiosk.ready()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await expect(page.locator('.count b')).toHaveText('1')
  await expect(page.getByRole('article', { name: '西游记' })).toBeVisible()
  expect((await kiosk.snapshot()).entries).toEqual(before.entries)
  await kiosk.scan('LQ002301')
  await expect(page.locator('.count b')).toHaveText('2')
})

test('TestAccept_L05_no_screen_offers_a_link_a_form_or_a_field', async ({ kiosk }) => {
  const doors = () => kiosk.page.locator('a[href], form, input, textarea, select, iframe, video, audio, [contenteditable], [draggable=true]').count()
  expect(await doors()).toBe(0)
  for (const code of ['LQ000401', card('adult'), 'LQ002301']) {
    await kiosk.scanned(code)
    expect(await doors()).toBe(0)
  }
})
