// Colours of the drawn covers: printing inks and glazes rather than screen
// colours. Each palette keeps its title at 4.5:1 or better against its ground
// (a test counts it).

import type { Family } from './families'

export interface Palette {
  /** The cover's cloth. */
  ground: string
  /** A second tone of the cloth, for depth. */
  deep: string
  /** Main colour of the picture. */
  main: string
  /** The one bright spot. */
  accent: string
  /** Title and author. */
  ink: string
}

const indigo: Palette = { ground: '#1f3d66', deep: '#132a4a', main: '#6f93bd', accent: '#d9b870', ink: '#fbf7ec' }
const night: Palette = { ground: '#1b2440', deep: '#0f152b', main: '#5a6ea3', accent: '#f0cf83', ink: '#f6f1e2' }
const cinnabar: Palette = { ground: '#a83225', deep: '#7c1f16', main: '#d9745f', accent: '#f3d9a4', ink: '#fff7ea' }
const plum: Palette = { ground: '#5c2a4a', deep: '#3e1831', main: '#a8688d', accent: '#f2c6c0', ink: '#fdf2ee' }
const pine: Palette = { ground: '#23503f', deep: '#14352a', main: '#6ea58b', accent: '#e7c77b', ink: '#f5f4e6' }
const celadon: Palette = { ground: '#d3e3d8', deep: '#b4cfbf', main: '#5e8f79', accent: '#b8442f', ink: '#1f3a30' }
const rice: Palette = { ground: '#f1e8d4', deep: '#e0d2b4', main: '#a68a5b', accent: '#b23a2b', ink: '#2f2618' }
const porcelain: Palette = { ground: '#f2f1ea', deep: '#dcdfe3', main: '#2d5592', accent: '#b8402e', ink: '#1a3463' }
const ochre: Palette = { ground: '#b9712a', deep: '#8c4f15', main: '#e3b06a', accent: '#fff0c9', ink: '#23130a' }
const sun: Palette = { ground: '#f3c64e', deep: '#e2a72f', main: '#c2452f', accent: '#1f5a8a', ink: '#3a230b' }
const skyBlue: Palette = { ground: '#9fcbe0', deep: '#74b0cf', main: '#f7f4e8', accent: '#d8482f', ink: '#12324a' }
const coral: Palette = { ground: '#ec8a70', deep: '#d66c52', main: '#fbe3cd', accent: '#20506b', ink: '#34130c' }
const leaf: Palette = { ground: '#a9c77a', deep: '#8bb058', main: '#2f6b43', accent: '#dd5a36', ink: '#1d3416' }
const slate: Palette = { ground: '#36454f', deep: '#222e36', main: '#7f97a5', accent: '#e48f4a', ink: '#f3f3ec' }
const tea: Palette = { ground: '#6b4423', deep: '#4a2c13', main: '#c79a63', accent: '#f0d9a0', ink: '#fbf3e2' }
const lacquer: Palette = { ground: '#7a1f1c', deep: '#551210', main: '#c0645a', accent: '#ecc67a', ink: '#fdf3e6' }
const iron: Palette = { ground: '#4a3a34', deep: '#2f2420', main: '#9b8073', accent: '#e58e3c', ink: '#f8efe3' }
const teal: Palette = { ground: '#175a66', deep: '#0b3c46', main: '#5ba4ab', accent: '#f2b95f', ink: '#f1f6f0' }
const lilac: Palette = { ground: '#d9d0e4', deep: '#bfb2d2', main: '#6a5592', accent: '#c54b58', ink: '#2f2447' }
const blush: Palette = { ground: '#f0d6cb', deep: '#e0b9a9', main: '#b35c4c', accent: '#355f7c', ink: '#43201a' }
const ash: Palette = { ground: '#dad7cf', deep: '#c1bdb2', main: '#5b6470', accent: '#b23a2b', ink: '#23282f' }
const wheat: Palette = { ground: '#e6cf91', deep: '#d0b268', main: '#6b7c34', accent: '#a8442a', ink: '#33290f' }

export const palettes: Record<Family, readonly Palette[]> = {
  classic: [indigo, tea, pine, rice, plum, lacquer, celadon, night, teal],
  literature: [porcelain, celadon, blush, cinnabar, teal, rice, plum],
  world: [coral, teal, night, blush, ochre, skyBlue],
  children: [sun, skyBlue, coral, leaf],
  history: [rice, pine, ochre, celadon, cinnabar],
  philosophy: [ash, night, rice, lilac],
  society: [slate, cinnabar, ash, indigo],
  economy: [teal, ochre, pine, ash],
  railway: [slate, cinnabar, pine, wheat],
  education: [skyBlue, blush, teal, wheat],
  language: [rice, lilac, cinnabar, celadon],
  art: [coral, lilac, sun, plum, porcelain],
  science: [night, teal, lilac, slate],
  sky: [night, indigo, teal],
  life: [leaf, celadon, pine, blush],
  medicine: [celadon, porcelain, teal, blush],
  fields: [wheat, leaf, ochre, pine],
  industry: [iron, slate, ochre, wheat],
  computing: [slate, teal, night, lilac],
  building: [ash, ochre, porcelain, iron],
  general: [porcelain, ash, slate, rice],
}
