// Gathers readings. A reading is "zhong4": the syllable as it is typed (ü is v)
// and its tone, 5 for the neutral one.

const tones = { '\u0304': 1, '\u0301': 2, '\u030c': 3, '\u0300': 4 }

/** "lǜ" → "lv4". Syllables without a vowel (ńg) and ê come out as typed: ng, e. */
export function toned(marked) {
  let tone = 5
  let syllable = ''
  for (const c of marked.normalize('NFD')) {
    if (tones[c]) tone = tones[c]
    else if (c === '\u0308') syllable = syllable.slice(0, -1) + 'v'
    else if (c !== '\u0302') syllable += c === 'ɡ' ? 'g' : c
  }
  if (!/^[a-z]{1,6}$/.test(syllable)) throw new Error(`no syllable: ${marked}`)
  return syllable + tone
}

const toneless = (reading) => reading.slice(0, -1)

// What somebody may type. The source also has "zh" and "hng"; the bare nasals are real (嗯, 呣).
const typable = (reading) => /[aeiouv]/.test(reading) || ['m', 'n', 'ng'].includes(toneless(reading))

export function buildReadings(source, own, ownPhrases, folds) {
  const characters = new Map()
  for (const [c, readings] of source.characters) {
    characters.set(c, [...new Set(readings.map(toned))].filter(typable))
  }
  for (const [c, ...readings] of own) characters.set(c, readings)

  // What a word or a surname shows is a reading of the character too.
  const learn = (c, reading) => {
    const known = characters.get(c) ?? []
    const exact = known.indexOf(reading)
    if (exact >= 0) return reading
    const near = known.find((k) => toneless(k) === toneless(reading))
    if (near) return near // a neutral tone within a word
    characters.set(c, [...known, reading])
    return reading
  }
  const phrases = new Map()
  for (const [phrase, readings] of source.phrases) {
    phrases.set(phrase, [...phrase].map((c, i) => learn(c, toned(readings[i]))))
  }
  for (const [phrase, ...readings] of ownPhrases) {
    const word = [...phrase]
    if (readings.length !== word.length) throw new Error(`${phrase}: ${readings.length} readings`)
    phrases.set(phrase, word.map((c, i) => {
      if (readings[i] !== '-') return learn(c, readings[i])
      if (!characters.has(c)) throw new Error(`${phrase}: ${c} has no reading`)
      return characters.get(c)[0]
    }))
  }
  const surnames = new Map()
  for (const [name, readings] of source.surnames) surnames.set(name, [...name].map((c, i) => learn(c, toned(readings[i]))))

  // The character that stands for a class can be read as any member of it, so
  // that folded text is found by every reading of the text it came from.
  for (const [c, to] of folds.entries()) {
    const own = characters.get(c)
    if (!own) continue
    const all = characters.get(to) ?? []
    characters.set(to, [...all, ...own.filter((r) => !all.some((k) => toneless(k) === toneless(r)))])
  }
  // A member that reads like the one it stands behind needs no entry.
  for (const [c, to] of folds.entries()) {
    if (characters.has(c) && characters.get(c).join() === characters.get(to).join()) characters.delete(c)
  }
  const folded = (words) => {
    const out = new Map()
    for (const [word, readings] of words) {
      const key = [...word].map((c) => folds.of(c)).join('')
      const choice = [...key].map((c, i) => {
        const known = characters.get(c)
        const at = known.indexOf(readings[i])
        return at >= 0 ? at : known.findIndex((k) => toneless(k) === toneless(readings[i]))
      })
      if (choice.some((i) => i < 0 || i > 14)) throw new Error(`${word}: a reading is missing`)
      out.set(key, choice)
    }
    return out
  }
  const polyphone = (c) => new Set(characters.get(c).map(toneless)).size > 1
  const kept = new Map([...folded(phrases)].filter(([word]) => [...word].some(polyphone)))
  const changing = new Map([...folded(surnames)].filter(([, choice]) => choice.some((i) => i > 0)))
  return { characters, phrases: kept, surnames: changing }
}
