import { describe, expect, it } from 'vitest'
import { keepScale, scaleOf } from './scale'

describe('scale', () => {
  it.each([
    [21.5, 81],
    [32, 54],
    [43, 41],
  ])('TestAccept_L15_mm_scale: 20 mm on %s inch at 1080p are about %i px', (diagonalInch, px) => {
    for (const [width, height] of [
      [1080, 1920],
      [1920, 1080],
    ] as const) {
      expect(Math.abs(scaleOf({ diagonalInch, bottomMM: 700 }, width, height).mm * 20 - px)).toBeLessThan(1)
    }
  })

  it('ends the reach at 1120 mm from the floor', () => {
    const { mm, reach, band } = scaleOf({ diagonalInch: 32, bottomMM: 716 }, 1080, 1920)
    expect(Math.round(reach / mm + 716)).toBe(1120)
    expect(band).toBe('narrow')
  })

  it('never leaves less than two fifths of the screen, nor more than all of it', () => {
    expect(scaleOf({ diagonalInch: 32, bottomMM: 1100 }, 1080, 1920).reach).toBe(768)
    const low = scaleOf({ diagonalInch: 21.5, bottomMM: 300 }, 1080, 1920)
    expect(low.reach).toBe(1920)
    expect(low.band).toBe('wide')
  })

  it('keeps the root true', () => {
    const stop = keepScale({ diagonalInch: 32, bottomMM: 700 }, window)
    expect(document.documentElement.style.getPropertyValue('--mm')).toMatch(/^\d+\.\d+px$/)
    stop()
  })
})
