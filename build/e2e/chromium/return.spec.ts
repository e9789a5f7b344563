// Books come back: every outcome is told, and nothing of whose loan it was.

import { available, book, card, neighbour } from './demolibrary'
import { expect, test } from './kiosk'
import { filled, languages, messages, saying } from './words'

const zh = messages['zh-Hans']

test('TestAccept_L15_every_outcome_of_a_return_is_told_and_nobody_is_named', async ({ kiosk }) => {
  const { page } = kiosk
  // So that a book with parts can come back.
  await kiosk.scanned(card('adult'))
  await kiosk.scanned(book('parts'))
  await kiosk.tap(zh.entry.partsYes)
  await expect(page.locator('.count b')).toHaveText('1')
  await kiosk.idle()

  await kiosk.tap(new RegExp(`^${zh.idle.giveBack}`))
  await kiosk.on('return')
  const scans: [string, keyof typeof zh.results, number][] = [
    ['LQ005502', 'returned', 1],
    ['LQ005502', 'already_returned_now', 1],
    ['LQ001602', 'returned', 2],
    [neighbour.book, 'returned_reserved', 3],
    [book('lost'), 'returned_was_lost', 4],
    [book('parts'), 'returned_has_parts', 5],
    [book('unknown'), 'item_unknown', 5],
    [available[0] ?? '', 'not_on_loan', 5],
  ]
  for (const [barcode, result, count] of scans) {
    const { entries, returned } = await kiosk.scanned(barcode)
    const top = entries[0]
    expect.soft(returned, barcode).toBe(count)
    if (result === 'already_returned_now') {
      // Harmless: it stays in the list as it was.
      expect(entries.map(({ result: was }) => was)).toEqual(['returned'])
      continue
    }
    expect.soft([top?.item.barcode, top?.result]).toEqual([barcode, result])
    for (const language of languages) {
      await kiosk.speak(language, { largeText: false, highContrast: false, lowPosition: false })
      const entry = page.getByRole('article').first()
      const said = messages[language]
      if (result === 'item_unknown') {
        await expect.soft(entry).toContainText(saying(said.reasons.item_unknown.what))
        await expect.soft(entry).toContainText(saying(said.reasons.item_unknown.now))
        continue
      }
      await expect.soft(entry).toContainText(saying(said.results[result as 'returned'].what))
      await expect.soft(entry).toContainText(saying(said.results[result as 'returned'].now))
      if (barcode === 'LQ001602') await expect.soft(entry, 'how late').toContainText(saying(said.results.late))
    }
  }
  const words = await kiosk.words()
  for (const trace of ['林', '程', '苏', 'LB2026']) expect(words).not.toContain(trace)
  expect((await kiosk.snapshot()).patron).toBeUndefined()

  await kiosk.speak('zh-Hans', { largeText: false, highContrast: false, lowPosition: false })
  await kiosk.tap(zh.giveBack.finish)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(zh.goodbye.heading)
  await expect(page.locator('main')).toContainText(filled(zh.goodbye.books, { n: 5 }))
  // What does not go into the box is named once more.
  const { goodbye } = await kiosk.snapshot()
  expect(goodbye?.toStaff.map(({ barcode }) => barcode).sort()).toEqual([neighbour.book, book('lost'), book('unknown')].sort())
  await expect(page.locator('main')).toContainText(saying(zh.goodbye.toStaff))
})

test('TestAccept_L53_who_has_returned_goes_on_to_the_search_in_the_same_language', async ({ kiosk }) => {
  const { page } = kiosk
  const said = messages['zh-Hant']
  await kiosk.scanned('LQ005502')
  await kiosk.speak('zh-Hant', { largeText: false, highContrast: false, lowPosition: false })
  await kiosk.tap(new RegExp(`^${said.item.giveBack}`))
  await kiosk.on('return')
  await kiosk.tap(said.giveBack.finish)
  await kiosk.on('goodbye')
  await kiosk.tap(said.search.heading)
  await kiosk.on('search')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(said.search.heading)
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hant')
})

test('TestAccept_L15_a_book_at_idle_is_returned_with_one_tap', async ({ kiosk }) => {
  const { screen, item } = await kiosk.scanned('LQ005502')
  expect([screen, item?.title]).toEqual(['item', '昆虫记'])
  await expect(kiosk.page.locator('main')).toContainText('昆虫记')
  await kiosk.tap(new RegExp(`^${zh.item.giveBack}`))
  const { entries } = await kiosk.on('return')
  expect(entries.map(({ result }) => result)).toEqual(['returned'])
})

test('TestAccept_L15_a_book_at_idle_is_borrowed_with_the_card', async ({ kiosk }) => {
  const { page } = kiosk
  await kiosk.scanned('LQ000401')
  await kiosk.tap(new RegExp(`^${zh.item.borrow}`))
  await kiosk.on('signin')
  await expect(page.locator('main')).toContainText(filled(zh.signin.carrying, { title: '西游记' }))
  await kiosk.scan(card('adult'))
  await expect(page.locator('.count b')).toHaveText('1')
  await expect(page.getByRole('article', { name: '西游记' })).toContainText(zh.entry.borrowed)
})

test('TestAccept_L14_a_card_on_this_book_borrows_it_without_a_tap', async ({ kiosk }) => {
  await kiosk.scanned('LQ000401')
  const { entries } = await kiosk.scanned(card('adult'))
  expect(entries.map(({ outcome }) => outcome)).toEqual(['borrowed'])
})

test('TestAccept_L14_a_card_while_returning_signs_in', async ({ kiosk }) => {
  await kiosk.tap(new RegExp(`^${zh.idle.giveBack}`))
  await kiosk.scanned('LQ005502')
  const { screen, entries, borrowed } = await kiosk.scanned(card('senior'))
  expect([screen, entries, borrowed]).toEqual(['borrow', [], 0])
})

test('TestAccept_L15_back_leaves_a_screen_that_has_nothing_to_lose', async ({ kiosk }) => {
  await kiosk.scanned('LQ000401')
  await kiosk.tap(zh.item.back)
  await kiosk.on('idle')
  await kiosk.tap(new RegExp(`^${zh.idle.borrow}`))
  await kiosk.on('signin')
  await kiosk.tap(zh.signin.back)
  await kiosk.on('idle')
})

test.describe('return station', () => {
  test.use({ settings: '[return]\nat_idle = "return"\n' })
  test('TestAccept_L14_a_return_station_takes_a_book_back_at_once', async ({ kiosk }) => {
    const { screen, returned } = await kiosk.scanned('LQ005502')
    expect([screen, returned]).toEqual(['return', 1])
  })
})
