// The same book always has the same cover: every choice comes from a hash of
// its title and author.

/** FNV-1a over the UTF-16 units, 32 bits. */
export function hash(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) {
    h ^= text.charCodeAt(i)
    h = Math.imul(h, 0x01000193)
  }
  return h >>> 0
}

export interface Dice {
  /** 0 ≤ n < 1 */
  next(): number
  /** from ≤ n < to */
  between(from: number, to: number): number
  /** An integer from ≤ n ≤ to. */
  whole(from: number, to: number): number
  pick<T>(list: readonly T[]): T
}

/** mulberry32: small, fast, the same everywhere. */
export function dice(seed: number): Dice {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  return {
    next,
    between: (from, to) => from + next() * (to - from),
    whole: (from, to) => from + Math.floor(next() * (to - from + 1)),
    pick: (list) => {
      const one = list[Math.floor(next() * list.length)]
      if (one === undefined) throw new Error('nothing to pick from')
      return one
    },
  }
}
