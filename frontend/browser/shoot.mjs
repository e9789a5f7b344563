// Pictures of scenes, for looking: node browser/shoot.mjs idle borrow_three?low … [--land] [--lang=en]
import { mkdirSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { preview } from 'vite'

const args = process.argv.slice(2)
const shapes = { port: [1080, 1920], land: [1920, 1080] }
const server = await preview({ mode: 'looks', build: { outDir: 'dist-looks' }, preview: { port: 0 }, logLevel: 'error' })
const base = server.resolvedUrls.local[0]
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
mkdirSync('browser/shots', { recursive: true })
for (const arg of args) {
  const [shape, rest] = arg.includes(':') ? arg.split(':') : ['port', arg]
  const [width, height] = shapes[shape]
  const page = await browser.newPage({ viewport: { width, height } })
  page.on('console', (m) => console.log('console', m.text()))
  page.on('pageerror', (e) => console.log('error', e.message))
  const [scene, query = ''] = rest.split('?')
  await page.goto(scene === "gallery" ? `${base}?gallery` : `${base}?scene=${scene}&${query}`)
  await page.waitForSelector('h1')
  await page.evaluate(() => document.fonts.ready)
  for (const selector of (await page.evaluate(() => window.fakeTouches))?.[scene] ?? []) {
    for (let turns = 0; turns < 12 && (await page.locator(selector).count()) === 0; turns++) {
      await page.locator('.ways .pager button').last().evaluate((one) => one.click())
      await page.waitForTimeout(50)
    }
    await page.locator(selector).first().evaluate((one) => one.click())
    await page.waitForTimeout(100)
  }
  await page.evaluate(() => document.fonts.ready)
  await page.waitForTimeout(300)
  await page.screenshot({ path: `browser/shots/${shape}-${rest.replace(/[?&=]/g, '_')}.png` })
  await page.close()
}
await browser.close()
await server.close()
