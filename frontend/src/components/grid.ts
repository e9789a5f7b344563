// How many cells of a certain size a box has room for. The size is that of a
// probe, an invisible cell, so that it may be given in any unit and grows with
// the reader's modes.

import { onMounted, onUnmounted, ref, type Ref } from 'vue'

export interface Room {
  columns: number
  rows: number
}

/** before is what counts until there is something to measure. */
export function useRoom(box: () => HTMLElement | null, probe: () => HTMLElement | null, before: Room): Ref<Room> {
  const room = ref(before)
  const measure = () => {
    const [outer, cell] = [box(), probe()]
    if (!outer || !cell || outer.clientWidth === 0 || cell.offsetWidth === 0) return
    const style = getComputedStyle(outer)
    const inside = (size: number, ...padding: string[]) =>
      padding.reduce((left, one) => left - (Number.parseFloat(one) || 0), size)
    const fit = (size: number, one: number, gap: string) => {
      const between = Number.parseFloat(gap) || 0
      return Math.max(1, Math.floor((size + between + 0.5) / (one + between)))
    }
    const next = {
      columns: fit(inside(outer.clientWidth, style.paddingLeft, style.paddingRight), cell.offsetWidth, style.columnGap),
      rows: fit(inside(outer.clientHeight, style.paddingTop, style.paddingBottom), cell.offsetHeight, style.rowGap),
    }
    if (next.columns !== room.value.columns || next.rows !== room.value.rows) room.value = next
  }
  let observer: ResizeObserver | undefined
  onMounted(() => {
    measure()
    if (typeof ResizeObserver === 'undefined') return
    observer = new ResizeObserver(measure)
    for (const element of [box(), probe()]) if (element) observer.observe(element)
  })
  onUnmounted(() => observer?.disconnect())
  return room
}
