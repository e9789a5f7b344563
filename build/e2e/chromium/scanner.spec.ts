// What arrives from the scanner is data, whatever it is and wherever the focus stands.

import { card } from './demolibrary'
import { expect, test, type Kiosk } from './kiosk'
import { messages, saying } from './words'

const zh = messages['zh-Hans']
const title = '西游记'
const barcode = 'LQ000401'

const dropped = (kiosk: Kiosk) => kiosk.log().filter(({ msg }) => msg === 'scan dropped unread').map(({ kind }) => kind)

async function lent(kiosk: Kiosk): Promise<number> {
  await kiosk.drawn()
  return (await kiosk.snapshot()).borrowed
}

test('TestAccept_L13_a_burst_with_a_chord_or_a_control_character_is_dropped_and_counted', async ({ kiosk }) => {
  const { page } = kiosk
  const type = (text: string) => page.keyboard.type(text, { delay: 2 })
  await kiosk.scanned(card('adult'))
  const bursts: [string, string, () => Promise<void>][] = [
    ['modifier', 'Ctrl', () => page.keyboard.press('Control+j')],
    ['modifier', 'Alt', () => page.keyboard.press('Alt+F')],
    ['modifier', 'Meta', () => page.keyboard.press('Meta+q')],
    ['control', 'Tab', () => page.keyboard.press('Tab')],
    ['control', 'Escape', () => page.keyboard.press('Escape')],
    ['control', 'Backspace', () => page.keyboard.press('Backspace')],
    ['control', 'F11', () => page.keyboard.press('F11')],
    ['too_long', 'a long code', () => type('9'.repeat(80))],
  ]
  for (const [i, [kind, , hostile]] of bursts.entries()) {
    await type('LQ00')
    await hostile()
    await kiosk.scan('0401')
    await expect.poll(() => dropped(kiosk).length).toBe(i + 1)
    expect(dropped(kiosk).at(-1)).toBe(kind)
  }
  expect(await lent(kiosk)).toBe(0)
  await expect(page.getByRole('article')).toHaveCount(0)
  // The scanner works on.
  await kiosk.scan(barcode)
  await expect(page.locator('.count b')).toHaveText('1')
  expect(JSON.stringify(kiosk.log())).not.toContain('0401')
})

/** Keys as a scanner sends them that knows every character, all at once, to what has the focus. */
const burst = (kiosk: Kiosk, keys: string[]) =>
  kiosk.page.evaluate((all) => {
    for (const key of all) {
      const target = document.activeElement ?? document.body
      for (const name of ['keydown', 'keyup']) target.dispatchEvent(new KeyboardEvent(name, { key, bubbles: true, cancelable: true }))
    }
  }, keys)

test('TestAccept_L51_hostile_codes_are_data_or_dropped_and_never_an_action', async ({ kiosk }) => {
  const { page } = kiosk
  page.on('dialog', (dialog) => kiosk.complaints.push(`dialog: ${dialog.message()}`))
  await kiosk.scanned(card('adult'))
  const elements = () => page.locator('main *').count()
  const data = [
    '<img src=x onerror=alert(1)>', '"><script>alert(1)</script>', "=cmd|'/c calc'!A1", '{{constructor.constructor(1)()}}', 'javascript:alert(1)',
    '../../../etc/passwd', 'ＬＱ０００４０１', 'שלום', 'LQ000401😀', '%00LQ000401',
  ]
  let plain: number | undefined
  for (const text of data) {
    await kiosk.answering('Scan', () => burst(kiosk, [...text, 'Enter']))
    await expect(page.locator('main')).toContainText(zh.notices.scan_unreadable.what)
    expect(await kiosk.words()).not.toContain(text)
    plain ??= await elements()
    expect(await elements(), text).toBe(plain)
  }
  const lost: [string, string][] = [
    ['control', 'LQ\u202e104000'], ['control', '\u200fLQ000401'], ['control', 'LQ\u2067000401\u2069'], ['control', 'LQ000401\u0000'],
    ['control', '\u001b]0;x\u0007'], ['control', '0109780000000000\u001d10AB'], ['too_long', '9'.repeat(10_000)], ['too_long', '=1+1;'.repeat(2_000)],
  ]
  for (const [i, [kind, text]] of lost.entries()) {
    await burst(kiosk, [...text, 'Enter'])
    await expect.poll(() => dropped(kiosk).length, { message: JSON.stringify(text.slice(0, 20)) }).toBe(i + 1)
    expect(dropped(kiosk).at(-1)).toBe(kind)
  }
  expect(await lent(kiosk)).toBe(0)
  expect((await kiosk.snapshot()).screen).toBe('borrow')
  await kiosk.scan(barcode)
  await expect(page.locator('.count b')).toHaveText('1')
  for (const text of [...data, '104000', '99999999']) expect(kiosk.everythingTold()).not.toContain(text)
})

test('TestAccept_L51_no_code_presses_the_focused_button', async ({ kiosk }) => {
  const { page } = kiosk
  await kiosk.scanned(card('adult'))
  const finish = page.getByRole('button', { name: zh.borrow.finish, exact: true })
  const session = await page.context().newCDPSession(page)
  const numbers: Record<string, number> = { Enter: 13, Tab: 9, ' ': 32 }
  const press = (keys: string[]) =>
    Promise.all(
      keys.flatMap((key) =>
        (['keyDown', 'keyUp'] as const).map((type) =>
          session.send('Input.dispatchKeyEvent', {
            type, key, code: key === ' ' ? 'Space' : key, windowsVirtualKeyCode: numbers[key] ?? 0,
            ...(type === 'keyDown' && key !== 'Tab' ? { text: key === 'Enter' ? '\r' : key } : {}),
          }),
        ),
      ),
    )
  for (const keys of [[' ', ' ', 'Enter'], ['Enter', 'Enter'], ['Tab', 'Enter'], ['Tab', ' ', 'Enter']]) {
    await finish.focus()
    await press(keys)
    const typed = Date.now()
    await expect.poll(() => Date.now() - typed, { message: 'more than a scanner needs' }).toBeGreaterThan(300)
    expect((await kiosk.snapshot()).screen, JSON.stringify(keys)).toBe('borrow')
    await expect(finish).toBeVisible()
    expect(await lent(kiosk)).toBe(0)
  }
  await finish.focus()
  await page.keyboard.press('Space')
  await kiosk.on('idle')
})

test('TestAccept_L13_a_scan_cut_off_by_a_pause_does_not_join_the_next', async ({ kiosk }) => {
  const { page } = kiosk
  await kiosk.scanned(card('adult'))
  await page.keyboard.type('LQ000', { delay: 2 })
  const cut = Date.now()
  await expect.poll(() => Date.now() - cut, { message: 'the pause' }).toBeGreaterThan(1100)
  await kiosk.scan('401')
  // What was left is no code of ours.
  await expect(page.locator('main')).toContainText(zh.notices.scan_unreadable.what)
  expect(await lent(kiosk)).toBe(0)
  await kiosk.scan(barcode)
  await expect(page.locator('.count b')).toHaveText('1')
})

test('TestAccept_L15_the_return_of_a_scan_never_presses_the_focused_button', async ({ kiosk }) => {
  const { page } = kiosk
  await kiosk.scanned(card('adult'))
  const finish = page.getByRole('button', { name: zh.borrow.finish, exact: true })
  await finish.focus()
  await expect(finish).toBeFocused()
  await kiosk.scan(barcode)
  await expect(page.locator('.count b')).toHaveText('1')
  expect((await kiosk.snapshot()).screen).toBe('borrow')
  // A code with a space in it does not press it either.
  await finish.focus()
  await kiosk.scan('A B C')
  await expect(page.locator('main')).toContainText(zh.notices.scan_unreadable.what)
  expect((await kiosk.snapshot()).screen).toBe('borrow')
  // Return alone does, a while after the code: that is how assistive tools press.
  const scanned = await page.evaluate(() => performance.now())
  await page.waitForFunction((since) => performance.now() - since > 100, scanned)
  await finish.focus()
  await page.keyboard.press('Enter')
  await kiosk.on('goodbye')
})

test('TestAccept_L15_capitals_come_with_shift', async ({ kiosk }) => {
  const { page } = kiosk
  await kiosk.scanned(card('adult'))
  await page.keyboard.down('Shift')
  await page.keyboard.press('KeyL')
  await page.keyboard.press('KeyQ')
  await page.keyboard.up('Shift')
  await kiosk.scan('000401')
  await expect(page.getByRole('article', { name: title })).toContainText(zh.entry.borrowed)
})

test('TestAccept_L14_a_double_scan_and_a_double_tap_do_nothing_twice', async ({ kiosk }) => {
  const { page } = kiosk
  await kiosk.scanned(card('adult'))
  await Promise.all([kiosk.scan(barcode)])
  await kiosk.scan(barcode)
  await expect(page.getByRole('article', { name: title })).toContainText(zh.entry.already_borrowed_now)
  expect(await lent(kiosk)).toBe(1)
  await expect(page.locator('.count b')).toHaveText('1')

  // Twice on Finish: one farewell, which the second tap does not take away.
  const finish = page.getByRole('button', { name: zh.borrow.finish, exact: true })
  const box = await finish.boundingBox()
  if (!box) throw new Error('no button')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.touchscreen.tap(x, y)
  await page.touchscreen.tap(x, y)
  await kiosk.on('goodbye')
  await kiosk.drawn()
  expect((await kiosk.snapshot()).screen).toBe('goodbye')
})

test('TestAccept_L14_a_double_tap_on_yes_lends_once', async ({ kiosk }) => {
  const { page } = kiosk
  await kiosk.scanned(card('adult'))
  await kiosk.scanned('LQ006501')
  const box = await page.getByRole('button', { name: zh.entry.partsYes, exact: true }).boundingBox()
  if (!box) throw new Error('no button')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.touchscreen.tap(x, y)
  await page.touchscreen.tap(x, y)
  await expect(page.locator('.count b')).toHaveText('1')
  expect(await lent(kiosk)).toBe(1)
})

test('TestAccept_L14_scans_faster_than_the_answers_are_all_taken_in_order', async ({ kiosk }) => {
  await kiosk.scan(card('adult'))
  const pile = ['LQ000401', 'LQ002301', 'LQ002601', 'LQ004801', 'LQ006201']
  for (const code of pile) await kiosk.scan(code)
  await expect(kiosk.page.locator('.count b')).toHaveText('5')
  expect((await kiosk.snapshot()).entries.map(({ item }) => item.barcode)).toEqual([...pile].reverse())
})

test('TestAccept_L15_results_are_announced_for_those_who_listen', async ({ kiosk }) => {
  const live = kiosk.page.locator('[aria-live=polite]')
  await kiosk.scanned(card('adult'))
  await kiosk.scan(barcode)
  await expect(live).toContainText(title)
  await expect(live).toContainText(zh.entry.borrowed)
  await expect(live).toContainText(saying(zh.borrow.countSpoken))
  await kiosk.scan('LQ007101')
  await expect(live).toContainText(zh.reasons.item_reference.now)
})
