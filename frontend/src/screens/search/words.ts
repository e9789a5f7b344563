// What a title of a list says of itself.

import type { Found } from '../../api/find'
import type { Say } from '../../i18n'

export function availability({ onShelf, copies }: Found, say: Say): string {
  if (copies === 0) return say('search.noCopies')
  return onShelf > 0 ? say('search.available', { on: onShelf, all: copies }) : say('search.allOut', { all: copies })
}

/** All that helps to choose, as one name read aloud. */
export function spokenName(found: Found, say: Say): string {
  const { title, subtitle, author, place, callNumber } = found
  return [title, subtitle, author, found.fresh ? say('search.fresh') : '', place, callNumber, availability(found, say)]
    .filter(Boolean)
    .join(', ')
}
