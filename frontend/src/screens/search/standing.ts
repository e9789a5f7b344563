// How the screen stands: high or wide, and whether everything that is touched
// must gather in the low band. Then the list is shown above, numbered, and
// numbers are touched below.

import { onMounted, onUnmounted, ref, type Ref } from 'vue'

export interface Standing {
  portrait: Ref<boolean>
  /** Low position on a screen whose upper part is out of reach. */
  numbered: Ref<boolean>
  large: Ref<boolean>
  /** Low position at all: nothing is touched at the upper edge. */
  low: Ref<boolean>
}

export function useStanding(): Standing {
  const portrait = ref(true)
  const numbered = ref(false)
  const large = ref(false)
  const low = ref(false)
  const look = () => {
    const { position, band, text } = document.documentElement.dataset
    portrait.value = window.innerHeight >= window.innerWidth
    low.value = position === 'low'
    numbered.value = portrait.value && low.value && band === 'narrow'
    large.value = text === 'large'
  }
  look()
  const modes = new MutationObserver(look)
  onMounted(() => {
    modes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-position', 'data-band', 'data-text'] })
    window.addEventListener('resize', look)
  })
  onUnmounted(() => {
    modes.disconnect()
    window.removeEventListener('resize', look)
  })
  return { portrait, numbered, large, low }
}
