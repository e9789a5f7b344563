// Motifs of letters, land and living things. A motif fills a box of 200 × 170;
// the layout says where on the page the box stands.

import type { Dice } from './random'
import { arc, circle, line, n, polygon, rect, smooth, type Shape } from './shapes'

export type Motif = (dice: Dice) => Shape[]

export const boxHeight = 170

function wave(y: number, height: number, length: number, shift: number): string {
  let d = `M${n(-length + shift)} ${n(y)}`
  for (let x = -length + shift; x < 200 + length; x += length) {
    d += `q${n(length / 4)} ${n(-height)} ${n(length / 2)} 0t${n(length / 2)} 0`
  }
  return `${d}V180H-60Z`
}

export const moonOverWaves: Motif = (dice) => {
  const shapes: Shape[] = [{ d: circle(dice.between(55, 145), 52, dice.between(26, 36)), fill: 'accent' }]
  const rows = dice.whole(3, 4)
  for (let i = 0; i < rows; i++) {
    const y = 92 + i * 24
    shapes.push({ d: wave(y, 12, dice.between(52, 76), dice.between(-30, 30)), fill: i % 2 ? 'deep' : 'main', opacity: i % 2 ? 1 : 0.85 })
  }
  return shapes
}

function blossom(x: number, y: number, r: number, turn: number): Shape[] {
  const shapes: Shape[] = []
  for (let i = 0; i < 5; i++) {
    const a = turn + (i * 2 * Math.PI) / 5
    shapes.push({ d: circle(x + r * 0.62 * Math.cos(a), y + r * 0.62 * Math.sin(a), r * 0.5), fill: 'accent' })
  }
  shapes.push({ d: circle(x, y, r * 0.24), fill: 'ground' })
  return shapes
}

export const plumBranch: Motif = (dice) => {
  const left = dice.next() < 0.5
  const at = (x: number) => (left ? x : 200 - x)
  const bend = dice.between(-14, 14)
  const shapes: Shape[] = [
    { d: smooth([[at(-8), 168], [at(52), 128 + bend], [at(88), 96], [at(132), 74 + bend / 2], [at(186), 28]]), stroke: 'main', width: 6 },
    { d: smooth([[at(84), 98], [at(96), 66], [at(90), 34], [at(112), 8]]), stroke: 'main', width: 3.4 },
    { d: smooth([[at(48), 130], [at(80), 136], [at(118), 124], [at(150), 130]]), stroke: 'main', width: 3.2 },
  ]
  const places: [number, number][] = [[58, 118], [97, 64], [136, 66], [114, 12], [150, 128], [172, 40], [104, 128], [88, 32]]
  places.forEach(([x, y], i) => {
    if (i > 3 && dice.next() < 0.35) return
    if (dice.next() < 0.24) shapes.push({ d: circle(at(x), y, 4.6), fill: 'accent' })
    else shapes.push(...blossom(at(x), y, dice.between(11, 16), dice.between(0, 1.2)))
  })
  return shapes
}

function bambooLeaf(x: number, y: number, length: number, angle: number): string {
  const tip: [number, number] = [x + length * Math.cos(angle), y + length * Math.sin(angle)]
  const side = length * 0.15
  const mx = x + (length / 2.4) * Math.cos(angle)
  const my = y + (length / 2.4) * Math.sin(angle)
  const [ax, ay] = [-Math.sin(angle) * side, Math.cos(angle) * side]
  return `M${n(x)} ${n(y)}Q${n(mx + ax)} ${n(my + ay)} ${n(tip[0])} ${n(tip[1])}Q${n(mx - ax)} ${n(my - ay)} ${n(x)} ${n(y)}Z`
}

export const bamboo: Motif = (dice) => {
  const shapes: Shape[] = []
  const stems = dice.whole(3, 4)
  for (let s = 0; s < stems; s++) {
    const foot = 26 + (s * 132) / (stems - 1) + dice.between(-8, 8)
    const lean = dice.between(-5, 5)
    const width = dice.between(5, 11)
    const joints = dice.whole(3, 4)
    const tone = s % 2 ? 'deep' : 'main'
    let [x, y] = [foot, 176]
    for (let k = 0; k < joints; k++) {
      const up = dice.between(32, 42)
      shapes.push({ d: line(x, y, x + lean, y - up + 3), stroke: tone, width: width * (1 - k * 0.12) })
      x += lean
      y -= up
      if (k > 0 && dice.next() < 0.8) shapes.push(...leafFan(x, y, dice, dice.next() < 0.5))
    }
    shapes.push(...leafFan(x, y + 4, dice, true), ...leafFan(x, y + 4, dice, false))
  }
  return shapes
}

function leafFan(x: number, y: number, dice: Dice, right: boolean): Shape[] {
  return [0.05, 0.5, 0.95].map((down, i) => ({
    d: bambooLeaf(x, y, dice.between(26, 40), right ? down : Math.PI - down),
    fill: i === 1 && dice.next() < 0.35 ? ('accent' as const) : ('main' as const),
    opacity: 0.95,
  }))
}

export const lotus: Motif = (dice) => {
  const x = dice.between(80, 120)
  const shapes: Shape[] = [
    { d: `M-10 150Q50 112 104 146T214 138V180H-10Z`, fill: 'deep' },
    { d: smooth([[x, 78], [x + 5, 120], [x - 4, 172]]), stroke: 'main', width: 4 },
    { d: `M${n(x - 78)} 142q34 -26 74 -4q-36 26 -74 4Z`, fill: 'main' },
    { d: `M${n(x + 14)} 158q34 -24 70 -6q-34 26 -70 6Z`, fill: 'main', opacity: 0.8 },
  ]
  const petals = dice.whole(2, 3)
  for (let i = petals; i >= 0; i--) {
    for (const way of i === 0 ? [0] : [-1, 1]) {
      const lean = way * i * 0.5
      const tip: [number, number] = [x + Math.sin(lean) * 62, 84 - Math.cos(lean) * 62]
      const side: [number, number] = [Math.cos(lean) * 17, Math.sin(lean) * 17]
      const mid: [number, number] = [x + Math.sin(lean) * 32, 84 - Math.cos(lean) * 32]
      shapes.push({
        d: `M${n(x)} 84Q${n(mid[0] - side[0])} ${n(mid[1] - side[1])} ${n(tip[0])} ${n(tip[1])}Q${n(mid[0] + side[0])} ${n(mid[1] + side[1])} ${n(x)} 84Z`,
        fill: 'accent',
        stroke: 'ground',
        width: 1.6,
      })
    }
  }
  return shapes
}

export const lattice: Motif = (dice) => {
  const shapes: Shape[] = [{ d: circle(100, 84, 66), fill: 'main', opacity: 0.34 }, { d: circle(100, 84, 66), stroke: 'main', width: 5 }]
  const step = dice.pick([16.5, 22])
  for (let k = -66 + step; k < 66; k += step) {
    const half = Math.sqrt(66 * 66 - k * k)
    const broken = dice.next() < 0.4 ? half * 0.3 : 0
    for (const side of [-1, 1]) {
      shapes.push({ d: line(100 + k, 84 + side * half, 100 + k, 84 + side * broken), stroke: 'main', width: 2.4 })
      shapes.push({ d: line(100 + side * half, 84 + k, 100 + side * broken, 84 + k), stroke: 'main', width: 2.4 })
    }
  }
  shapes.push(...blossom(100, 84, dice.between(17, 22), dice.between(0, 1)))
  return shapes
}

export const peaks: Motif = (dice) => {
  const shapes: Shape[] = [{ d: circle(dice.between(44, 156), dice.between(28, 48), dice.between(14, 22)), fill: 'accent' }]
  for (let row = 0; row < 3; row++) {
    const base = 108 + row * 30
    let d = `M-10 180L-10 ${n(base)}`
    let x = -10
    while (x < 210) {
      const half = dice.between(20, 34)
      const top = base - dice.between(28, 66) * (1 - row * 0.16)
      d += `C${n(x + half * 0.7)} ${n(base - 6)} ${n(x + half * 0.72)} ${n(top)} ${n(x + half)} ${n(top)}S${n(x + half * 1.4)} ${n(base)} ${n(x + half * 2)} ${n(base)}`
      x += half * 2
    }
    shapes.push({ d: `${d}V180Z`, fill: row === 1 ? 'deep' : 'main', opacity: row === 0 ? 0.55 : 1 })
  }
  for (let k = 0; k < 2; k++) {
    const y = dice.between(88, 118)
    const x = dice.between(10, 110)
    shapes.push({ d: `M${n(x)} ${n(y)}h${n(dice.between(34, 70))}`, stroke: 'ground', width: 5, opacity: 0.9 })
  }
  return shapes
}

export const pagoda: Motif = (dice) => {
  const x = dice.between(72, 128)
  const floors = dice.whole(4, 6)
  const shapes: Shape[] = [{ d: circle(200 - x, 44, 20), fill: 'accent' }]
  const step = 112 / floors
  for (let i = 0; i < floors; i++) {
    const y = 152 - i * step
    const half = 36 - i * (20 / floors)
    shapes.push({ d: rect(x - half * 0.62, y - step, half * 1.24, step), fill: i % 2 ? 'deep' : 'main' })
    shapes.push({ d: `M${n(x - half - 7)} ${n(y - step + 3)}q${n(half * 0.5)} 1 ${n(half * 0.7)} -8h${n(half * 0.6 + 14)}q${n(half * 0.2)} 9 ${n(half * 0.7)} 8l-4 5h${n(-2 * half - 6)}Z`, fill: 'main' })
  }
  shapes.push({ d: line(x, 152 - floors * step - 6, x, 14), stroke: 'main', width: 3 })
  shapes.push({ d: `M-10 180V152Q60 140 118 152T210 148V180Z`, fill: 'deep' })
  return shapes
}

export const cloudScroll: Motif = (dice) => {
  const shapes: Shape[] = []
  const turn = dice.next() < 0.5 ? 1 : -1
  for (let row = 0; row < 4; row++) {
    for (let col = -1; col < 4; col++) {
      const x = col * 62 + (row % 2) * 31 + dice.between(-3, 3)
      const y = 26 + row * 42
      const s = turn
      shapes.push({
        d: `M${n(x - 26 * s)} ${n(y + 12)}c${n(10 * s)} -2 ${n(12 * s)} -8 ${n(14 * s)} -14c${n(3 * s)} -14 ${n(26 * s)} -14 ${n(26 * s)} 2c0 ${n(12)} ${n(-16 * s)} 12 ${n(-16 * s)} 2c0 -5 ${n(7 * s)} -6 ${n(8 * s)} -1`,
        stroke: (row + col) % 3 === 0 ? 'accent' : 'main',
        width: 3.4,
      })
    }
  }
  return shapes
}

export const branchOfLeaves: Motif = (dice) => {
  const lean = dice.between(-26, 26)
  const stem: [number, number][] = [[100 - lean, 178], [100, 118], [100 + lean * 0.6, 62], [100 + lean, 8]]
  const shapes: Shape[] = [{ d: smooth(stem), stroke: 'main', width: 4 }]
  const pairs = dice.whole(4, 6)
  for (let i = 0; i < pairs; i++) {
    const t = i / pairs
    const y = 156 - t * 132
    const x = 100 - lean + 2 * lean * t
    const size = 62 - t * 30
    for (const side of [-1, 1]) {
      const angle = side === 1 ? -0.5 - t * 0.3 : Math.PI + 0.5 + t * 0.3
      const bright = dice.next() < 0.16
      shapes.push({ d: bambooLeaf(x, y - (side === 1 ? 8 : 0), size, angle), fill: bright ? 'accent' : side === 1 ? 'main' : 'deep', stroke: 'main', width: 1 })
    }
  }
  return shapes
}

export const terraces: Motif = (dice) => {
  const shapes: Shape[] = [{ d: circle(dice.between(50, 150), 36, 20), fill: 'accent' }]
  for (let i = 0; i < 7; i++) {
    const y = 64 + i * 17
    const swing = dice.between(8, 22)
    shapes.push({
      d: `M-10 ${n(y + swing / 2)}C40 ${n(y - swing)} 84 ${n(y + swing)} 120 ${n(y)}S178 ${n(y - swing)} 212 ${n(y + swing / 3)}V182H-10Z`,
      fill: i % 2 ? 'deep' : 'main',
      stroke: 'ground',
      width: 2.4,
    })
  }
  return shapes
}

export const wheatEars: Motif = (dice) => {
  const shapes: Shape[] = []
  const ears = dice.whole(3, 5)
  for (let e = 0; e < ears; e++) {
    const x = 36 + (e * 128) / (ears - 1)
    const lean = (x - 100) * 0.16 + dice.between(-5, 5)
    const top = dice.between(24, 48)
    shapes.push({ d: smooth([[x - lean, 178], [x, 108], [x + lean, top]]), stroke: 'main', width: 3 })
    for (let k = 0; k < 6; k++) {
      const y = top + k * 11
      const cx = x + lean * (1 - k * 0.13)
      for (const side of [-1, 1]) {
        shapes.push({ d: bambooLeaf(cx, y + 9, 17, side === 1 ? -0.95 : Math.PI + 0.95), fill: e === 1 ? 'accent' : 'main' })
      }
    }
  }
  return shapes
}

export const herbAndMortar: Motif = (dice) => {
  const tilt = dice.between(-0.22, 0.22)
  const shapes: Shape[] = []
  for (const side of [-1, 0, 1]) {
    const tip: [number, number] = [100 + side * 46 + tilt * 90, 14 + Math.abs(side) * 16]
    shapes.push({ d: smooth([[100, 104], [100 + side * 12, 66], tip]), stroke: 'main', width: 3 })
    for (let k = 1; k <= 3; k++) {
      const t = k / 3.4
      const x = 100 + (tip[0] - 100) * t
      const y = 104 + (tip[1] - 104) * t
      shapes.push({ d: bambooLeaf(x, y, 25, -0.4 - side * 0.3), fill: 'main' }, { d: bambooLeaf(x, y, 25, Math.PI + 0.4 - side * 0.3), fill: 'main' })
    }
    shapes.push({ d: circle(tip[0], tip[1], 6.5), fill: 'accent' })
  }
  shapes.push({ d: 'M46 98h108q-2 46 -38 52v10h18v10h-68v-10h18v-10q-36 -6 -38 -52Z', fill: 'deep' })
  shapes.push({ d: 'M42 92h116v11h-116Z', fill: 'main' })
  return shapes
}

export const ripples: Motif = (dice) => {
  const x = dice.between(70, 130)
  const shapes: Shape[] = []
  for (let i = 9; i > 0; i--) shapes.push({ d: arc(x, 112, i * 17, 0, Math.PI * 1.999), stroke: 'main', width: 1.5 + (i % 3) * 0.9, opacity: 0.9 })
  shapes.push({ d: `M${n(x - 34)} 122q4 -30 36 -31q34 0 36 28q-4 13 -38 13t-34 -10Z`, fill: 'deep' })
  shapes.push({ d: circle(x + dice.between(16, 28), 78, 8), fill: 'accent' })
  return shapes
}

export const brushCircle: Motif = (dice) => {
  const start = dice.between(-1.2, 1.2)
  const shapes: Shape[] = []
  for (let k = 0; k < 9; k++) {
    const r = 52 + k * 2.1
    shapes.push({ d: arc(100, 84, r, start + k * 0.05, start + 5.5 - k * 0.12 + dice.between(0, 0.25)), stroke: 'main', width: 2.8, opacity: 0.92 - k * 0.03 })
  }
  shapes.push({ d: rect(142, 128, 20, 20), fill: 'accent' }, { d: 'M146 133h12M152 133v10M146 143h12', stroke: 'ground', width: 1.8 })
  return shapes
}

export const sailAndSun: Motif = (dice) => {
  const x = dice.between(64, 116)
  return [
    { d: circle(200 - x, 92, dice.between(30, 44)), fill: 'accent' },
    { d: polygon([[x, 18], [x, 106], [x - 40, 106]]), fill: 'ink', opacity: 0.92 },
    { d: polygon([[x + 6, 32], [x + 6, 106], [x + 42, 106]]), fill: 'main' },
    { d: `M${n(x - 48)} 112h100l-16 22h-66Z`, fill: 'deep' },
    { d: wave(138, 9, 50, dice.between(-20, 20)), fill: 'main' },
    { d: wave(156, 9, 58, dice.between(-20, 20)), fill: 'deep' },
  ]
}
