// Where the PIN is asked each time.

import { card, pinOf } from './demolibrary'
import { expect, test } from './kiosk'
import { filled, messages, missingParts, saying } from './words'

const zh = messages['zh-Hans']

test.use({ settings: '[sign_in]\npin = "always"\npin_free_tries = 2\npin_delay_seconds = 8\npin_delay_max_seconds = 8\n' })

test('TestAccept_L13_the_right_pin_opens_the_visit_and_its_digits_are_nowhere', async ({ kiosk }) => {
  const { page } = kiosk
  await kiosk.scanned(card('adult'))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(zh.pin.heading)
  await expect(page.locator('main'), 'nobody is named before the PIN').not.toContainText('林')
  const pin = pinOf('adult')
  await kiosk.pin(pin.slice(0, 5))
  await expect(page.getByRole('status')).toHaveText(filled(zh.pin.typed, { typed: 5, length: 6 }))
  expect(await page.content()).not.toContain(pin.slice(0, 5))
  await page.locator('.pad').getByRole('button', { name: zh.pin.backspace }).tap()
  await expect(page.getByRole('status')).toHaveText(filled(zh.pin.typed, { typed: 4, length: 6 }))
  await kiosk.pin(pin.slice(4))
  await expect(page.getByRole('heading', { level: 1 })).toContainText('林')
  expect(kiosk.everythingTold()).not.toContain(pin)
})

test('TestAccept_L13_wrong_pins_cost_a_wait_that_is_shown_and_outlives_the_visit', async ({ kiosk }) => {
  const { page } = kiosk
  await kiosk.scanned(card('adult'))
  const wrong = () => kiosk.answering('EnterPIN', () => kiosk.pin('000000'))
  for (let tries = 1; tries <= 2; tries++) {
    await wrong()
    await expect(page.locator('main')).toContainText(zh.pin.wrong)
    expect((await kiosk.snapshot()).pin, `wrong PIN number ${tries} costs no wait`).toMatchObject({ wrong: true, wait: 0 })
  }
  await wrong()
  await expect(page.locator('main')).toContainText(saying(zh.pin.wait))
  const left = async () => Number(/\d+/.exec(await page.locator('.told .what').innerText())?.[0])
  const first = await left()
  expect(first).toBeGreaterThan(0)
  expect(first).toBeLessThanOrEqual(8)
  await expect.poll(left, { message: 'the seconds count down' }).toBeLessThan(first)
  // The keys rest meanwhile.
  await expect(page.locator('.pad button').first()).toHaveAttribute('aria-disabled', 'true')
  const one = await page.locator('.pad').getByRole('button', { name: '1', exact: true }).boundingBox()
  if (!one) throw new Error('no keys')
  await page.touchscreen.tap(one.x + one.width / 2, one.y + one.height / 2)
  await expect(page.getByRole('status')).toHaveText(filled(zh.pin.typed, { typed: 0, length: 6 }))
  // Going away and coming back does not shorten it.
  await kiosk.idle()
  await kiosk.scanned(card('adult'))
  await expect(page.locator('main')).toContainText(saying(zh.pin.wait))
  await expect(page.locator('.pad button').first()).not.toHaveAttribute('aria-disabled', 'true', { timeout: 12_000 })
  await kiosk.pin(pinOf('adult'))
  await kiosk.on('borrow')
})

test('TestAccept_L13_no_such_card_and_wrong_pin_get_the_same_words', async ({ kiosk }) => {
  const seen: string[] = []
  for (const number of [card('adult'), card('unknown')]) {
    await kiosk.scanned(number)
    const asked = await kiosk.words()
    await kiosk.pin('111222')
    await expect(kiosk.page.locator('main')).toContainText(zh.pin.wrong)
    await kiosk.drawn()
    seen.push(`${asked} / ${await kiosk.words()} / ${JSON.stringify((await kiosk.snapshot()).pin)}`)
    await kiosk.idle()
  }
  expect(seen[1]).toBe(seen[0])
})

test("TestAccept_L13_a_card's_own_trouble_is_told_only_after_the_right_pin", async ({ kiosk }) => {
  await kiosk.scanned(card('lost'))
  await kiosk.on('pin')
  expect(await kiosk.words()).not.toMatch(saying(zh.reasons.card_lost.what))
  await kiosk.pin(pinOf('lost'))
  await kiosk.on('signin')
  await expect.poll(async () => missingParts(await kiosk.words(), zh.reasons.card_lost)).toEqual([])
})

test('TestAccept_L13_what_a_scanner_types_is_never_a_pin', async ({ kiosk }) => {
  await kiosk.scanned(card('adult'))
  await kiosk.scanned(pinOf('adult'))
  const { screen, notice } = await kiosk.on('pin')
  expect([screen, notice?.kind]).toEqual(['pin', 'enter_pin_first'])
  await expect.poll(async () => missingParts(await kiosk.words(), zh.notices.enter_pin_first)).toEqual([])
  await expect(kiosk.page.getByRole('status')).toHaveText(filled(zh.pin.typed, { typed: 0, length: 6 }))
})
