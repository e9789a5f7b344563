// Reads the two packages and our own lists into plain values. Nothing here
// decides; it only knows how each source is written down.
import { readFileSync } from 'node:fs'

const here = new URL('.', import.meta.url)

/** Lines of one of our own lists, without comments and empty lines, split at blanks. */
export function ownList(name) {
  return readFileSync(new URL(name, here), 'utf8')
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '')
    .map((line) => line.split(/\s+/))
}

/** Names and versions this derivation is pinned to, as "opencc-js@1.4.2 pinyin-pro@3.29.4". */
export function pinnedVersions() {
  const pinned = JSON.parse(readFileSync(new URL('package.json', here), 'utf8')).dependencies
  return Object.entries(pinned).map(([name, version]) => {
    const installed = JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, here), 'utf8')).version
    if (installed !== version) throw new Error(`${name} ${installed} is installed, ${version} is pinned: run npm ci`)
    return `${name}@${version}`
  }).sort().join(' ')
}

async function openccPairs(name) {
  const dictionary = (await import(new URL(`node_modules/opencc-js/dist/esm-lib/dict/${name}.js`, here))).default
  return dictionary.split('|').map((entry) => entry.split(' '))
}

export async function readOpencc() {
  const swap = (pairs) => pairs.map(([a, b]) => [b, a])
  return {
    traditionalToSimplified: await openccPairs('TSCharacters'),
    simplifiedToTraditional: await openccPairs('STCharacters'),
    regional: [
      ...await openccPairs('TWVariantsRev'), ...await openccPairs('HKVariantsRev'),
      ...swap(await openccPairs('TWVariants')), ...swap(await openccPairs('HKVariants')),
    ],
    japanese: await openccPairs('JPShinjitaiCharacters'),
    // Phrases as [simplified, traditional], always.
    phrases: [
      ...await openccPairs('STPhrases'), ...await openccPairs('STPhrases_GeneratedFromRegionalPhrases'),
      ...swap(await openccPairs('TSPhrases')),
    ],
  }
}

export async function readPinyinPro() {
  const data = (name) => import(new URL(`node_modules/pinyin-pro/dist/esm/data/${name}.mjs`, here))
  const characters = new Map()
  const dictionary = (await data('dict1')).default
  for (let c = 0x3000; c <= 0x323af; c++) {
    const readings = dictionary.get(String.fromCodePoint(c))
    if (readings) characters.set(String.fromCodePoint(c), readings.split(' '))
  }
  const phrases = new Map()
  for (const name of ['dict2', 'dict3', 'dict4', 'dict5']) {
    for (const [phrase, readings] of Object.entries((await data(name)).default)) phrases.set(phrase, readings.split(' '))
  }
  const surnames = new Map(Object.entries((await data('surname')).default).map(([name, r]) => [name, r.split(' ')]))
  return { characters, phrases, surnames }
}

/** The 6,763 characters of GB 2312: what a reader of simplified Chinese knows as ordinary. */
export function gb2312() {
  const decoder = new TextDecoder('gbk')
  const ordinary = new Set()
  for (let row = 0xb0; row <= 0xf7; row++) {
    for (let cell = 0xa1; cell <= 0xfe; cell++) {
      if (row === 0xd7 && cell > 0xf9) continue
      ordinary.add(decoder.decode(new Uint8Array([row, cell])))
    }
  }
  return ordinary
}
