// The bytes of hanzi.bin. Numbers are unsigned LEB128; a signed one is
// zigzagged. Characters ascend, each as the distance from the one before.
// app/hanzi/tables.go reads exactly this, in this order.
import { createHash } from 'node:crypto'

class Writer {
  bytes = []
  number(n) {
    if (!Number.isInteger(n) || n < 0) throw new Error(`not a natural number: ${n}`)
    for (; n >= 0x80; n = Math.floor(n / 0x80)) this.bytes.push((n & 0x7f) | 0x80)
    this.bytes.push(n)
  }
  signed(n) { this.number(n < 0 ? -2 * n - 1 : 2 * n) }
  text(s) {
    const encoded = Buffer.from(s)
    this.number(encoded.length)
    this.bytes.push(...encoded)
  }
}

const codePoint = (c) => c.codePointAt(0)
const byCodePoint = ([a], [b]) => codePoint(a) - codePoint(b)

export function encode(folds, { characters, phrases, surnames }, versions) {
  const w = new Writer()

  const syllables = [...new Set([...characters.values()].flat().map((r) => r.slice(0, -1)))].sort()
  w.number(syllables.length)
  for (const s of syllables) w.text(s)
  const readingNumber = (r) => syllables.indexOf(r.slice(0, -1)) * 5 + Number(r.slice(-1)) - 1

  const lists = [...new Set([...characters.values()].map((list) => list.join(' ')))].sort()
  w.number(lists.length)
  for (const list of lists) {
    const readings = list.split(' ')
    w.number(readings.length)
    for (const r of readings) w.number(readingNumber(r))
  }
  const listNumber = new Map(lists.map((list, i) => [list, i]))

  let last = 0
  w.number(characters.size)
  for (const [c, list] of [...characters].sort(byCodePoint)) {
    w.number(codePoint(c) - last)
    last = codePoint(c)
    w.number(listNumber.get(list.join(' ')))
  }
  last = 0
  const entries = folds.entries().sort(byCodePoint)
  w.number(entries.length)
  for (const [c, to] of entries) {
    w.number(codePoint(c) - last)
    last = codePoint(c)
    w.signed(codePoint(to) - codePoint(c))
  }
  for (const words of [phrases, surnames]) writeWords(w, words)

  const body = Buffer.from(w.bytes)
  const sum = createHash('sha256').update(body).digest('hex')
  return Buffer.concat([Buffer.from(`shuting-hanzi 1 ${versions} sha256:${sum}\n`), body])
}

// A word: how many characters it shares with the one before, how many follow,
// those, and per character which of its readings it has here.
function writeWords(w, words) {
  const sorted = [...words].map(([word, choice]) => [[...word].map(codePoint), choice]).sort(([a], [b]) => compare(a, b))
  w.number(sorted.length)
  let before = []
  for (const [word, choice] of sorted) {
    let shared = 0
    while (shared < before.length && shared < word.length && before[shared] === word[shared]) shared++
    w.number(shared)
    w.number(word.length - shared)
    for (const c of word.slice(shared)) w.number(c)
    for (const i of choice) w.number(i)
    before = word
  }
}

function compare(a, b) {
  for (let i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) return a[i] - b[i]
  return a.length - b.length
}
