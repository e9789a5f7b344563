// Chooses what a cover looks like: family by class, everything else by a hash
// of title and author.

import { families, familyOf, type Family } from './families'
import * as figures from './figures'
import * as nature from './nature'
import type { Motif } from './nature'
import { palettes, type Palette } from './palettes'
import { dice, hash } from './random'
import type { Shape } from './shapes'
import * as works from './works'

/** thread: bound with thread, a slip with the title. head: title over the
 * picture. slip: picture with a standing slip. foot: picture over the title. */
export type Layout = 'thread' | 'head' | 'slip' | 'foot'

export interface CoverDesign {
  family: Family
  palette: Palette
  layout: Layout
  picture: Shape[]
  /** Standing columns rather than lying lines. */
  vertical: boolean
}

const motifs: Record<Family, readonly Motif[]> = {
  classic: [nature.cloudScroll, nature.plumBranch, nature.lattice, nature.peaks, nature.lotus, nature.moonOverWaves, nature.bamboo, nature.pagoda],
  literature: [nature.plumBranch, nature.moonOverWaves, nature.bamboo, nature.lattice, nature.lotus, nature.peaks],
  world: [nature.sailAndSun, figures.rays, figures.arcTiles, nature.moonOverWaves, figures.skyline],
  children: [figures.kite, figures.paperBoat, figures.whale, works.locomotive],
  history: [nature.peaks, nature.pagoda, nature.cloudScroll],
  philosophy: [nature.brushCircle, nature.ripples, nature.moonOverWaves],
  society: [figures.weave, figures.rays, figures.steps],
  economy: [works.coins, works.abacus, figures.steps],
  railway: [works.railsToTheSun, works.locomotive, works.viaduct],
  education: [figures.standingBooks, figures.steps, figures.kite],
  language: [figures.writingGrid, figures.voices],
  art: [figures.arcTiles, figures.vase, nature.lotus, nature.brushCircle],
  science: [works.orbits, works.curveFigure, figures.dotWave],
  sky: [figures.starsAndPlanet, figures.contours, nature.peaks],
  life: [nature.branchOfLeaves, nature.lotus, figures.whale],
  medicine: [nature.herbAndMortar, figures.pulse, nature.branchOfLeaves],
  fields: [nature.terraces, nature.wheatEars],
  industry: [works.gears, works.headframe, works.viaduct],
  computing: [figures.circuit, figures.dotWave, works.curveFigure],
  building: [figures.skyline, works.viaduct, figures.arcTiles],
  general: [figures.standingBooks, figures.arcTiles, figures.weave],
}

const hanOnly = /^[\p{Script=Han}〇·・—－\s]+$/u

/** The main title: what stands before a subtitle, a bracket or a slash. */
export function mainTitle(title: string): string {
  const head = title.split(/\s*[:：/=（(【[]/u)[0]?.trim() ?? ''
  return head.replace(/^[《"“]|[》"”.]$/gu, '') || title.trim()
}

export function designCover(title: string, author: string, classNumber: string): CoverDesign {
  const seed = hash(`${title}\u0000${author}`)
  const roll = dice(seed)
  const family = familyOf(classNumber) ?? families[seed % families.length] ?? 'general'
  const name = mainTitle(title)
  const stands = hanOnly.test(name) && [...name].length <= 8
  const palette = roll.pick(palettes[family])
  const motif = roll.pick(motifs[family])
  const layout = layoutOf(family, stands, roll.next())
  return { family, palette, layout, picture: motif(roll), vertical: stands && (layout === 'thread' || layout === 'slip') }
}

function layoutOf(family: Family, stands: boolean, chance: number): Layout {
  if (!stands) return chance < 0.6 ? 'head' : 'foot'
  if (family === 'classic') return chance < 0.75 ? 'thread' : 'slip'
  if (chance < 0.36) return 'slip'
  return chance < 0.7 ? 'head' : 'foot'
}
