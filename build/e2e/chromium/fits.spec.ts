// Nothing is cut, covered, outside the glass or too small to touch: every
// screen in every language, mode and shape, on the smallest, a common and the
// largest screen. FITS=all looks at the common screen as closely as at the
// others; build/out/fits.md has what was found.

import { appendFileSync, mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { leastTarget, troubles } from './fits'
import { expect, test } from './kiosk'
import { groups, lookAtAll, modes, onScreenOf, shapes, type Shape, type Wanted } from './states'
import { languages } from './words'

const report = resolve(__dirname, '../../out/fits.md')
const all: Wanted = { shapes: Object.keys(shapes) as Shape[], languages, modes: Object.keys(modes) }

for (const inch of [21.5, 32, 43]) {
  for (const group of groups) {
    test.describe(() => {
      test.use({ ...group.options, settings: onScreenOf(group.options.settings ?? '', inch) })

      test(`TestAccept_L15_nothing_is_cut_or_too_small/${group.name}, ${inch} inch`, async ({ kiosk }) => {
        test.setTimeout(600_000)
        await group.prepare?.(kiosk)
        const wrong: string[] = []
        let looked = 0
        await lookAtAll(kiosk, group, all, async ({ state, shape, language, mode }) => {
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
