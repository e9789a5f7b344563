// Whole seconds left of a countdown that Go started: Go says how many were left
// when it spoke, the page counts on from there.

import { computed, onUnmounted, ref, type ComputedRef } from 'vue'
import type { Countdown } from '../api/types'

/** since is performance.now() at the moment the countdown was true. */
export function useCountdown(
  source: () => Countdown | undefined,
  since: () => number,
): ComputedRef<number | undefined> {
  const now = ref(performance.now())
  const timer = setInterval(() => {
    now.value = performance.now()
  }, 250)
  onUnmounted(() => clearInterval(timer))
  return computed(() => {
    const countdown = source()
    if (!countdown) return undefined
    const passed = Math.max(0, now.value - since()) / 1000
    return Math.max(0, Math.ceil(countdown.seconds - passed))
  })
}
