// What is wrong with a screen as it is laid out: text cut, covered or outside
// the glass, targets too small. Runs in the page.

import type { Page } from '@playwright/test'

export interface Trouble {
  what: string
  text: string
}

/** Smallest side of a target in millimetres. */
export const leastTarget = { standard: 16, large: 20 }

/** Looks at all that can be seen and touched now. Titles of books may be
 * shortened (class shortens); nothing else may. */
export function troubles(page: Page, leastMM: number): Promise<Trouble[]> {
  return page.evaluate((least) => {
    const found: Trouble[] = []
    const tell = (what: string, element: Element) =>
      found.push({ what, text: `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} "${element.textContent?.trim().slice(0, 40) ?? ''}"` })
    const mm = Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--mm'))
    const top = document.querySelector('[role=dialog]') ?? document.body
    const edge = 1 // px of rounding

    const seen = new Set<Element>()
    const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement
      if (!element || !node.textContent?.trim() || seen.has(element)) continue
      if (element.closest('svg, .for-ears, .demo, script, style') || !element.checkVisibility()) continue
      seen.add(element)
      const cuts = getComputedStyle(element).overflow !== 'visible'
      const wide = element.scrollWidth > element.clientWidth + edge
      const tall = element.scrollHeight > element.clientHeight + edge
      if (cuts && (wide || tall) && !element.closest('.shortens')) tell('cut', element)
      if (element.closest('.shortens')) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      for (const rect of range.getClientRects()) {
        if (rect.width === 0) continue
        if (rect.left < -edge || rect.top < -edge || rect.right > innerWidth + edge || rect.bottom > innerHeight + edge) tell('outside the glass', element)
        for (let box: Element | null = element; box; box = box.parentElement) {
          if (getComputedStyle(box).overflow === 'visible' && !box.matches('button, main, .head, .near, .body, .dock, .panel, .sheet')) continue
          const b = box.getBoundingClientRect()
          if (rect.left < b.left - edge || rect.right > b.right + edge || rect.top < b.top - 2 * edge || rect.bottom > b.bottom + 2 * edge) {
            tell(`beyond ${box.tagName.toLowerCase()}.${box.getAttribute('class') ?? ''}`, element)
            break
          }
        }
        const over = document.elementFromPoint(rect.left + rect.width / 2, rect.top + rect.height / 2)
        const ours = !over || over.contains(element) || element.contains(over)
        if (!ours) tell(`covered by ${over?.tagName.toLowerCase()}.${over?.getAttribute('class') ?? ''}`, element)
      }
    }

    for (const button of top.querySelectorAll('button')) {
      if (!button.checkVisibility()) continue
      const rect = button.getBoundingClientRect()
      const side = Math.min(rect.width, rect.height) / mm
      // The strip of the demo library is no part of a kiosk.
      if (side < least - 0.05 && !button.closest('.demo')) tell(`target of ${side.toFixed(1)} mm`, button)
      const beyond = rect.left < -edge || rect.top < -edge || rect.right > innerWidth + edge || rect.bottom > innerHeight + edge
      if (beyond && !button.closest('.demo')) tell('button outside the glass', button)
      const over = document.elementFromPoint(rect.left + rect.width / 2, rect.top + rect.height / 2)
      if (over && !button.contains(over)) tell(`button covered by ${over.tagName.toLowerCase()}.${over.getAttribute('class') ?? ''}`, button)
    }
    return found
  }, leastMM)
}
