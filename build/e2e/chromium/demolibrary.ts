// The demo library as docs/demo.md promises it to whoever tries it out.

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

export interface Promised {
  code: string
  label: string
  pin: string
  /** Stable codes the line names. */
  codes: string[]
}

const text = readFileSync(resolve(__dirname, '../../../docs/demo.md'), 'utf8')

function rows(pattern: RegExp): string[][] {
  return text
    .split('\n')
    .filter((line) => pattern.test(line))
    .map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()))
}

const codesIn = (cell: string): string[] => [...cell.matchAll(/`([a-z]+_[a-z_]+)`/g)].map((found) => found[1] ?? '')
const plain = (cell: string): string => cell.replaceAll('`', '')

const everybody: Promised[] = rows(/^\| LB\d{9} \|/).map(([code = '', label = '', , pin = '', shows = '']) => ({
  code, label: plain(label), pin, codes: codesIn(shows),
}))

/** The cards of the strip. */
export const cards = everybody.filter(({ label }) => label !== 'not on the strip')

export const books: Promised[] = rows(/^\| (LQ\d{6}|\d{13}) \|/).map(([code = '', label = '', , shows = '']) => ({
  code, label: plain(label), pin: '', codes: codesIn(shows),
}))

/** The number of the first card or book with that label. */
export function numbered(label: string, among: readonly Promised[]): string {
  const found = among.find((one) => one.label === label)
  if (!found) throw new Error(`docs/demo.md has no ${label}`)
  return found.code
}

export const card = (label: string): string => numbered(label, cards)
export const book = (label: string): string => numbered(label, books)

export function pinOf(label: string): string {
  return cards.find((one) => one.label === label)?.pin ?? ''
}

/** Books that are simply lent, in the order of the page. */
export const available = books.filter(({ label }) => label === 'available').map(({ code }) => code)

/** Loan that others wait for; its reader is not on the strip. */
export const neighbour = { card: everybody.find(({ label }) => label === 'not on the strip')?.code ?? '', pin: '482913', book: 'LQ005901' }
