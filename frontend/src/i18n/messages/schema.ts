import type { zhHans } from './zh-Hans'

/** What every language must have: a missing or a surplus key does not compile. */
export type Messages = typeof zhHans

type Paths<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${Paths<T[K]>}`
}[keyof T & string]

/** Every key, as "entry.due". A mistyped key does not compile. */
export type MessageKey = Paths<Messages>
