// Pictures of every state in every shape, language and mode, from the running
// program: not a test suite, but led through the states by the same hand. Run
// by ../screens/run.py with PICTURES (folder) and, to look at less, SCREENS,
// SHAPES, LANGUAGES, MODES (lists with commas).

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type Kiosk } from './kiosk'
import { every, groups, lookAtAll, shapes } from './states'
import { languages } from './words'

const folder = process.env['PICTURES'] ?? ''
const asked = (name: string): string[] | undefined => process.env[name]?.split(',').filter(Boolean)

const views = every(languages, ['standard', 'large', 'contrast', 'low']).filter(
  ({ shape, language, mode }) =>
    (asked('SHAPES')?.includes(shape) ?? true) && (asked('LANGUAGES')?.includes(language) ?? true) && (asked('MODES')?.includes(mode) ?? true),
)
const wanted = groups
  .map((group) => ({ ...group, states: group.states.filter(({ screen }) => asked('SCREENS')?.includes(screen) ?? true) }))
  .filter(({ states }) => states.length > 0)

/** Half as wide and high as the screen: enough to see everything. */
const scale = 0.5

async function picture(kiosk: Kiosk, file: string, shape: keyof typeof shapes): Promise<void> {
  const client = await kiosk.page.context().newCDPSession(kiosk.page)
  const { data } = await client.send('Page.captureScreenshot', { format: 'png', clip: { x: 0, y: 0, ...shapes[shape], scale } })
  await client.detach()
  writeFileSync(file, Buffer.from(data, 'base64'))
}

/** The strip of the demo library is no part of a kiosk: the pictures go without. */
async function hideStrip(kiosk: Kiosk): Promise<void> {
  await kiosk.page.evaluate(() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync('.kiosk > .demo { display: none }')
    document.adoptedStyleSheets = [sheet]
  })
}

for (const group of wanted) {
  test.describe(() => {
    test.use(group.options)
    test(group.name, async ({ kiosk }) => {
      test.setTimeout(1_800_000)
      await group.prepare?.(kiosk)
      await lookAtAll(kiosk, group, views, async ({ screen, name }, { shape, language, mode }) => {
        await hideStrip(kiosk)
        await kiosk.drawn()
        mkdirSync(join(folder, screen), { recursive: true })
        await picture(kiosk, join(folder, screen, `${name}-${shape}-${language}-${mode}.png`), shape)
      }, true)
    })
  })
}
