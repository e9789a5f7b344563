// What the page asks the catalogue and what it is told: reading only, so any of
// it may be asked again at any time. Offsets of marks are UTF-16 units.

export interface FindRequest {
  text: string
  onShelf: boolean
  children: boolean
  /** Came to the library this month. */
  fresh: boolean
  /** Language code as catalogued; empty is any. */
  language: string
  /** Prefix of a class number; empty is any. */
  class: string
  /** Hits wanted, at least 1. */
  limit: number
  offset: number
}

/** A title as it stands in a list. */
export interface Found {
  id: string
  title: string
  subtitle: string
  author: string
  publisher: string
  year: string
  class: string
  callNumber: string
  /** Where it stands; of several places the first. */
  place: string
  language: string
  children: boolean
  fresh: boolean
  copies: number
  /** Copies on the shelf at the moment of the answer. */
  onShelf: number
  /** URL of a picture file; empty: the cover is drawn. */
  cover: string
  /** What of the title the text matched. */
  marks: { from: number; to: number }[]
}

/** Search is still being filled: what is found is not all. */
export interface Filling {
  done: number
  of: number
}

export interface FindPage {
  hits: Found[]
  total: number
  /** There are more than total; it was not counted further. */
  more: boolean
  filling?: Filling
}

export const copyStates = ['on_shelf', 'on_loan', 'on_site', 'reserved', 'in_transit', 'unavailable'] as const
export type CopyState = (typeof copyStates)[number]

export interface Copy {
  place: string
  callNumber: string
  branch: string
  state: CopyState
  /** Civil date, of on_loan. */
  due?: string
}

export interface TitleView {
  found: Found
  authors: string[]
  edition: string
  extent: string
  series: string
  summary: string
  subjects: string[]
  isbns: string[]
  copies: Copy[]
  byAuthor: Found[]
  /** Neighbours on the shelf, nearest first. */
  before: Found[]
  after: Found[]
  /** How many wait for it. */
  waiting: number
  /** A copy of it may be lent one day, so it is worth waiting for. */
  holdable: boolean
}

export interface Shelves {
  titles: number
  fresh: number
  /** Prefixes of one and two characters: I, I2, TP. */
  classes: { class: string; titles: number }[]
  languages: { code: string; titles: number }[]
  filling?: Filling
}

type Loose<T> = { [K in keyof T]: T[K] extends unknown[] ? T[K] | null : T[K] }

/** Go sends a nil slice as null; the page wants lists. */
export function completeFound(raw: Loose<Found>): Found {
  return { ...raw, marks: raw.marks ?? [] }
}

const all = (raw: Found[] | null) => (raw ?? []).map(completeFound)

export function completePage(raw: Loose<FindPage>): FindPage {
  return { ...raw, hits: all(raw.hits) }
}

export function completeTitle(raw: Loose<TitleView>): TitleView {
  return {
    ...raw,
    found: completeFound(raw.found),
    authors: raw.authors ?? [],
    subjects: raw.subjects ?? [],
    isbns: raw.isbns ?? [],
    copies: raw.copies ?? [],
    byAuthor: all(raw.byAuthor),
    before: all(raw.before),
    after: all(raw.after),
  }
}

export function completeShelves(raw: Loose<Shelves>): Shelves {
  return { ...raw, classes: raw.classes ?? [], languages: raw.languages ?? [] }
}
