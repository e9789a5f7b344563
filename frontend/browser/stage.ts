// Puts scenes of the fake kiosk on the glass without loading the page anew.

import type { Page } from '@playwright/test'
import type { FakeKiosk } from '../src/api/fake'
import { touches } from '../src/api/scenes'

export const shapes = { portrait: { width: 1080, height: 1920 }, landscape: { width: 1920, height: 1080 } } as const
export type Shape = keyof typeof shapes

export async function open(page: Page, shape: Shape, query: string): Promise<void> {
  await page.setViewportSize(shapes[shape])
  await page.goto(`/?scene=idle&${query}`)
  await page.waitForSelector('h1')
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
}

/** Shows a scene and waits until it and its typefaces are drawn. */
export async function show(page: Page, scene: string, query: string): Promise<void> {
  await page.evaluate(
    async ({ name, asked, selectors }) => {
      const { fakeKiosk } = window as unknown as { fakeKiosk: FakeKiosk }
      const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
      // A screen with a state of its own begins anew.
      if (/^(search|account)/.test(name)) {
        fakeKiosk.show('idle', new URLSearchParams(asked))
        await drawn()
      }
      fakeKiosk.show(name, new URLSearchParams(asked))
      await drawn()
      for (const selector of selectors) {
        // What is on a later page is turned to.
        for (let turns = 0; turns < 12 && !document.querySelector(selector); turns++) {
          document.querySelector<HTMLElement>('.ways .pager button:last-child')?.click()
          await drawn()
        }
        document.querySelector<HTMLElement>(selector)?.click()
        await drawn()
      }
      await document.fonts.ready
      await drawn()
    },
    { name: scene, asked: query, selectors: touches[scene] ?? [] },
  )
}
