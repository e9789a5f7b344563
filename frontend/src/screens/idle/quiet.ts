// Tells that nobody has been at the glass for a while. A touch, a key or news of
// Go ends it at once; the touch goes on to what it was meant for.

import { onMounted, onUnmounted, readonly, ref, type Ref } from 'vue'

/** Milliseconds without anybody after which the first screen begins to show books. */
export const quietAfter = 90_000

const signs = ['pointerdown', 'keydown'] as const

export function useQuiet(after = quietAfter): { quiet: Readonly<Ref<boolean>>; wake: () => void } {
  const quiet = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  const wake = (): void => {
    quiet.value = false
    clearTimeout(timer)
    timer = setTimeout(() => {
      quiet.value = true
    }, after)
  }
  onMounted(() => {
    for (const sign of signs) addEventListener(sign, wake, { capture: true, passive: true })
    wake()
  })
  onUnmounted(() => {
    clearTimeout(timer)
    for (const sign of signs) removeEventListener(sign, wake, { capture: true })
  })
  return { quiet: readonly(quiet), wake }
}
