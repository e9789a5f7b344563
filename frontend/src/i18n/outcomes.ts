// What an entry of the list says of itself, reasons apart.

import { returnResults, type Entry, type ReturnResult } from '../api/types'
import type { Say } from './index'

export interface OutcomeWords {
  what: string
  why: string
  now: string
  /** good: done. ask: the reader must answer. care: not done, or look here. plain: nothing changed. */
  tone: 'good' | 'ask' | 'care' | 'plain'
}

/** Results of a return that need the reader's hand or eye. */
const careful: readonly ReturnResult[] = [
  'item_unknown',
  'returned_reserved',
  'returned_was_lost',
  'returned_has_parts',
]

/** Results that changed nothing. */
const unchanged: readonly ReturnResult[] = ['not_on_loan', 'already_returned_now']

export function outcomeWords(entry: Entry, say: Say): OutcomeWords {
  switch (entry.outcome) {
    case 'borrowed':
    case 'renewed':
      return { what: say(`entry.${entry.outcome}`), why: '', now: '', tone: 'good' }
    case 'already_borrowed_now':
      return { what: say('entry.already_borrowed_now'), why: '', now: '', tone: 'plain' }
    case 'declined':
      return { what: say('entry.declined'), why: '', now: '', tone: 'plain' }
    case 'ask':
      return { what: say('entry.ask'), why: '', now: '', tone: 'ask' }
    case 'refused':
      return { what: say('entry.refused'), why: '', now: '', tone: 'care' }
    case 'returned':
      return returned(entry, say)
    default:
      return { what: say('entry.unknown'), why: say('entry.unknownWhy'), now: say('entry.unknownNow'), tone: 'care' }
  }
}

function returned(entry: Entry, say: Say): OutcomeWords {
  const result = isResult(entry.result) ? entry.result : 'returned'
  const all = [result, ...entry.also.filter(isResult)]
  const tone = all.some((one) => careful.includes(one)) ? 'care' : unchanged.includes(result) ? 'plain' : 'good'
  return {
    what: say(`results.${result}.what`),
    why: entry.late > 0 ? say('results.late', {}, entry.late) : '',
    now: all.map((one) => say(`results.${one}.now`)).join(' '),
    tone,
  }
}

function isResult(result: string): result is ReturnResult {
  return (returnResults as readonly string[]).includes(result)
}
