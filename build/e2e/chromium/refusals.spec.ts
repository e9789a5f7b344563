// Every refusal the demo library can give: what happened, why and what now, in
// each language. What gives which refusal is read from docs/demo.md.

import { reasonCodes, type DemoSamples, type ReasonCode } from '../../../frontend/src/api/types'
import { book, books, card, cards, neighbour, type Promised } from './demolibrary'
import { expect, test, type Kiosk } from './kiosk'
import { languageButton, languages, messages, missingParts } from './words'

const isReason = (code: string): code is ReasonCode => (reasonCodes as readonly string[]).includes(code)

const refusedAtSignIn = ['card_unknown', 'card_expired', 'card_lost', 'card_replaced']

/** The codes with which a line of docs/demo.md refuses or asks. */
const promised = (among: readonly Promised[]): [string, ReasonCode][] =>
  among.flatMap(({ code, codes }) => codes.filter(isReason).map((reason): [string, ReasonCode] => [code, reason]))

/** Who must hold the book for docs/demo.md to come true; any adult for the rest. */
const holder: Partial<Record<ReasonCode, string>> = {
  item_reserved_for_other: card('teen'),
  item_on_loan_to_other: card('senior'),
  item_age: card('child'),
}

/** Switches through the languages on the bar and looks for the three parts in each. */
async function inEveryLanguage(kiosk: Kiosk, of: string, code: ReasonCode | 'isbn'): Promise<void> {
  for (const language of languages) {
    await kiosk.tap(languageButton[language])
    await expect(kiosk.page.locator('html')).toHaveAttribute('lang', language)
    await kiosk.drawn()
    const words = await kiosk.words()
    expect.soft(missingParts(words, messages[language].reasons[code]), `${of} ${code} in ${language}: ${words}`).toEqual([])
    expect.soft(words, `${of} in ${language}`).not.toMatch(/undefined|null|NaN|\{\w+\}|[a-z]+_[a-z]+/)
  }
}

test('TestAccept_L16_the_strip_offers_what_docs_demo_md_promises', async ({ kiosk }) => {
  const samples = await kiosk.call<DemoSamples>('DemoSamples')
  expect(samples.cards.map(({ number, label }) => `${number} ${label}`)).toEqual(
    cards.filter(({ code }) => code !== neighbour.card).map(({ code, label }) => `${code} ${label}`),
  )
  expect(samples.books.map(({ barcode, label }) => `${barcode} ${label}`)).toEqual(
    books.map(({ code, label }) => `${code} ${label}`),
  )
  for (const { label } of samples.cards) expect(messages.en.demo.card).toHaveProperty(label)
  for (const { label } of samples.books) expect(messages.en.demo.book).toHaveProperty(label)
})

test('TestAccept_L15_a_refused_card_is_told_in_three_parts', async ({ kiosk }) => {
  const cases = promised(cards).filter(([, code]) => refusedAtSignIn.includes(code))
  expect(cases.map(([, code]) => code).sort()).toEqual([...refusedAtSignIn].sort())
  for (const [number, code] of cases) {
    const { screen, notice } = await kiosk.scanned(number)
    expect.soft([screen, notice?.reasons[0]?.code]).toEqual(['signin', code])
    await inEveryLanguage(kiosk, number, code)
    // Read and put away, the next card may come.
    await kiosk.tap(messages.en.notices.dismiss)
    await expect(kiosk.page.locator('main')).not.toContainText(messages.en.reasons[code].what)
  }
})

test('TestAccept_L15_a_card_that_cannot_borrow_now_is_told_in_three_parts', async ({ kiosk }) => {
  const cases = promised(cards).filter(([, code]) => !refusedAtSignIn.includes(code) && !code.startsWith('renew_'))
  expect(cases.map(([, code]) => code).sort()).toEqual(
    ['guardian_blocked', 'loan_limit', 'patron_overdue', 'patron_provisional', 'patron_suspended', 'patron_wrong_branch'],
  )
  for (const [number, code] of cases) {
    const { screen, patron } = await kiosk.scanned(number)
    expect.soft([screen, patron?.standing.map((reason) => reason.code)]).toEqual(['borrow', [code]])
    await inEveryLanguage(kiosk, number, code)
    // A book all the same: refused, and the reason still stands.
    const after = await kiosk.scanned('LQ000401')
    expect.soft([after.entries[0]?.outcome, after.entries[0]?.reasons[0]?.code, after.borrowed]).toEqual(['refused', code, 0])
    await inEveryLanguage(kiosk, `LQ000401 with ${number}`, code)
    await kiosk.idle()
  }
})

test('TestAccept_L15_every_refused_book_is_told_in_three_parts', async ({ kiosk }) => {
  const cases = promised(books)
  // The list of domain.md, but for what no demo item can show.
  const unseen = ['title_already_yours', 'item_has_parts', 'item_on_loan_to_you']
  expect(new Set(cases.map(([, code]) => code))).toEqual(new Set(reasonCodes.filter((c) => c.startsWith('item_') || unseen.includes(c))))
  for (const [barcode, code] of cases) {
    await kiosk.scanned(holder[code] ?? card('adult'))
    const { entries, borrowed } = await kiosk.scanned(barcode)
    const asks = unseen.includes(code)
    expect.soft([entries[0]?.outcome, entries[0]?.reasons[0]?.code, borrowed], `${barcode} ${code}`).toEqual([asks ? 'ask' : 'refused', code, 0])
    await inEveryLanguage(kiosk, barcode, code)
    await kiosk.idle()
  }
})

test('TestAccept_L15_the_publishers_barcode_is_told_from_the_librarys', async ({ kiosk }) => {
  await kiosk.scanned(book('isbn'))
  await inEveryLanguage(kiosk, 'at idle', 'isbn')
  await kiosk.scanned(card('adult'))
  await kiosk.scanned(book('isbn'))
  await inEveryLanguage(kiosk, 'with a card', 'isbn')
})

test('TestAccept_L15_several_reasons_are_all_told', async ({ kiosk }) => {
  await kiosk.scanned(card('limit'))
  const { entries } = await kiosk.scanned(book('reference'))
  expect(entries[0]?.reasons.map(({ code }) => code)).toEqual(['loan_limit', 'item_reference'])
  await inEveryLanguage(kiosk, 'two reasons', 'loan_limit')
  await inEveryLanguage(kiosk, 'two reasons', 'item_reference')
})

test('TestAccept_L15_a_code_that_cannot_be_read_is_told_in_three_parts', async ({ kiosk }) => {
  await kiosk.scanned('NO SUCH CODE')
  for (const language of languages) {
    await kiosk.tap(languageButton[language])
    await expect.poll(async () => missingParts(await kiosk.words(), messages[language].notices.scan_unreadable)).toEqual([])
  }
})
