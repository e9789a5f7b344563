// The pseudo-locale: every message about 1.35 times as long, marked at both
// ends, so that tests see cut text and words that escaped translation. It is
// not in a shipped build.

import type { Language } from '../api/types'
import { allMessages } from './index'
import type { Messages } from './messages/schema'

const growth = 0.35

function stretch(message: string): string {
  return message
    .split(' | ')
    .map((form) => {
      const letters = form.replace(/\{\w+\}/g, '')
      const chinese = /\p{Script=Han}/u.test(letters)
      const extra = Math.ceil(letters.length * growth)
      const padding = chinese ? '长'.repeat(extra) : ' lorem ipsu'.repeat(Math.ceil(extra / 11)).slice(0, extra)
      return `[${form}${padding}]`
    })
    .join(' | ')
}

export function pseudo(messages: Messages): Messages {
  const walk = (value: unknown): unknown =>
    typeof value === 'string'
      ? stretch(value)
      : Object.fromEntries(Object.entries(value as object).map(([key, inner]) => [key, walk(inner)]))
  return walk(messages) as Messages
}

export function pseudoMessages(): Record<Language, Messages> {
  return {
    'zh-Hans': pseudo(allMessages['zh-Hans']),
    'zh-Hant': pseudo(allMessages['zh-Hant']),
    en: pseudo(allMessages.en),
  }
}
