// The order a list had when it was opened, kept while the screen stands: what
// the reader has just touched does not move away under the finger.

import { computed, type ComputedRef } from 'vue'

export function useSteadyOrder<T extends { id: string }>(items: () => readonly T[]): ComputedRef<T[]> {
  const places = new Map<string, number>()
  return computed(() => {
    const now = items()
    for (const { id } of now) if (!places.has(id)) places.set(id, places.size)
    return [...now].sort((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0))
  })
}
