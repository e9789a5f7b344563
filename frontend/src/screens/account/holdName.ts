// What a hold is called where its title, or the whole of it, cannot be read.

import type { OwnHold } from '../../api/types'
import type { Say } from '../../i18n'

/** Go knows neither a place in the queue nor a shelf of it. */
export function isUnreadable(hold: OwnHold): boolean {
  return !hold.ready && !hold.cancelled && hold.position === 0
}

export function nameOfHold({ item }: OwnHold, say: Say): string {
  if (item.title) return item.title
  return item.barcode ? say('entry.unnamed', { barcode: item.barcode }) : say('account.holdUnnamed')
}
