// Motifs of work and number: rails, mills, coins, orbits.

import type { Motif } from './nature'
import { circle, line, n, polygon, rect, smooth, type Shape } from './shapes'

export const railsToTheSun: Motif = (dice) => {
  const x = dice.between(78, 122)
  const shapes: Shape[] = [
    { d: circle(x, 62, dice.between(26, 36)), fill: 'accent' },
    { d: 'M-10 74Q52 58 100 68T210 62V180H-10Z', fill: 'deep' },
  ]
  for (let i = 0; i < 9; i++) {
    const t = (i / 9) ** 1.7
    const y = 76 + t * 100
    const half = 8 + t * 86
    shapes.push({ d: rect(x + (100 - x) * t - half, y, half * 2, 2 + t * 8), fill: 'main', opacity: 0.85 })
  }
  for (const side of [-1, 1]) {
    shapes.push({ d: polygon([[x + side * 4, 68], [x + side * 6, 68], [100 + side * 68, 178], [100 + side * 56, 178]]), fill: 'ink' })
  }
  return shapes
}

export const locomotive: Motif = (dice) => {
  const puff = dice.between(-6, 6)
  const shapes: Shape[] = [
    { d: circle(150 + puff, 20, 11), fill: 'ink', opacity: 0.5 },
    { d: circle(132 + puff / 2, 30, 9), fill: 'ink', opacity: 0.65 },
    { d: circle(120, 42, 7), fill: 'ink', opacity: 0.8 },
    { d: 'M108 52h20l-4 26h-12Z', fill: 'deep' },
    { d: 'M70 76h80q14 0 14 17t-14 17h-80Z', fill: 'main' },
    { d: 'M26 54h48v66h-48Z', fill: 'deep' },
    { d: 'M20 46h60v9h-60Z', fill: 'accent' },
    { d: rect(38, 64, 24, 20), fill: 'ground' },
    { d: 'M26 110h138v12h-138Z', fill: 'accent' },
    { d: circle(158, 92, 8), fill: 'accent' },
    { d: 'M164 122l22 18h-26Z', fill: 'main' },
  ]
  for (const [x, r] of [[52, 21], [100, 17], [140, 17]] as const) {
    shapes.push({ d: circle(x, 148 - r, r), fill: 'deep', stroke: 'ink', width: 3 }, { d: circle(x, 148 - r, 4), fill: 'accent' })
  }
  shapes.push({ d: line(52, 128, 140, 132), stroke: 'ink', width: 4 }, { d: rect(-10, 149, 220, 5), fill: 'main' })
  for (let x = 4; x < 200; x += 26) shapes.push({ d: rect(x, 156, 13, 7), fill: 'deep' })
  return shapes
}

export const viaduct: Motif = (dice) => {
  const arches = dice.whole(3, 4)
  const w = 200 / arches
  let d = 'M-4 78H204V176'
  for (let i = arches - 1; i >= 0; i--) {
    const x = i * w
    d += `H${n(x + w * 0.86)}V${n(126)}a${n(w * 0.36)} ${n(w * 0.36)} 0 0 0 ${n(-w * 0.72)} 0V176`
  }
  return [
    { d: circle(dice.between(40, 160), 34, 19), fill: 'accent' },
    { d: 'M-10 176V128Q44 96 96 124T210 112V176Z', fill: 'deep' },
    { d: `${d}H-4Z`, fill: 'main' },
    { d: rect(-4, 72, 208, 7), fill: 'ink', opacity: 0.85 },
    { d: `M-10 164q30 -9 55 0t55 0t55 0t55 0V182H-10Z`, fill: 'deep' },
  ]
}

export const gears: Motif = (dice) => {
  const gear = (x: number, y: number, r: number, teeth: number, tone: Shape['fill'], turn: number): Shape[] => {
    const corners: [number, number][] = []
    for (let i = 0; i < teeth; i++) {
      const a = turn + (i * 2 * Math.PI) / teeth
      const half = Math.PI / teeth
      for (const [rr, off] of [[r, -0.62], [r * 1.18, -0.36], [r * 1.18, 0.36], [r, 0.62]] as const) {
        corners.push([x + rr * Math.cos(a + off * half), y + rr * Math.sin(a + off * half)])
      }
    }
    return [{ d: polygon(corners), fill: tone ?? 'main' }, { d: circle(x, y, r * 0.56), fill: 'ground' }, { d: circle(x, y, r * 0.24), fill: tone ?? 'main' }]
  }
  const turn = dice.between(0, 1)
  return [
    ...gear(66, 104, 50, 14, 'main', turn),
    ...gear(150, 62, 30, 9, 'accent', turn + 0.3),
    ...gear(158, 148, 26, 8, 'deep', turn + 0.1),
  ]
}

export const headframe: Motif = (dice) => {
  const x = dice.between(78, 104)
  const wheel = (cx: number): Shape[] => [
    { d: circle(cx, 36, 19), stroke: 'accent', width: 4 },
    { d: line(cx - 19, 36, cx + 19, 36), stroke: 'accent', width: 2 },
    { d: line(cx, 17, cx, 55), stroke: 'accent', width: 2 },
  ]
  const shapes: Shape[] = [
    { d: 'M-10 178V146L40 112L86 148Z', fill: 'deep' },
    { d: `M${n(x - 24)} 46L${n(x - 38)} 172M${n(x + 12)} 46L${n(x + 26)} 172M${n(x + 12)} 46L${n(x + 88)} 172`, stroke: 'main', width: 6 },
  ]
  for (let k = 0; k < 4; k++) {
    const y = 62 + k * 28
    shapes.push({ d: `M${n(x - 27 - k * 3)} ${n(y)}L${n(x + 17 + k * 3)} ${n(y + 26)}M${n(x + 15 + k * 3)} ${n(y)}L${n(x - 30 - k * 3)} ${n(y + 26)}`, stroke: 'main', width: 2.4 })
  }
  shapes.push(...wheel(x - 10), ...wheel(x + 26))
  shapes.push({ d: rect(140, 118, 44, 54), fill: 'deep' }, { d: 'M136 118l26 -18l26 18Z', fill: 'main' }, { d: rect(-10, 168, 220, 12), fill: 'main' })
  return shapes
}

export const coins: Motif = (dice) => {
  const shapes: Shape[] = []
  const places: [number, number, number][] = [[58, 104, 46], [140, 66, 36], [146, 138, 26], [78, 30, 20]]
  places.forEach(([x, y, r], i) => {
    const rr = r + dice.between(-3, 3)
    const tone = i === dice.whole(1, 2) ? 'accent' : i === 3 ? 'deep' : 'main'
    shapes.push({ d: circle(x, y, rr), fill: tone }, { d: circle(x, y, rr * 0.86), stroke: 'ground', width: 1.6 }, { d: rect(x - rr * 0.28, y - rr * 0.28, rr * 0.56, rr * 0.56), fill: 'ground' })
  })
  return shapes
}

export const abacus: Motif = (dice) => {
  const shapes: Shape[] = []
  for (let rod = 0; rod < 6; rod++) {
    const x = 32 + rod * 27
    shapes.push({ d: line(x, 16, x, 158), stroke: 'main', width: 2.4 })
    const up = dice.whole(0, 1)
    const down = dice.whole(0, 3)
    shapes.push({ d: bead(x, up ? 48 : 32), fill: 'accent' })
    for (let k = 0; k < 4; k++) shapes.push({ d: bead(x, k < down ? 80 + k * 15 : 104 + k * 15 - 4), fill: rod % 3 === 1 ? 'deep' : 'main' })
  }
  shapes.push({ d: 'M14 16H186V158H14Z', stroke: 'deep', width: 8 }, { d: line(14, 63, 186, 63), stroke: 'deep', width: 6 })
  return shapes
}

function bead(x: number, y: number): string {
  return `M${n(x - 12)} ${n(y)}l6 -7h12l6 7l-6 7h-12Z`
}

export const orbits: Motif = (dice) => {
  const shapes: Shape[] = []
  const rings = dice.whole(3, 4)
  for (let i = 0; i < rings; i++) {
    const a = (i * Math.PI) / rings + dice.between(0, 0.2)
    const points: [number, number][] = []
    for (let k = 0; k <= 40; k++) {
      const t = (k / 40) * 2 * Math.PI
      const [ex, ey] = [76 * Math.cos(t), 28 * Math.sin(t)]
      points.push([100 + ex * Math.cos(a) - ey * Math.sin(a), 86 + ex * Math.sin(a) + ey * Math.cos(a)])
    }
    const at = points[dice.whole(2, 38)] ?? [100, 86]
    shapes.push({ d: `${smooth(points)}Z`, stroke: 'main', width: 2.6 }, { d: circle(at[0], at[1], 6.5), fill: 'accent' })
  }
  shapes.push({ d: circle(100, 86, 15), fill: 'accent' })
  return shapes
}

export const curveFigure: Motif = (dice) => {
  const [a, b] = dice.pick([[3, 2], [5, 4], [5, 3], [4, 3]] as const)
  const phase = dice.between(0.3, 1.4)
  const points: [number, number][] = []
  for (let k = 0; k <= 240; k++) {
    const t = (k / 240) * 2 * Math.PI
    points.push([100 + 78 * Math.sin(a * t + phase), 86 + 70 * Math.sin(b * t)])
  }
  const shapes: Shape[] = [{ d: line(100, 6, 100, 166), stroke: 'deep', width: 2 }, { d: line(10, 86, 190, 86), stroke: 'deep', width: 2 }]
  shapes.push({ d: smooth(points), stroke: 'main', width: 3 })
  for (let i = 0; i < 3; i++) {
    const p = points[dice.whole(0, 239)] ?? [100, 86]
    shapes.push({ d: circle(p[0], p[1], 6), fill: 'accent' })
  }
  return shapes
}
