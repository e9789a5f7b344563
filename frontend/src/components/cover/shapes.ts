// Small pen for the pictures: everything is a path, on a page of 200 × 280.

export const pageWidth = 200
export const pageHeight = 280

/** Which of the palette's colours a shape takes. */
export type Tone = 'ground' | 'deep' | 'main' | 'accent' | 'ink'

export interface Shape {
  d: string
  fill?: Tone
  stroke?: Tone
  width?: number
  opacity?: number
}

export function n(value: number): string {
  return String(Math.round(value * 100) / 100)
}

export function circle(x: number, y: number, r: number): string {
  return `M${n(x - r)} ${n(y)}a${n(r)} ${n(r)} 0 1 0 ${n(2 * r)} 0a${n(r)} ${n(r)} 0 1 0 ${n(-2 * r)} 0Z`
}

export function rect(x: number, y: number, w: number, h: number): string {
  return `M${n(x)} ${n(y)}h${n(w)}v${n(h)}h${n(-w)}Z`
}

export function line(x1: number, y1: number, x2: number, y2: number): string {
  return `M${n(x1)} ${n(y1)}L${n(x2)} ${n(y2)}`
}

export function polygon(points: readonly (readonly [number, number])[]): string {
  return `M${points.map(([x, y]) => `${n(x)} ${n(y)}`).join('L')}Z`
}

/** A smooth line through points, as quadratic curves between their middles. */
export function smooth(points: readonly (readonly [number, number])[]): string {
  const [first, ...rest] = points
  if (!first) return ''
  let d = `M${n(first[0])} ${n(first[1])}`
  rest.forEach(([x, y], i) => {
    const next = rest[i + 1]
    d += next ? `Q${n(x)} ${n(y)} ${n((x + next[0]) / 2)} ${n((y + next[1]) / 2)}` : `L${n(x)} ${n(y)}`
  })
  return d
}

/** A regular star or, with inner = outer, a polygon; turned by turn radians. */
export function star(x: number, y: number, points: number, outer: number, inner: number, turn = -Math.PI / 2): string {
  const corners: [number, number][] = []
  for (let i = 0; i < points * 2; i++) {
    const r = i % 2 === 0 ? outer : inner
    const a = turn + (i * Math.PI) / points
    corners.push([x + r * Math.cos(a), y + r * Math.sin(a)])
  }
  return polygon(corners)
}

/** An arc of a circle from angle a to b (radians, clockwise on the page). */
export function arc(x: number, y: number, r: number, a: number, b: number): string {
  const large = b - a > Math.PI ? 1 : 0
  return `M${n(x + r * Math.cos(a))} ${n(y + r * Math.sin(a))}A${n(r)} ${n(r)} 0 ${large} 1 ${n(x + r * Math.cos(b))} ${n(y + r * Math.sin(b))}`
}
