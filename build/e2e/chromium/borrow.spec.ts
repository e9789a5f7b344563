// Card then books: the journey the kiosk exists for, and the questions it asks on the way.

import { available, book, card, neighbour } from './demolibrary'
import { expect, test, type Kiosk } from './kiosk'
import { filled, messages, missingParts, saying } from './words'

const zh = messages['zh-Hans']

/** Borrows three books with nothing but the scanner. */
async function cardThenBooks(kiosk: Kiosk): Promise<void> {
  const { page } = kiosk
  await page.evaluate(() => {
    for (const kind of ['pointerdown', 'touchstart', 'click'])
      addEventListener(kind, () => document.documentElement.setAttribute('data-tapped', kind), { capture: true })
  })
  await kiosk.scan(card('adult'))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(saying(zh.borrow.heading))
  for (const [i, code] of available.slice(0, 3).entries()) {
    await kiosk.scan(code)
    await expect(page.locator('.count b')).toHaveText(String(i + 1))
  }
  await expect(page.locator('html')).not.toHaveAttribute('data-tapped')
  for (const title of ['西游记', '活着', '三体']) {
    const entry = page.getByRole('article', { name: title })
    await expect(entry).toBeVisible()
    await expect(entry).toContainText(zh.entry.borrowed)
    await expect(entry).toContainText(saying(zh.entry.due))
  }
  await expect(page.getByText(filled(zh.borrow.check, { n: 3 }))).toBeVisible()

  await kiosk.tap(zh.borrow.finish)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(zh.goodbye.heading)
  await expect(page.locator('main').getByText(filled(zh.goodbye.check, { n: 3 }))).toBeVisible()
  await expect(page.locator('main')).not.toContainText('林')
  await kiosk.tap(zh.goodbye.done)
  await expect(page.getByRole('button', { name: zh.idle.borrow })).toBeVisible()
}

test('TestAccept_L15_card_then_books_needs_no_tap', async ({ kiosk }) => {
  await cardThenBooks(kiosk)
})

test.describe('lying', () => {
  test.use({ viewport: { width: 1920, height: 1080 } })
  test('TestAccept_L15_card_then_books_needs_no_tap_on_a_lying_screen', async ({ kiosk }) => {
    await cardThenBooks(kiosk)
  })
})

test('TestAccept_L16_a_tap_on_the_demo_strip_is_a_scan', async ({ kiosk }) => {
  const { page } = kiosk
  const strip = page.getByRole('complementary', { name: zh.demo.strip })
  await expect(strip).toContainText('DEMO')
  await strip.getByRole('button', { name: filled(zh.demo.scanCard, { label: zh.demo.card.adult, number: card('adult') }) }).tap()
  await kiosk.on('borrow')
  await strip.getByRole('button', { name: filled(zh.demo.scanBook, { title: '西游记', label: zh.demo.book.available }) }).tap()
  await expect(page.locator('.count b')).toHaveText('1')
})

test('TestAccept_L15_a_pile_longer_than_the_screen_is_turned_by_page_and_none_is_lost', async ({ kiosk }) => {
  const { page } = kiosk
  const pile = [...available, book('periodical'), book('lost')]
  await kiosk.scanned(card('staff'))
  for (const code of pile) await kiosk.scanned(code)
  const { entries, borrowed } = await kiosk.snapshot()
  expect(borrowed).toBe(pile.length)
  await kiosk.speak('en', { largeText: true, highContrast: false, lowPosition: false })
  const seen: string[] = []
  await expect(page.getByRole('article').filter({ visible: true }).first()).toBeVisible()
  const next = page.getByRole('main').getByRole('button', { name: messages.en.pages.next, exact: true })
  for (let turns = 0; turns < 20; turns++) {
    seen.push(...(await page.getByRole('article').filter({ visible: true }).getByRole('heading').allInnerTexts()))
    if ((await next.count()) === 0 || (await next.getAttribute('aria-disabled')) === 'true') break
    await next.tap()
    await kiosk.drawn()
  }
  expect(seen).toEqual(entries.map(({ item }) => item.title))
  await expect(next).toHaveAttribute('aria-disabled', 'true')
  // The next book is on top, on the first page.
  await kiosk.scanned('LQ003301')
  await expect(page.getByRole('article').filter({ visible: true }).first()).toContainText(saying(messages.en.entry.due))
  expect((await kiosk.snapshot()).entries[0]?.item.barcode).toBe('LQ003301')
})

test('TestAccept_L13_parts_are_asked_and_no_lends_nothing', async ({ kiosk }) => {
  const { page } = kiosk
  await kiosk.scanned(card('adult'))
  await kiosk.scanned(book('parts'))
  expect(missingParts(await kiosk.words(), zh.reasons.item_has_parts)).toEqual([])
  await expect(page.locator('main')).toContainText('CD')
  await kiosk.tap(zh.entry.partsNo)
  await expect(page.getByRole('article')).toContainText(zh.entry.declined)
  await expect(page.locator('.count b')).toHaveText('0')
  // Scanned again it is asked again; yes lends it.
  await kiosk.scanned(book('parts'))
  await kiosk.tap(zh.entry.partsYes)
  await expect(page.getByRole('article')).toContainText(zh.entry.borrowed)
  await expect(page.locator('.count b')).toHaveText('1')
})

test('TestAccept_L13_a_second_copy_and_a_renewal_are_asked', async ({ kiosk }) => {
  const { page } = kiosk
  await kiosk.scanned(card('adult'))
  await kiosk.scanned(book('copy'))
  expect(missingParts(await kiosk.words(), zh.reasons.title_already_yours)).toEqual([])
  await kiosk.tap(zh.entry.againYes)
  await expect(page.getByRole('article').first()).toContainText(zh.entry.borrowed)

  await kiosk.scanned(book('yours'))
  expect(missingParts(await kiosk.words(), zh.reasons.item_on_loan_to_you)).toEqual([])
  await kiosk.tap(zh.entry.renewYes)
  await expect(page.getByRole('article').first()).toContainText(zh.entry.renewed)
  const now = await kiosk.snapshot()
  expect(now.entries.map(({ outcome }) => outcome)).toEqual(['renewed', 'borrowed'])
  expect(now.borrowed, 'a renewal is no loan').toBe(1)
})

test('TestAccept_L13_a_renewal_others_wait_for_is_refused_with_its_reason', async ({ kiosk }) => {
  await kiosk.scanned(neighbour.card)
  await kiosk.scanned(neighbour.book)
  await kiosk.tap(zh.entry.renewYes)
  await expect.poll(async () => missingParts(await kiosk.words(), zh.reasons.renew_reserved)).toEqual([])
})

test('TestAccept_L14_another_card_takes_over_and_nothing_of_the_first_stays', async ({ kiosk }) => {
  const { page } = kiosk
  await kiosk.scanned(card('adult'))
  await kiosk.scanned('LQ003301')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('林')
  await kiosk.scan(card('senior'))
  await expect(page.getByRole('heading', { level: 1 })).toContainText('纪')
  await expect(page.getByRole('article')).toHaveCount(0)
  await expect(page.locator('body')).not.toContainText('林')
})
