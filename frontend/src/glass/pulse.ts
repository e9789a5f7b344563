// Signs of life towards Go: a beat that only goes out when a frame is really
// drawn, and the touches that keep a visit open.

/** Milliseconds between two beats. */
export const beatEvery = 2000
/** Touches are told at most this often (ms). */
export const touchEvery = 1000

export function beatWhileDrawing(beat: () => void, target: Window): () => void {
  const timer = target.setInterval(() => target.requestAnimationFrame(() => beat()), beatEvery)
  return () => target.clearInterval(timer)
}

/** Calls through at once, then not again before touchEvery has passed. */
export function throttled(act: () => void, now: () => number = () => performance.now()): () => void {
  let last = Number.NEGATIVE_INFINITY
  return () => {
    if (now() - last < touchEvery) return
    last = now()
    act()
  }
}
