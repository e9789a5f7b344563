// My page, holds and what becomes of them, by fingers on glass with the real
// records behind the page.

import { book, card, cards, pinOf } from './demolibrary'
import { expect, type Kiosk, type Snapshot, test } from './kiosk'
import { filled, messages, missingParts, saying } from './words'

const zh = messages['zh-Hans']

/** From the first screen to the own page, as a reader goes: a tile, the card, the PIN. */
async function open(kiosk: Kiosk, label: string): Promise<NonNullable<Snapshot['account']>> {
  await kiosk.tap(new RegExp(`^${zh.idle.account}`))
  await kiosk.on('signin')
  await kiosk.scanned(card(label))
  await kiosk.on('pin')
  await kiosk.pin(pinOf(label))
  const { account } = await kiosk.on('account')
  if (!account) throw new Error('no account')
  return account
}

test('TestAccept_L47_the_own_page_shows_nothing_before_the_PIN_and_all_after_it', async ({ kiosk }) => {
  const { page } = kiosk
  await kiosk.tap(new RegExp(`^${zh.idle.account}`))
  await kiosk.scanned(card('adult'))
  await kiosk.on('pin')
  const asked = await kiosk.words()
  expect(asked).not.toContain('林')
  expect(asked).not.toContain('围城')
  await kiosk.answering('EnterPIN', () => kiosk.pin('000000'))
  await expect(page.locator('main')).toContainText(zh.pin.wrong)
  await kiosk.pin(pinOf('adult'))
  const { account } = await kiosk.on('account')
  expect(account?.loans.length).toBeGreaterThan(0)
  for (const loan of account?.loans ?? []) await expect(page.locator('main')).toContainText(loan.item.title)
  expect(await kiosk.words()).not.toContain('林知远')
})

test('TestAccept_L47_renew_all_gives_each_loan_its_answer', async ({ kiosk }) => {
  const { page } = kiosk
  const before = await open(kiosk, 'many')
  expect(before.renewable).toBeGreaterThan(0)
  await kiosk.answering('RenewAll', () => kiosk.tap(saying(zh.account.renewAll)))
  const { account } = await kiosk.snapshot()
  expect(account?.loans.filter(({ answer }) => answer === 'renewed').length).toBe(before.renewable)
  expect(account?.loans.every(({ answer }) => answer !== ''), 'every loan has an answer').toBe(true)
  await expect(page.locator('main')).toContainText(saying(zh.account.renewedAll))
  await kiosk.tap(zh.borrow.finish)
  await kiosk.on('goodbye')
  await expect(page.locator('main')).toContainText(zh.goodbye.renewed)
  // What was not renewed is not forgotten on the way out.
  await expect(page.locator('main')).toContainText(zh.goodbye.not_renewed)
  await kiosk.tap(zh.goodbye.showList)
  await expect(page.getByRole('list', { name: zh.goodbye.list })).toContainText(zh.goodbye.not_renewed)
})

test('TestAccept_L47_a_book_held_to_the_scanner_on_the_own_page_is_lent', async ({ kiosk }) => {
  await open(kiosk, 'adult')
  await kiosk.scanned('LQ003301')
  const { borrowed } = await kiosk.on('borrow')
  expect(borrowed).toBe(1)
})

test('TestAccept_L42_a_hold_from_the_title_page_wants_only_the_card', async ({ kiosk }) => {
  const { page } = kiosk
  await kiosk.tap(new RegExp(`^${zh.idle.find}`))
  await kiosk.on('search')
  await kiosk.answering('TitleView', () => kiosk.scan('LQ002001'))
  await kiosk.answering('Hold', () => kiosk.tap(saying(zh.title.hold)))
  await kiosk.on('signin')
  await expect(page.locator('main')).toContainText('围城')
  await kiosk.scanned(card('child'))
  const { held } = await kiosk.on('held')
  expect(held?.outcome).toBe('held')
  await expect(page.locator('main')).toContainText(zh.held.held)
  // Again: it says that it stands already.
  await kiosk.call('Hold', held?.item.titleId, 'again')
  await expect.poll(async () => (await kiosk.snapshot()).held?.outcome).toBe('refused')
  await expect(page.locator('main')).toContainText(zh.reasons.hold_exists.what)
})

test('TestAccept_L42_going_back_from_the_card_shows_the_title_again', async ({ kiosk }) => {
  await kiosk.tap(new RegExp(`^${zh.idle.find}`))
  await kiosk.on('search')
  await kiosk.answering('TitleView', () => kiosk.scan('LQ002001'))
  await kiosk.answering('Hold', () => kiosk.tap(saying(zh.title.hold)))
  await kiosk.on('signin')
  await kiosk.tap(zh.signin.back)
  await kiosk.on('search')
  await expect(kiosk.page.getByRole('heading', { level: 1, name: '围城' })).toBeVisible()
})

test('TestAccept_L42_a_book_that_is_out_can_be_held_where_it_was_refused', async ({ kiosk }) => {
  await kiosk.scanned(card('child'))
  await kiosk.scanned(book('yours')) // somebody else's
  await kiosk.answering('Hold', () => kiosk.tap(zh.entry.hold))
  const { held } = await kiosk.on('held')
  expect(held?.outcome).toBe('held')
})

test('TestAccept_L42_a_title_that_is_not_lent_says_why_it_cannot_be_held', async ({ kiosk }) => {
  await kiosk.tap(new RegExp(`^${zh.idle.find}`))
  await kiosk.on('search')
  await kiosk.answering('TitleView', () => kiosk.scan(book('reference')))
  const id = (await kiosk.snapshot()).find?.title
  await kiosk.call('Hold', id, 'reference')
  await kiosk.scanned(card('adult'))
  await kiosk.on('held')
  const { why, now, ...rest } = zh.reasons.hold_not_allowed
  await expect.poll(async () => missingParts(await kiosk.words(), { what: rest.what, why: rest.whyNotLendable, now: rest.nowNotLendable })).toEqual([])
})

test('TestAccept_L42_a_hold_is_given_up_after_a_question', async ({ kiosk }) => {
  const { page } = kiosk
  const { holds } = await open(kiosk, 'teen')
  const first = holds[0]
  if (!first) throw new Error('the teen has no hold')
  await page.getByRole('tab', { name: new RegExp(`^${zh.account.holds}`) }).or(page.getByRole('button', { name: new RegExp(`^${zh.account.holds}`) })).first().tap()
  await kiosk.tap(filled(zh.account.cancelName, { title: first.item.title }))
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText(saying(zh.account.cancelAsk))
  await kiosk.tap(zh.account.cancelNo, dialog)
  expect((await kiosk.snapshot()).account?.holds[0]?.cancelled).toBe(false)
  await kiosk.tap(filled(zh.account.cancelName, { title: first.item.title }))
  await kiosk.answering('CancelHold', () => kiosk.tap(zh.account.cancelHold, page.getByRole('dialog')))
  expect((await kiosk.snapshot()).account?.holds[0]?.cancelled).toBe(true)
  await expect(page.locator('main')).toContainText(zh.account.cancelled)
})

test('TestAccept_L47_the_history_is_off_until_it_is_wanted_and_is_erased_when_not', async ({ kiosk }) => {
  const { page } = kiosk
  const account = await open(kiosk, 'teen')
  expect(account.history.on).toBe(false)
  const tab = page.getByRole('tab', { name: new RegExp(`^${zh.account.history}`) }).or(page.getByRole('button', { name: new RegExp(`^${zh.account.history}`) })).first()
  await tab.tap()
  await kiosk.answering('SetHistory', () => kiosk.tap(zh.account.historyOn))
  expect((await kiosk.snapshot()).account?.history.on).toBe(true)
  await kiosk.tap(zh.account.historyTurnOff)
  await kiosk.answering('SetHistory', () => kiosk.tap(zh.account.historyTurnOff, page.getByRole('dialog')))
  expect((await kiosk.snapshot()).account?.history.on).toBe(false)
})

test('TestAccept_L55_nothing_of_the_own_page_is_left_for_the_next', async ({ kiosk }) => {
  const { page } = kiosk
  const account = await open(kiosk, 'adult')
  const title = account.loans[0]?.item.title ?? 'no loan'
  expect(await page.content()).toContain(title)
  await kiosk.scanned(card('senior'))
  await kiosk.on('borrow')
  expect(await page.content()).not.toContain(title)
  // The PIN of the one before opens nothing.
  await kiosk.call('Begin', 'account')
  await kiosk.on('pin')
  await kiosk.idle()
  expect(await page.content()).not.toContain(title)
  for (const { code } of cards) expect(kiosk.everythingTold()).not.toContain(code)
})
