// No text cut, covered or outside the glass, no target too small or out of
// reach: every scene, both shapes, the smallest and the largest screen, all
// languages and modes, and the pseudo-locale that is 1.35 times as long.

import { expect, test, type Page } from '@playwright/test'
import { scenes } from '../src/api/scenes'
import { open, show, type Shape } from './stage'

/** Smallest side of a target, mm (interface: 16 to 20, large text 20). */
const smallest = { standard: 16, large: 20 }

interface Trouble {
  what: string
  text: string
}

function troubles(page: Page, leastTarget: number): Promise<Trouble[]> {
  return page.evaluate((least) => {
    const found: Trouble[] = []
    const mm = Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--mm'))
    const reach = Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--reach'))
    const low = document.documentElement.dataset['position'] === 'low'
    const dialog = document.querySelector('[role=dialog]')
    const top = dialog ?? document.body

    // A Latin word never breaks in the middle.
    const broken = (node: Node, parent: Element): string | undefined => {
      if (parent.closest('.group')) return undefined
      for (const word of (node.textContent ?? '').matchAll(/[A-Za-z]{3,}/g)) {
        const range = document.createRange()
        range.setStart(node, word.index)
        range.setEnd(node, word.index + word[0].length)
        const rows = new Set([...range.getClientRects()].map((r) => Math.round(r.top)))
        if (rows.size > 1) return word[0]
      }
      return undefined
    }

    const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement
      if (!parent || !node.textContent?.trim()) continue
      if (parent.closest('svg, .shortens, .for-ears, script, style') || !parent.checkVisibility()) continue
      const cut = broken(node, parent)
      if (cut) found.push({ what: 'word broken', text: cut })
      const range = document.createRange()
      range.selectNodeContents(node)
      for (const rect of range.getClientRects()) {
        const text = node.textContent.trim().slice(0, 40)
        if (rect.left < -1 || rect.top < -1 || rect.right > innerWidth + 1 || rect.bottom > innerHeight + 1) {
          found.push({ what: 'outside the glass', text })
        }
        for (let box: Element | null = parent; box; box = box.parentElement) {
          const style = getComputedStyle(box)
          const clips = style.overflowX !== 'visible' || box.matches('button, .head, .body, .dock, .near, main')
          if (!clips) continue
          const b = box.getBoundingClientRect()
          if (rect.left < b.left - 1 || rect.right > b.right + 1 || rect.top < b.top - 2 || rect.bottom > b.bottom + 2) {
            found.push({ what: `beyond ${box.tagName.toLowerCase()}.${box.className}`, text })
            break
          }
        }
        const seen = document.elementFromPoint(rect.left + rect.width / 2, rect.top + rect.height / 2)
        if (seen && !seen.contains(parent) && !parent.contains(seen)) {
          found.push({ what: `covered by ${seen.tagName.toLowerCase()}.${seen.getAttribute('class')}`, text })
        }
      }
    }

    for (const button of top.querySelectorAll('button')) {
      if (!button.checkVisibility()) continue
      const rect = button.getBoundingClientRect()
      const text = button.textContent?.trim().slice(0, 40) ?? ''
      const side = Math.min(rect.width, rect.height) / mm
      if (side < least - 0.1 && !button.closest('.demo')) found.push({ what: `target of ${side.toFixed(1)} mm`, text })
      const over = document.elementFromPoint(rect.left + rect.width / 2, rect.top + rect.height / 2)
      if (!over || !button.contains(over)) found.push({ what: `covered by ${over?.tagName.toLowerCase()}.${over?.getAttribute('class')}`, text })
      if (low && rect.top < innerHeight - reach - 1 && !button.closest('.demo')) found.push({ what: 'out of reach', text })
    }
    return found
  }, leastTarget)
}

/** SCENES=idle,pin looks at these only. */
const looked = process.env['SCENES']?.split(',') ?? Object.keys(scenes)
const languages = ['zh-Hans', 'zh-Hant', 'en']
const modes = ['', 'large', 'contrast', 'low', 'large&low']

for (const shape of ['portrait', 'landscape'] satisfies Shape[]) {
  for (const inch of [21.5, 43]) {
    for (const pseudo of ['', 'pseudo', 'demo']) {
      test(`TestAccept_L15 nothing is cut: ${shape}, ${inch} inch ${pseudo}`, async ({ page }) => {
        await open(page, shape, `inch=${inch}&${pseudo}`)
        const wrong: string[] = []
        for (const scene of looked) {
          // Longer words or the strip, and a notice where there need be none: room for all at once is not promised.
          if (pseudo !== '' && scene.endsWith('_noticed')) continue
          for (const language of pseudo === 'demo' ? ['zh-Hans', 'en'] : languages) {
            for (const mode of modes) {
              await show(page, scene, `lang=${language}&${mode}`)
              const least = mode.includes('large') ? smallest.large : smallest.standard
              const found = await troubles(page, least)
              const first = found[0]
              if (first) wrong.push(`${scene} ${language} ${mode}: ${found.length}: ${first.what}: ${first.text}`)
            }
          }
        }
        expect(wrong.join('\n')).toBe('')
      })
    }
  }
}
