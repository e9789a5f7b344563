// axe finds nothing on any screen, standard and in high contrast.

import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { scenes } from '../src/api/scenes'
import { open, show } from './stage'

for (const [shape, query] of [
  ['portrait', 'lang=zh-Hans'],
  ['landscape', 'lang=en'],
  ['portrait', 'lang=zh-Hant&contrast'],
] as const) {
  test(`TestAccept_L17 axe finds nothing: ${shape} ${query}`, async ({ page }) => {
    await open(page, shape, 'inch=32&demo')
    const wrong: string[] = []
    for (const scene of Object.keys(scenes)) {
      await show(page, scene, query)
      const { violations } = await new AxeBuilder({ page }).analyze()
      for (const { id, nodes } of violations) {
        wrong.push(`${scene}: ${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`)
      }
    }
    expect(wrong.join('\n')).toBe('')
  })
}
