// Millimetres on this screen, and the band that every reader can reach.

import type { Hello } from '../api/types'

/** Highest a control may sit for a reader in a wheelchair, mm from the floor. */
export const reachHeight = 1120

const mmPerInch = 25.4

export interface Scale {
  /** CSS px per millimetre. */
  mm: number
  /** Height of the lowest band within reach, px; at least two fifths of the screen. */
  reach: number
  /** wide: all but the screen's head is in reach anyway. */
  band: 'wide' | 'narrow'
}

/** From this share of the screen on the band counts as wide. */
const wideBand = 0.85

export function scaleOf(screen: Hello['screen'], width: number, height: number): Scale {
  const mm = Math.hypot(width, height) / (screen.diagonalInch * mmPerInch)
  const within = (reachHeight - screen.bottomMM) * mm
  const reach = Math.min(height, Math.max(within, height * 0.4))
  return { mm, reach, band: reach >= height * wideBand ? 'wide' : 'narrow' }
}

/** Keeps --mm and --reach on the root true, also when the window changes. */
export function keepScale(screen: Hello['screen'], target: Window): () => void {
  const root = target.document.documentElement
  const apply = () => {
    const { mm, reach, band } = scaleOf(screen, target.innerWidth, target.innerHeight)
    root.style.setProperty('--mm', `${mm}px`)
    root.style.setProperty('--reach', `${reach}px`)
    root.dataset['band'] = band
  }
  apply()
  target.addEventListener('resize', apply)
  return () => target.removeEventListener('resize', apply)
}
