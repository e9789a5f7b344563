// Derives app/hanzi/hanzi.bin; see README.md. With --check it writes nothing
// and fails when the committed file is not what the sources give.
import { readFileSync, writeFileSync } from 'node:fs'
import { gb2312, ownList, pinnedVersions, readOpencc, readPinyinPro } from './sources.mjs'
import { buildFolds, foldedApart } from './folds.mjs'
import { buildReadings } from './readings.mjs'
import { encode } from './binary.mjs'

const target = new URL('../../app/hanzi/hanzi.bin', import.meta.url)

const versions = pinnedVersions()
const opencc = await readOpencc()
const ordinary = gb2312()
const folds = buildFolds(opencc, ownList('folds.txt'), ordinary)
const readings = buildReadings(await readPinyinPro(), ownList('readings.txt'), ownList('phrases.txt'), folds)
const bytes = encode(folds, readings, versions)

const apart = foldedApart(folds, opencc.phrases)
console.log(`${readings.characters.size} characters with readings, ${folds.entries().length} folded, ` +
  `${readings.phrases.size} phrases, ${readings.surnames.size} surnames, ${bytes.length} bytes`)
console.log(`${apart.length} of ${opencc.phrases.length} simplified/traditional word pairs fold apart`)
if (process.argv.includes('--apart')) for (const [s, t] of apart) console.log(s, t)
const silent = [...ordinary].filter((c) => !readings.characters.has(folds.of(c)))
if (silent.length > 0) throw new Error(`ordinary characters without a reading: ${silent.join('')}`)

if (!process.argv.includes('--check')) {
  writeFileSync(target, bytes)
} else if (!readFileSync(target).equals(bytes)) {
  console.error('app/hanzi/hanzi.bin is not what these sources give: npm run generate')
  process.exit(1)
}
