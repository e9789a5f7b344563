// Puts scenes of the fake kiosk on the glass without loading the page anew.

import type { Page } from '@playwright/test'
import type { FakeKiosk } from '../src/api/fake'

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
    async ([name, asked]) => {
      ;(window as unknown as { fakeKiosk: FakeKiosk }).fakeKiosk.show(name ?? '', new URLSearchParams(asked))
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
      await document.fonts.ready
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
    },
    [scene, query],
  )
}
