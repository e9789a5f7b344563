// axe finds nothing on any screen: each state in every language, mode and
// shape, though not each with each other; LOOK=all does that too.

import { violations } from './axe'
import { expect, test } from './kiosk'
import { every, groups, lookAtAll, lookClosely, type View } from './states'
import { languages } from './words'

const few: View[] = [
  { shape: 'portrait', language: 'zh-Hans', mode: 'standard' },
  { shape: 'portrait', language: 'zh-Hant', mode: 'large-low' },
  { shape: 'landscape', language: 'en', mode: 'contrast' },
]

for (const group of groups) {
  test.describe(() => {
    test.use(group.options)

    test(`TestAccept_L17_axe_finds_nothing/${group.name}`, async ({ kiosk }) => {
      test.setTimeout(900_000)
      await group.prepare?.(kiosk)
      const wrong: string[] = []
      await lookAtAll(kiosk, group, lookClosely ? every(languages) : few, async (state, { shape, language, mode }) => {
        for (const found of await violations(kiosk.page)) wrong.push(`${state.screen} ${state.name}, ${shape} ${language} ${mode}: ${found}`)
      })
      expect(wrong.join('\n')).toBe('')
    })
  })
}
