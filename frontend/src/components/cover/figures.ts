// Motifs of thought and play: sky, town, pattern, script, toys.

import { boxHeight, type Motif } from './nature'
import { arc, circle, n, polygon, rect, smooth, star, type Shape } from './shapes'

export const starsAndPlanet: Motif = (dice) => {
  const shapes: Shape[] = []
  const joined: [number, number][] = []
  for (let i = 0; i < 15; i++) {
    const [x, y] = [dice.between(12, 188), dice.between(8, 108)]
    if (i < 6) joined.push([18 + i * 33, 18 + dice.between(0, 58)])
    shapes.push({ d: star(x, y, 4, dice.between(2.4, 5.4), 1.1), fill: 'ink', opacity: dice.between(0.5, 1) })
  }
  shapes.push({ d: `M${joined.map(([x, y]) => `${n(x)} ${n(y)}`).join('L')}`, stroke: 'main', width: 1.6 })
  for (const [x, y] of joined) shapes.push({ d: star(x, y, 4, 8, 2.2), fill: 'accent' })
  const x = dice.between(62, 138)
  shapes.push({ d: circle(x, 168, 56), fill: 'main' }, { d: `M${n(x - 78)} 160q78 -38 156 0`, stroke: 'accent', width: 4 })
  return shapes
}

export const contours: Motif = (dice) => {
  const shapes: Shape[] = []
  const [cx, cy] = [dice.between(70, 130), dice.between(64, 104)]
  const wobble = [dice.between(0.1, 0.26), dice.between(0.08, 0.2), dice.between(0, 6)] as const
  for (let ring = 8; ring > 0; ring--) {
    const points: [number, number][] = []
    for (let k = 0; k <= 36; k++) {
      const t = (k / 36) * 2 * Math.PI
      const r = ring * 15 * (1 + wobble[0] * Math.sin(2 * t + wobble[2]) + wobble[1] * Math.sin(3 * t + ring * 0.2))
      points.push([cx + r * Math.cos(t) * 1.1, cy + r * Math.sin(t)])
    }
    shapes.push({ d: `${smooth(points)}Z`, stroke: ring === 3 ? 'accent' : 'main', width: ring === 3 ? 3 : 1.9, fill: ring % 2 ? 'deep' : 'ground', opacity: 0.96 })
  }
  shapes.push({ d: star(cx, cy, 3, 9, 4), fill: 'accent' })
  return shapes
}

export const circuit: Motif = (dice) => {
  const shapes: Shape[] = [{ d: rect(70, 56, 60, 60), fill: 'deep', stroke: 'main', width: 3 }, { d: rect(86, 72, 28, 28), fill: 'accent' }]
  for (let i = 0; i < 5; i++) {
    const off = -24 + i * 12
    const far = dice.between(14, 40)
    const turn = dice.pick([-1, 1]) * dice.between(8, 26)
    for (const [d, x, y] of [
      [`M130 ${n(86 + off)}h${n(far)}l${n(Math.abs(turn))} ${n(turn)}`, 130 + far + Math.abs(turn), 86 + off + turn],
      [`M70 ${n(86 + off)}h${n(-far)}l${n(-Math.abs(turn))} ${n(turn)}`, 70 - far - Math.abs(turn), 86 + off + turn],
      [`M${n(100 + off)} 116v${n(far)}`, 100 + off, 116 + far],
      [`M${n(100 + off)} 56v${n(-far)}`, 100 + off, 56 - far],
    ] as const) {
      shapes.push({ d, stroke: 'main', width: 2.6 }, { d: circle(x, y, 4), fill: i === 2 ? 'accent' : 'main' })
    }
  }
  return shapes
}

export const dotWave: Motif = (dice) => {
  const shapes: Shape[] = []
  const [f, p] = [dice.between(0.5, 1), dice.between(0, 6)]
  for (let row = 0; row < 9; row++) {
    for (let col = 0; col < 11; col++) {
      const v = 0.5 + 0.5 * Math.sin(col * f * 0.8 + row * 0.62 + p)
      shapes.push({ d: circle(14 + col * 17.2, 14 + row * 18, 1.4 + v * 6.2), fill: v > 0.93 ? 'accent' : 'main' })
    }
  }
  return shapes
}

export const skyline: Motif = (dice) => {
  const shapes: Shape[] = [{ d: circle(dice.between(50, 150), 46, 24), fill: 'accent' }]
  for (let row = 0; row < 2; row++) {
    for (let x = -6; x < 200; ) {
      const w = dice.between(20, 40)
      const h = dice.between(40, 110) - row * 22
      shapes.push({ d: rect(x, 172 - h, w, h), fill: row ? 'deep' : 'main', opacity: row ? 1 : 0.75 })
      if (row) {
        for (let y = 180 - h; y < 160; y += 14) {
          if (dice.next() < 0.7) shapes.push({ d: rect(x + w * 0.25, y, w * 0.18, 6), fill: 'accent', opacity: 0.9 })
          if (dice.next() < 0.6) shapes.push({ d: rect(x + w * 0.58, y, w * 0.18, 6), fill: 'ground', opacity: 0.7 })
        }
      }
      x += w + 3
    }
  }
  return shapes
}

export const arcTiles: Motif = (dice) => {
  const shapes: Shape[] = []
  const tones = ['main', 'accent', 'deep', 'ink'] as const
  for (let row = 0; row < 4; row++) {
    for (let col = 0; col < 4; col++) {
      const [x, y, s] = [col * 50, row * 43, 50]
      const tone = tones[dice.whole(0, 3)] ?? 'main'
      const kind = dice.whole(0, 3)
      if (kind === 0) shapes.push({ d: circle(x + 25, y + 21, 17), fill: tone })
      else if (kind === 3) shapes.push({ d: rect(x, y, s, 43), fill: tone, opacity: tone === 'ink' ? 0.3 : 1 })
      else {
        const [cx, cy, a] = dice.pick([[x, y, 0], [x + s, y, Math.PI / 2], [x + s, y + 43, Math.PI], [x, y + 43, Math.PI * 1.5]] as const)
        shapes.push({ d: `${arc(cx, cy, 41, a, a + Math.PI / 2)}L${n(cx)} ${n(cy)}Z`, fill: tone })
        if (kind === 2) shapes.push({ d: `${arc(cx, cy, 20, a, a + Math.PI / 2)}L${n(cx)} ${n(cy)}Z`, fill: 'ground' })
      }
    }
  }
  return shapes
}

export const vase: Motif = (dice) => {
  const belly = dice.between(34, 48)
  const shapes: Shape[] = [
    { d: circle(100, 88, 74), fill: 'main', opacity: 0.28 },
    { d: `M86 52q2 12 -6 20q-${n(belly - 6)} 20 -${n(belly - 10)} 54q6 34 36 38h40q30 -4 36 -38q${n(belly - 44)} -34 -${n(belly - 10)} -54q-8 -8 -6 -20Z`, fill: 'ink', opacity: 0.96 },
    { d: 'M80 46h40v9h-40Z', fill: 'main' },
    { d: smooth([[100, 48], [92, 24], [106, 4]]), stroke: 'main', width: 3 },
    { d: smooth([[102, 48], [116, 26], [138, 18]]), stroke: 'main', width: 3 },
    { d: circle(106, 8, 9), fill: 'accent' },
    { d: circle(138, 18, 7), fill: 'accent' },
  ]
  for (let k = 0; k < 3; k++) shapes.push({ d: `M64 ${n(104 + k * 18)}q18 -12 36 0t36 0`, stroke: 'main', width: 3.4 })
  return shapes
}

export const standingBooks: Motif = (dice) => {
  const shapes: Shape[] = []
  const tones = ['main', 'accent', 'deep', 'ink'] as const
  let x = 16
  let i = dice.whole(0, 3)
  while (x < 168) {
    const w = dice.between(14, 27)
    const h = dice.between(78, 132)
    shapes.push({ d: rect(x, 158 - h, w, h), fill: tones[i % 4] ?? 'main' })
    shapes.push({ d: rect(x, 158 - h + 14, w, 5), fill: 'ground', opacity: 0.8 }, { d: rect(x, 132, w, 3), fill: 'ground', opacity: 0.8 })
    x += w + 2.5
    i += dice.whole(1, 3)
  }
  shapes.push({ d: rect(6, 158, 188, 7), fill: 'main' })
  return shapes
}

export const steps: Motif = (dice) => {
  const count = dice.whole(4, 6)
  const shapes: Shape[] = [{ d: circle(160, 34, 19), fill: 'accent' }]
  for (let i = 0; i < count; i++) {
    const h = ((i + 1) * 118) / count
    shapes.push({ d: rect((i * 200) / count, boxHeight - h, 200 / count + 0.5, h), fill: i % 2 ? 'main' : 'deep' })
  }
  const x = (count - 0.5) * (200 / count)
  shapes.push({ d: `M${n(x)} 52v-30l15 7l-15 7`, stroke: 'ink', fill: 'accent', width: 2.4 })
  return shapes
}

export const writingGrid: Motif = (dice) => {
  const shapes: Shape[] = [
    { d: 'M34 12H166V144H34Z', stroke: 'main', width: 4 },
    { d: 'M34 78H166M100 12V144M34 12L166 144M166 12L34 144', stroke: 'main', width: 1.5, opacity: 0.7 },
  ]
  const strokes = [
    'M58 52q40 -6 84 -3q-40 8 -84 3Z',
    'M96 30q9 46 4 100q-9 -40 -4 -100Z',
    'M98 60q-16 44 -48 62q28 -28 48 -62Z',
    'M104 62q18 38 46 54q-36 -12 -46 -54Z',
    'M60 98q38 -7 80 -3q-38 8 -80 3Z',
    'M128 26q13 6 15 17q-11 -4 -15 -17Z',
  ]
  const start = dice.whole(0, 1)
  strokes.slice(start, start + 5).forEach((d, i) => shapes.push({ d, fill: i === 2 ? 'accent' : 'ink', stroke: i === 2 ? 'accent' : 'ink', width: 5 }))
  return shapes
}

export const voices: Motif = (dice) => {
  const bubble = (x: number, y: number, w: number, h: number, tail: number): string =>
    `M${n(x)} ${n(y)}h${n(w)}q12 0 12 12v${n(h)}q0 12 -12 12h${n(-w * 0.4)}l${n(tail)} 18l-8 -18h${n(-w * 0.6 + 8)}q-12 0 -12 -12v${n(-h)}q0 -12 12 -12Z`
  const shift = dice.between(-10, 10)
  return [
    { d: bubble(28, 18 + shift / 3, 92, 34, -14), fill: 'main' },
    { d: bubble(76, 86 + shift / 3, 96, 30, 18), fill: 'accent' },
    { d: 'M42 32h66M42 46h44', stroke: 'ground', width: 4.5 },
    { d: 'M92 102h66M92 116h40', stroke: 'ground', width: 4.5 },
  ]
}

export const weave: Motif = (dice) => {
  const shapes: Shape[] = []
  const size = dice.pick([25, 33.4, 40])
  for (let y = 0, r = 0; y < boxHeight; y += size, r++) {
    for (let x = 0, c = 0; x < 200; x += size, c++) {
      const lying = (r + c) % 2 === 0
      const bright = dice.next() < 0.08
      for (let k = 0; k < 3; k++) {
        const w = size / 4.2
        const off = 0.12 * size + (k * size) / 3.3
        shapes.push({ d: lying ? rect(x, y + off, size, w) : rect(x + off, y, w, size), fill: bright ? 'accent' : lying ? 'main' : 'deep' })
      }
    }
  }
  return shapes
}

export const rays: Motif = (dice) => {
  const [x, count] = [dice.between(60, 140), dice.whole(12, 18)]
  const shapes: Shape[] = []
  for (let i = 0; i < count; i++) {
    const a = Math.PI + (i * Math.PI) / count
    const b = a + Math.PI / count / 2
    shapes.push({ d: polygon([[x, 150], [x + 260 * Math.cos(a), 150 + 260 * Math.sin(a)], [x + 260 * Math.cos(b), 150 + 260 * Math.sin(b)]]), fill: 'main', opacity: 0.7 })
  }
  shapes.push({ d: circle(x, 150, 42), fill: 'accent' }, { d: rect(-10, 148, 220, 40), fill: 'deep' })
  return shapes
}

export const kite: Motif = (dice) => {
  const x = dice.between(84, 124)
  const shapes: Shape[] = [
    { d: `M-10 180V146q52 -28 110 -8t110 -10V180Z`, fill: 'main' },
    { d: polygon([[x, 8], [x + 40, 54], [x, 112], [x - 40, 54]]), fill: 'accent' },
    { d: polygon([[x, 8], [x + 40, 54], [x, 54]]), fill: 'ink', opacity: 0.22 },
    { d: polygon([[x - 40, 54], [x, 54], [x, 112]]), fill: 'ink', opacity: 0.22 },
    { d: smooth([[x, 112], [x - 22, 128], [x + 4, 142], [x - 26, 160], [x - 10, 176]]), stroke: 'ink', width: 2.4 },
  ]
  for (const [dx, dy] of [[-14, 122], [-6, 143], [-20, 162]] as const) {
    shapes.push({ d: polygon([[x + dx - 9, dy - 6], [x + dx + 9, dy + 6], [x + dx + 9, dy - 6], [x + dx - 9, dy + 6]]), fill: 'accent' })
  }
  for (let k = 0; k < 2; k++) {
    const cx = dice.between(16, 50) + k * 118
    const cy = dice.between(20, 60)
    shapes.push({ d: `M${n(cx)} ${n(cy)}q4 -14 17 -10q10 -12 20 0q14 -2 12 10Z`, fill: 'ink', opacity: 0.16 })
  }
  return shapes
}

export const paperBoat: Motif = (dice) => {
  const shift = dice.between(-14, 14)
  return [
    { d: circle(46 + shift, 34, 21), fill: 'accent' },
    { d: polygon([[100 + shift, 30], [146 + shift, 96], [54 + shift, 96]]), fill: 'main' },
    { d: polygon([[100 + shift, 30], [146 + shift, 96], [100 + shift, 96]]), fill: 'ink', opacity: 0.16 },
    { d: polygon([[26 + shift, 78], [174 + shift, 78], [138 + shift, 128], [62 + shift, 128]]), fill: 'main' },
    { d: polygon([[26 + shift, 78], [100 + shift, 96], [62 + shift, 128]]), fill: 'ink', opacity: 0.12 },
    { d: `M-20 124q25 -15 50 0t50 0t50 0t50 0t50 0V182H-20Z`, fill: 'deep' },
    { d: `M-40 146q25 -13 50 0t50 0t50 0t50 0t50 0V182H-40Z`, fill: 'accent', opacity: 0.5 },
  ]
}

export const whale: Motif = (dice) => {
  const lift = dice.between(-8, 8)
  return [
    { d: `M58 ${n(38 + lift)}q-8 -20 -24 -16M58 ${n(38 + lift)}q8 -22 25 -17M58 ${n(50 + lift)}v-14`, stroke: 'accent', width: 5 },
    { d: `M14 ${n(94 + lift)}q2 -40 56 -40q50 0 70 34q8 12 24 6q-2 -18 -18 -26q24 -6 36 10q14 -12 14 -20q12 30 -14 50q-18 34 -80 36q-84 2 -88 -50Z`, fill: 'main' },
    { d: `M16 ${n(104 + lift)}q40 22 96 8q-10 30 -46 32q-46 -4 -50 -40Z`, fill: 'ink', opacity: 0.14 },
    { d: circle(46, 86 + lift, 5), fill: 'ink' },
    { d: `M26 ${n(106 + lift)}q14 9 30 6`, stroke: 'ink', width: 3 },
    { d: `M-20 152q25 -13 50 0t50 0t50 0t50 0t50 0V182H-20Z`, fill: 'deep' },
  ]
}

export const pulse: Motif = (dice) => {
  const y = 92
  const shapes: Shape[] = []
  for (let i = 0; i < 3; i++) shapes.push({ d: circle(100, 84, 74 - i * 21), fill: i === 1 ? 'ground' : 'main', opacity: i === 0 ? 0.35 : 1 })
  const peak = dice.between(38, 52)
  shapes.push({ d: `M-6 ${y}h58l10 -16l12 26l14 -${n(peak + 10)}l14 ${n(peak + 26)}l12 -26h92`, stroke: 'accent', width: 5 })
  return shapes
}
