// The rare screens: the very first start, a kiosk that cannot lend, a page
// that lost its program or failed.

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { card } from './demolibrary'
import { expect, test } from './kiosk'
import { languageButton, languages, messages } from './words'

const zh = messages['zh-Hans']

test.describe('a new library', () => {
  test.use({ arguments: [] })

  test('TestAccept_L06_the_recovery_code_is_shown_once_and_put_away_in_two_steps', async ({ kiosk }) => {
    const { page } = kiosk
    const { screen, recovery } = await kiosk.snapshot()
    expect([screen, (recovery ?? []).length > 3]).toEqual(['recovery', true])
    for (const group of recovery ?? []) await expect(page.getByRole('list', { name: zh.recovery.code })).toContainText(group)
    // A scan, a reload, a single tap: it stays.
    await kiosk.scanned(card('adult'))
    await page.reload()
    await kiosk.ready()
    await kiosk.tap(zh.recovery.written)
    await expect(page.locator('main')).toContainText(zh.recovery.confirm)
    await kiosk.on('recovery')
    await kiosk.tap(zh.recovery.confirmNo)
    await expect(page.locator('main')).toContainText(zh.recovery.how)
    await kiosk.tap(zh.recovery.written)
    // A tap within a second of the first confirms nothing, so it takes a later one.
    await expect(async () => {
      if ((await kiosk.snapshot()).screen === 'recovery') await kiosk.tap(zh.recovery.confirmYes)
      expect((await kiosk.snapshot()).screen).toBe('idle')
    }).toPass()
    await kiosk.on('idle')
    const gone = async () => (recovery ?? []).filter((group) => group.length > 3)
    for (const group of await gone()) expect(await page.content()).not.toContain(group)
    expect((await kiosk.snapshot()).recovery).toBeUndefined()
    // It does not come back.
    await kiosk.restart({})
    await kiosk.on('idle')
  })
})

test('TestAccept_L11_a_disk_without_room_stops_lending_and_says_so', async ({ kiosk }) => {
  // More than any disk here has free.
  await kiosk.restart({ settings: '[data]\nmin_free_mib = 1000000\n' })
  const { lending, health } = await kiosk.snapshot()
  expect([lending, health]).toEqual([false, ['lending_stopped_space']])
  for (const language of languages) {
    await kiosk.tap(languageButton[language])
    const said = messages[language]
    await expect(kiosk.page.locator('main')).toContainText(said.closed.heading)
    await expect(kiosk.page.locator('main')).toContainText(said.health.lending_stopped_space.why)
    await expect(kiosk.page.locator('main')).toContainText(said.health.lending_stopped_space.now)
  }
  await expect(kiosk.page.getByRole('main').getByRole('button')).toHaveCount(0)
  await kiosk.scanned(card('adult'))
  await kiosk.on('idle')
})

test('TestAccept_L07_a_library_that_does_not_open_is_told_on_the_glass', async ({ kiosk }) => {
  await kiosk.restart({}, () => rmSync(join(kiosk.data, '..', 'data-keys'), { recursive: true }))
  const { lending, health } = await kiosk.snapshot()
  expect([lending, health]).toEqual([false, ['store_failed']])
  await expect(kiosk.page.locator('main')).toContainText(zh.closed.heading)
  await expect(kiosk.page.locator('main')).toContainText(zh.health.store_failed.why)
  await kiosk.scanned(card('adult'))
  await kiosk.on('idle')
})

test('TestAccept_L15_a_lost_program_is_told_kindly_and_the_visit_comes_back', async ({ kiosk }) => {
  const { page } = kiosk
  await kiosk.scanned(card('adult'))
  await kiosk.scanned('LQ000401')
  await kiosk.loseProgram()
  await expect(page.getByRole('alert')).toContainText(zh.fault.unreachable.what)
  await expect(page.getByRole('alert')).toContainText(zh.fault.unreachable.now)
  for (const trace of ['林', 'LQ000401']) expect(await page.locator('.fault').innerText()).not.toContain(trace)
  await kiosk.findProgram()
  await expect(page.locator('.count b')).toHaveText('1')
})

test('TestAccept_L15_a_page_that_fails_says_so_and_starts_anew', async ({ kiosk }) => {
  const { page } = kiosk
  await kiosk.scanned(card('adult'))
  // A list the page cannot draw.
  await kiosk.show({ ...(await kiosk.snapshot()), entries: [{} as never] })
  await expect(page.getByRole('alert')).toContainText(zh.fault.page.what)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('林')
})
