// Decides which character stands for a class of variants, one character for
// one, without a look at the words around it: search folds titles and queries
// alike, so it is enough that both land on the same character. A class is
// therefore rather too wide than too narrow (乾 and 乾淨, 皇帝 and 后), but two
// characters that simplified text keeps apart are merged only when our own
// list says so.

export class Folds {
  #to = new Map()
  #ordinary

  constructor(ordinary) { this.#ordinary = ordinary }

  /** The character that stands for the class of c. */
  of(c) {
    while (this.#to.has(c)) c = this.#to.get(c)
    return c
  }

  /** Puts a into the class of b; b's stands for both unless only a's is ordinary. */
  merge(a, b) {
    let [from, to] = [this.of(a), this.of(b)]
    if (from === to) return
    if (this.#ordinary.has(from) && !this.#ordinary.has(to)) [from, to] = [to, from]
    this.#to.set(from, to)
  }

  /** Every character that does not stand for itself: [character, stands for it]. */
  entries() {
    return [...this.#to.keys()].map((c) => [c, this.of(c)])
  }
}

export function buildFolds(opencc, ownMerges, ordinary) {
  const folds = new Folds(ordinary)
  const bothOrdinary = (a, b) => ordinary.has(folds.of(a)) && ordinary.has(folds.of(b))

  for (const [t, s] of opencc.traditionalToSimplified) folds.merge(t, s)
  for (const [a, b] of ownMerges) folds.merge(a, b)

  // Forms of one region, and of Japan: never at the price of an ordinary
  // character (芸, 予 and 缶 are words of their own in Chinese).
  for (const [variant, standard] of [...opencc.regional, ...opencc.japanese]) {
    if (!bothOrdinary(variant, standard) && !(ordinary.has(variant) && folds.of(standard) !== standard)) {
      folds.merge(variant, standard)
    }
  }
  for (const [s, t] of opencc.simplifiedToTraditional) {
    if (!bothOrdinary(s, t)) folds.merge(t, s)
  }
  // Words written with rarer forms: 甦醒, 衹見, 鎗. Where both are ordinary a
  // word proves nothing about the characters (坐 and 座標).
  for (const [s, t] of opencc.phrases) {
    const [left, right] = [[...s], [...t]]
    if (left.length !== right.length) continue
    left.forEach((c, i) => {
      if (c !== right[i] && !bothOrdinary(c, right[i])) folds.merge(right[i], c)
    })
  }
  for (const c of compatibilityIdeographs()) folds.merge(c, c.normalize('NFKC'))
  return folds
}

function* compatibilityIdeographs() {
  for (const [first, last] of [[0xf900, 0xfaff], [0x2f800, 0x2fa1f]]) {
    for (let c = first; c <= last; c++) {
      const character = String.fromCodePoint(c)
      if (character.normalize('NFKC') !== character) yield character
    }
  }
}

/** Phrase pairs that still fold apart: the report shows what the tables cannot do. */
export function foldedApart(folds, phrases) {
  const fold = (s) => [...s].map((c) => folds.of(c)).join('')
  return phrases.filter(([s, t]) => fold(s) !== fold(t))
}
