// The first screen has room for the hours of any day: how long they are depends
// on when the test runs, so the longest ones are shown here on purpose.

import type { Today } from '../../../frontend/src/api/types'
import { leastTarget, troubles } from './fits'
import { expect, test } from './kiosk'
import { every, modes, onScreenOf, shapes } from './states'
import { languages } from './words'

const days: Record<string, Today> = {
  'two spans': { open: true, spans: [{ from: '09:00', to: '12:30' }, { from: '13:30', to: '20:30' }], next: '' },
  'shut for days': { open: false, spans: [], next: '2027-09-29T13:00' }, // a Wednesday
  'shut until tomorrow': { open: false, spans: [{ from: '09:00', to: '12:30' }], next: new Date(Date.now() + 32 * 3_600_000).toISOString().slice(0, 10) + 'T13:00' },
}

test.use({ settings: onScreenOf('', 21.5) })

test('TestAccept_L48_the_hours_of_any_day_fit_the_first_screen', async ({ kiosk }) => {
  test.setTimeout(120_000)
  const idle = await kiosk.snapshot()
  const wrong: string[] = []
  for (const { shape, language, mode } of every(languages)) {
    await kiosk.page.setViewportSize(shapes[shape])
    for (const [day, today] of Object.entries(days)) {
      await kiosk.show({ ...idle, language, modes: modes[mode]!, today })
      await expect(kiosk.page.locator('.hours')).not.toBeEmpty()
      for (const { what, text } of await troubles(kiosk.page, mode.startsWith('large') ? leastTarget.large : leastTarget.standard))
        wrong.push(`${day}, ${shape}, ${language}, ${mode}: ${what}: ${text}`)
    }
  }
  expect(wrong).toEqual([])
})
