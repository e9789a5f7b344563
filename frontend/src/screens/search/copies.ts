// Copies that are alike in everything a reader asks for stand on one line.

import type { Copy } from '../../api/find'

export interface Alike {
  copy: Copy
  count: number
}

/** In the order of their first; those on the shelf before the others. */
export function alike(copies: readonly Copy[]): Alike[] {
  const groups = new Map<string, Alike>()
  for (const copy of copies) {
    const key = JSON.stringify([copy.place, copy.callNumber, copy.branch, copy.state, copy.due ?? ''])
    const group = groups.get(key)
    if (group) group.count++
    else groups.set(key, { copy, count: 1 })
  }
  const away = ({ copy }: Alike) => (copy.state === 'on_shelf' ? 0 : 1)
  return [...groups.values()].sort((a, b) => away(a) - away(b))
}
