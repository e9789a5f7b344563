// Sets a title into its place on the cover: breaks it, sizes it, never cuts it
// short while it can still be read.

import { mainTitle } from './design'

export interface Line {
  text: string
  x: number
  y: number
}

export interface Lettering {
  size: number
  lines: Line[]
}

export interface Place {
  x: number
  y: number
  width: number
  height: number
}

/** Width of a text in ems: wide characters are one, Latin ones about half. */
export function emWidth(text: string): number {
  let width = 0
  for (const c of text) width += /[\u1100-\u115f\u2e80-\ufaff\uff00-\uff60\u{20000}-\u{3ffff}]/u.test(c) ? 1 : /[A-Z0-9mwMW]/.test(c) ? 0.64 : 0.52
  return width
}

/** Where a line may break: Latin words stay whole, Chinese breaks anywhere but
 * before closing marks. */
function pieces(text: string): string[] {
  return text.match(/[\p{Script=Han}〇][，。、；：！？）》”’·]*|[^\s\p{Script=Han}〇]+\s*|\s+/gu) ?? [text]
}

function breakLines(text: string, ems: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of pieces(text)) {
    if (line !== '' && emWidth((line + piece).trimEnd()) > ems) {
      lines.push(line.trimEnd())
      line = ''
    }
    line += piece
  }
  if (line.trim() !== '') lines.push(line.trimEnd())
  return lines
}

/** Evens out the last line: a single character left alone looks lost. */
function evenLines(text: string, ems: number): string[] {
  const lines = breakLines(text, ems)
  if (lines.length < 2) return lines
  for (let narrower = ems; narrower > ems * 0.5; narrower -= 0.5) {
    const tried = breakLines(text, narrower)
    if (tried.length > lines.length) break
    const widths = tried.map(emWidth)
    if (Math.min(...widths) >= Math.max(...widths) * 0.6) return tried
  }
  return lines
}

const sizes = [40, 36, 32, 28, 25, 22, 19.5, 17, 15, 13] as const
const lineHeight = 1.22

/** Lying lines, the largest size that fits; beyond the smallest the rest is
 * marked with an ellipsis. from says whether lines grow from top or bottom. */
export function layLines(title: string, place: Place, from: 'top' | 'bottom'): Lettering {
  const text = mainTitle(title)
  for (const size of sizes) {
    const ems = place.width / size
    const lines = evenLines(text, ems)
    const fits = lines.length * size * lineHeight <= place.height && lines.every((l) => emWidth(l) <= ems)
    if (fits) return { size, lines: stack(lines, size, place, from) }
  }
  const size = sizes[sizes.length - 1] ?? 13
  const room = Math.max(1, Math.floor(place.height / (size * lineHeight)))
  const lines = breakLines([...text].map((c) => c).join(''), place.width / size).slice(0, room)
  lines[room - 1] = `${(lines[room - 1] ?? '').slice(0, -1)}…`
  return { size, lines: stack(lines, size, place, from) }
}

function stack(lines: string[], size: number, place: Place, from: 'top' | 'bottom'): Line[] {
  const height = lines.length * size * lineHeight
  const top = from === 'top' ? place.y : place.y + place.height - height
  return lines.map((text, i) => ({ text, x: place.x, y: top + size * (0.9 + i * lineHeight) }))
}

/** One standing column, character under character, centred on place. */
export function standColumn(title: string, place: Place): Lettering {
  const characters = [...mainTitle(title).replace(/\s/gu, '')]
  const size = Math.min(place.width * 0.76, place.height / characters.length / 1.12)
  const step = size * 1.12
  const top = place.y + (place.height - step * characters.length) / 2
  return {
    size,
    lines: characters.map((text, i) => ({ text, x: place.x + place.width / 2, y: top + size * 0.92 + i * step })),
  }
}

/** How long a slip the column needs, at the size it would like best. */
export function slipHeight(title: string, width: number, most: number): number {
  const count = [...mainTitle(title).replace(/\s/gu, '')].length
  return Math.min(most, count * width * 0.76 * 1.12 + width * 0.5)
}

/** The author, shortened to what fits on one line. */
export function shortAuthor(author: string, ems: number): string {
  const first = (author.split(/[;；,，]/u)[0] ?? '').replace(/[[【(（][^\])）】]*[\])）】]/gu, '').trim()
  if (emWidth(first) <= ems) return first
  let text = ''
  for (const c of first) {
    if (emWidth(text + c) > ems - 1) break
    text += c
  }
  return `${text.trimEnd()}…`
}
