// Large text that does not fit: the region goes back to standard sizes rather
// than cut a word. Looked at after every change of content, size or mode.

import { onMounted, onUnmounted, onUpdated } from 'vue'

const standardSize = 'standard-size'

export function keepFitting(regions: () => readonly (HTMLElement | null)[]): void {
  const fit = () => {
    for (const region of regions()) {
      if (!region) continue
      region.classList.remove(standardSize)
      if (overflows(region)) region.classList.add(standardSize)
    }
  }
  let resized: ResizeObserver | undefined
  let switched: MutationObserver | undefined
  onMounted(() => {
    fit()
    if (typeof ResizeObserver !== 'undefined') {
      resized = new ResizeObserver(fit)
      const frame = regions()[0]?.parentElement
      if (frame) resized.observe(frame)
    }
    switched = new MutationObserver(fit)
    switched.observe(document.documentElement, { attributes: true, attributeFilter: ['data-text', 'data-position', 'lang'] })
    document.fonts?.addEventListener('loadingdone', fit)
  })
  onUpdated(fit)
  onUnmounted(() => {
    resized?.disconnect()
    switched?.disconnect()
    document.fonts?.removeEventListener('loadingdone', fit)
  })
}

function overflows(region: HTMLElement): boolean {
  return [region, ...region.children].some(
    (box) => box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1,
  )
}
