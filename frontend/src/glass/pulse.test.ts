import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { beatEvery, beatWhileDrawing, throttled, touchEvery } from './pulse'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

describe('signs of life', () => {
  it('beats only when frames are drawn', () => {
    let drawing = true
    const frames = vi.spyOn(window, 'requestAnimationFrame').mockImplementation((callback) => {
      if (drawing) callback(0)
      return 0
    })
    let beats = 0
    const stop = beatWhileDrawing(() => beats++, window)
    vi.advanceTimersByTime(beatEvery * 3)
    expect(beats).toBe(3)
    drawing = false
    vi.advanceTimersByTime(beatEvery * 3)
    expect(beats).toBe(3)
    stop()
    frames.mockClear()
    vi.advanceTimersByTime(beatEvery * 3)
    expect(frames).not.toHaveBeenCalled()
  })

  it('tells of touches at most once a second', () => {
    let now = 0
    let told = 0
    const touch = throttled(
      () => told++,
      () => now,
    )
    touch()
    now = touchEvery - 1
    touch()
    expect(told).toBe(1)
    now = touchEvery
    touch()
    expect(told).toBe(2)
  })
})
