// Names of the demo library's cards and books, by the label Go gives them.

import type { MessageKey, Messages, Say } from './index'
import { zhHans } from './messages/zh-Hans'

type CardLabel = keyof Messages['demo']['card']
type BookLabel = keyof Messages['demo']['book']

export function cardLabel(label: string, say: Say): string {
  const key: MessageKey = isOwn(zhHans.demo.card, label) ? `demo.card.${label as CardLabel}` : 'demo.other'
  return say(key)
}

export function bookLabel(label: string, say: Say): string {
  const key: MessageKey = isOwn(zhHans.demo.book, label) ? `demo.book.${label as BookLabel}` : 'demo.other'
  return say(key)
}

function isOwn(labels: object, label: string): boolean {
  return Object.hasOwn(labels, label)
}
