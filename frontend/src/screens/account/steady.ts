// The order a list had when it was opened, kept while the screen stands: what
// the reader has just touched does not move away under the finger. It is made
// anew when something happened to the whole list.

import { computed, type ComputedRef } from 'vue'

export function useSteadyOrder<T extends { id: string }>(items: () => readonly T[], happened: () => boolean = () => false): ComputedRef<T[]> {
  const places = new Map<string, number>()
  let had = happened()
  return computed(() => {
    const now = items()
    if (happened() !== had) {
      had = happened()
      places.clear()
    }
    for (const { id } of now) if (!places.has(id)) places.set(id, places.size)
    return [...now].sort((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0))
  })
}
