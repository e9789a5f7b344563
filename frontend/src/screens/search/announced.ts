// What is said aloud of the list: how many there are, once the typing rests,
// not after every key.

import { onUnmounted, ref, watch, type Ref } from 'vue'

/** Milliseconds without a change before it is said. */
export const announcedAfter = 700

/** words is what to say now; empty is nothing. */
export function useAnnounced(words: () => string, changed: () => unknown): Ref<string> {
  const said = ref('')
  let rest: ReturnType<typeof setTimeout> | undefined
  watch(changed, () => {
    clearTimeout(rest)
    said.value = ''
    rest = setTimeout(() => {
      said.value = words()
    }, announcedAfter)
  })
  onUnmounted(() => clearTimeout(rest))
  return said
}
