// From a class number to the family of pictures it gets. 中图法 is what most
// records carry; Dewey and Library of Congress numbers from foreign records are
// led to the same families.

export const families = [
  'classic',
  'literature',
  'world',
  'children',
  'history',
  'philosophy',
  'society',
  'economy',
  'railway',
  'education',
  'language',
  'art',
  'science',
  'sky',
  'life',
  'medicine',
  'fields',
  'industry',
  'computing',
  'building',
  'general',
] as const
export type Family = (typeof families)[number]

/** Longest prefix wins. */
const chinese: readonly (readonly [string, Family])[] = [
  ['A', 'society'],
  ['B22', 'classic'],
  ['B', 'philosophy'],
  ['C', 'society'],
  ['D', 'society'],
  ['E', 'society'],
  ['F53', 'railway'],
  ['F', 'economy'],
  ['G', 'education'],
  ['H', 'language'],
  ['I21', 'classic'],
  ['I22', 'classic'],
  ['I23', 'classic'],
  ['I242', 'classic'],
  ['I28', 'children'],
  ['I2', 'literature'],
  ['I', 'world'],
  ['J', 'art'],
  ['K204', 'classic'],
  ['K', 'history'],
  ['N', 'science'],
  ['O', 'science'],
  ['P', 'sky'],
  ['Q', 'life'],
  ['R', 'medicine'],
  ['S', 'fields'],
  ['TP', 'computing'],
  ['TN', 'computing'],
  ['TU', 'building'],
  ['T', 'industry'],
  ['U2', 'railway'],
  ['U', 'industry'],
  ['V', 'sky'],
  ['X', 'life'],
  ['Z', 'general'],
]

/** Dewey by hundreds. */
const dewey: readonly Family[] = [
  'general',
  'philosophy',
  'philosophy',
  'society',
  'language',
  'science',
  'industry',
  'art',
  'world',
  'history',
]

/** Library of Congress by first letter; two letters and a number tell it from 中图法. */
const congress: Record<string, Family> = {
  A: 'general',
  B: 'philosophy',
  C: 'history',
  D: 'history',
  E: 'history',
  F: 'history',
  G: 'sky',
  H: 'economy',
  J: 'society',
  K: 'society',
  L: 'education',
  M: 'art',
  N: 'art',
  P: 'world',
  Q: 'science',
  R: 'medicine',
  S: 'fields',
  T: 'industry',
  U: 'society',
  V: 'society',
  Z: 'general',
}

export function familyOf(classNumber: string): Family | null {
  const text = classNumber.trim().toUpperCase()
  if (/^\d/.test(text)) return dewey[Number(text[0])] ?? null
  if (/^PZ\d/.test(text)) return 'children'
  if (/^[A-Z]{2,3}\d/.test(text) && !/^T[A-Z]\d/.test(text)) return congress[text[0] ?? ''] ?? null
  const rows = chinese.filter(([prefix]) => text.startsWith(prefix))
  return rows.sort(([a], [b]) => b.length - a.length)[0]?.[1] ?? null
}
