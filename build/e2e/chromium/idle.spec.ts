// The end that comes by itself, with the shortest times the settings allow.

import { card } from './demolibrary'
import { expect, test } from './kiosk'
import { messages, saying } from './words'

const zh = messages['zh-Hans']
const warnAfter = 15_000 // ms within which the warning must be there

test.use({ settings: '[visit]\nwarn_seconds = 10\nend_seconds = 30\ngoodbye_seconds = 3\n' })

test('TestAccept_L14_the_warning_lets_the_reader_go_on_or_finish', async ({ kiosk }) => {
  const { page } = kiosk
  await kiosk.scanned(card('adult'))
  await kiosk.scanned('LQ003301')
  const dialog = page.getByRole('dialog', { name: zh.warning.heading })
  await expect(dialog).toBeVisible({ timeout: warnAfter })
  const { warning } = await kiosk.snapshot()
  expect(warning?.of, 'seconds to answer').toBeGreaterThanOrEqual(20)
  await expect(dialog).toContainText(saying(zh.warning.text))
  await kiosk.tap(zh.warning.stay, dialog)
  await expect(dialog).toBeHidden()
  expect((await kiosk.snapshot()).entries).toHaveLength(1)

  await expect(dialog).toBeVisible({ timeout: warnAfter })
  await kiosk.tap(zh.warning.finish, dialog)
  await kiosk.on('goodbye')
  await kiosk.on('idle', 6)
})

test('TestAccept_L14_a_scan_while_the_warning_stands_goes_on', async ({ kiosk }) => {
  await kiosk.scanned(card('adult'))
  await expect(kiosk.page.getByRole('dialog')).toBeVisible({ timeout: warnAfter })
  const { entries, warning } = await kiosk.scanned('LQ003301')
  expect([entries[0]?.outcome, warning]).toEqual(['borrowed', undefined])
  await expect(kiosk.page.getByRole('dialog')).toBeHidden()
})

test('TestAccept_L14_walking_away_wipes_the_visit_its_language_and_its_modes', async ({ kiosk }) => {
  const { page } = kiosk
  await kiosk.scanned(card('adult'))
  await kiosk.scanned('LQ003301')
  await kiosk.tap('English')
  await kiosk.tap(messages.en.app.highContrast)
  await kiosk.tap(messages.en.app.lowPosition)
  await expect(page.locator('html')).toHaveAttribute('data-contrast', 'high')
  await expect(page.getByRole('dialog', { name: messages.en.warning.heading })).toBeVisible({ timeout: warnAfter })
  await expect(page.getByRole('button', { name: zh.idle.borrow })).toBeVisible({ timeout: 25_000 })
  const html = page.locator('html')
  await expect(html).toHaveAttribute('lang', 'zh-Hans')
  await expect(html).toHaveAttribute('data-contrast', 'standard')
  await expect(html).toHaveAttribute('data-position', 'standard')
  await expect(page.getByRole('dialog')).toBeHidden()
  const after = await kiosk.snapshot()
  expect(after).toMatchObject({ screen: 'idle', entries: [], borrowed: 0, language: 'zh-Hans' })
  expect(Object.keys(after).filter((key) => ['patron', 'item', 'pin', 'notice', 'warning', 'ends'].includes(key))).toEqual([])
  for (const trace of ['林', 'LQ003301']) expect(await page.content()).not.toContain(trace)
})

test('TestAccept_L14_language_and_modes_go_back_with_the_visit', async ({ kiosk }) => {
  const { page } = kiosk
  await kiosk.tap('繁體')
  await kiosk.tap(messages['zh-Hant'].app.largeText)
  await expect(page.locator('html')).toHaveAttribute('data-text', 'large')
  await kiosk.scanned(card('adult'))
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hant')
  await kiosk.scanned('LQ003301')
  await kiosk.tap(messages['zh-Hant'].borrow.finish)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(messages['zh-Hant'].goodbye.heading)
  await kiosk.on('idle', 20) // in large text the farewell stands twice as long
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans')
  await expect(page.locator('html')).toHaveAttribute('data-text', 'standard')
})
