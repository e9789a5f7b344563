// What the farewell says of books that are still in hand: named, so that none
// goes out, or into the box, by mistake. Seen and heard in the same words.

import type { Goodbye, Title } from '../api/types'
import { formatDate } from './format'
import type { Say } from './index'
import type { Speech } from './reasons'

const namedMost = 3

function named(all: readonly Title[], say: Say): string {
  const titles = all
    .slice(0, namedMost)
    .map(({ title, barcode }) => (title ? say('goodbye.quoted', { title }) : say('entry.unnamed', { barcode })))
    .join(say('goodbye.and'))
  return all.length > namedMost ? say('goodbye.more', { titles, n: all.length - namedMost }) : titles
}

export function toStaffInWords({ toStaff }: Goodbye, say: Say): string {
  return say('goodbye.toStaff', { titles: named(toStaff, say) }, toStaff.length)
}

export function leftInWords({ left, back }: Goodbye, say: Say): string {
  return say(back ? 'goodbye.leftBack' : 'goodbye.left', { titles: named(left, say), n: left.length })
}

/** The farewell for those who listen: first what is still to be done. */
export function farewellInWords(done: Goodbye, { say, language, today, timeZone }: Speech): string {
  const date = (civil: string) => formatDate(civil, language, today, timeZone)
  const counts = [
    [done.borrowed, 'goodbye.borrowed'],
    [done.renewed, 'goodbye.renewed'],
    [done.returned, 'goodbye.returned'],
    [done.unrenewed, 'goodbye.not_renewed'],
    [done.unknown, 'goodbye.unknown'],
  ] as const
  return [
    done.toStaff.length > 0 ? toStaffInWords(done, say) : '',
    done.left.length > 0 ? leftInWords(done, say) : '',
    ...counts.map(([n, key]) => (n > 0 ? `${say(key)} ${say('goodbye.books', {}, n)}` : '')),
    done.keptDue ? say('goodbye.keptDue', { date: date(done.keptDue) }) : '',
    done.borrowed > 0 ? say('goodbye.check', {}, done.borrowed) : '',
    done.borrowed > 0 && done.due ? say('goodbye.due', { date: date(done.due) }) : '',
  ]
    .filter(Boolean)
    .join(' ')
}
