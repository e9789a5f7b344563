// Nothing is cut, covered, outside the glass or too small to touch: every
// screen in every language, mode and shape on the smallest screen, where room
// is scarcest, and on the largest in the modes that depend on the size. A 32
// inch screen is laid out as the smallest is, with more millimetres to each
// button: LOOK=all looks at it too, and at every size in every way.
// build/out/fits.md has what was found.

import { appendFileSync, mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { leastTarget, troubles } from './fits'
import { expect, test } from './kiosk'
import { every, groups, lookAtAll, lookClosely, onScreenOf, type View } from './states'
import { languages } from './words'

const report = resolve(__dirname, '../../out/fits.md')

function viewsOn(inch: number): View[] {
  if (lookClosely) return every(languages)
  if (inch > 30) return every(['en'], ['low', 'large-low'])
  // The two Chinese languages are equally wide but for a word here and there.
  return [...every(['zh-Hans', 'en'], ['standard', 'large', 'low', 'large-low']), ...every(['zh-Hant'], ['large-low'])]
}

for (const inch of lookClosely ? [21.5, 32, 43] : [21.5, 43]) {
  for (const group of groups) {
    test.describe(() => {
      test.use({ ...group.options, settings: onScreenOf(group.options.settings ?? '', inch) })

      test(`TestAccept_L15_nothing_is_cut_or_too_small/${group.name}, ${inch} inch`, async ({ kiosk }) => {
        test.setTimeout(900_000)
        await group.prepare?.(kiosk)
        const wrong: string[] = []
        let looked = 0
        await lookAtAll(kiosk, group, viewsOn(inch), async (state, { shape, language, mode }) => {
          looked++
          for (const { what, text } of await troubles(kiosk.page, mode.startsWith('large') ? leastTarget.large : leastTarget.standard))
            wrong.push(`| ${state.screen} ${state.name} | ${inch} | ${shape} | ${language} | ${mode} | ${what} | ${text.replaceAll('|', '/')} |`)
        })
        mkdirSync(dirname(report), { recursive: true })
        appendFileSync(report, [`${group.name}, ${inch} inch: ${looked} views, ${wrong.length} troubles`, ...wrong, ''].join('\n'))
        expect(wrong.slice(0, 20).join('\n'), `${wrong.length} troubles in ${looked} views`).toBe('')
      })
    })
  }
}
