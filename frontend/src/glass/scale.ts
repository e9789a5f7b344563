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
}

export function scaleOf(screen: Hello['screen'], width: number, height: number): Scale {
  const mm = Math.hypot(width, height) / (screen.diagonalInch * mmPerInch)
  const within = (reachHeight - screen.bottomMM) * mm
  return { mm, reach: Math.min(height, Math.max(within, height * 0.4)) }
}

/** Keeps --mm and --reach on the root true, also when the window changes. */
export function keepScale(screen: Hello['screen'], target: Window): () => void {
  const root = target.document.documentElement
  const apply = () => {
    const { mm, reach } = scaleOf(screen, target.innerWidth, target.innerHeight)
    root.style.setProperty('--mm', `${mm}px`)
    root.style.setProperty('--reach', `${reach}px`)
  }
  apply()
  target.addEventListener('resize', apply)
  return () => target.removeEventListener('resize', apply)
}
