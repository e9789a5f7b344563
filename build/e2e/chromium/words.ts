// The words a screen must show: the page's own messages, with room for the
// facts that are filled in.

import type { Language } from '../../../frontend/src/api/types'
import { en } from '../../../frontend/src/i18n/messages/en'
import type { Messages } from '../../../frontend/src/i18n/messages/schema'
import { zhHans } from '../../../frontend/src/i18n/messages/zh-Hans'
import { zhHant } from '../../../frontend/src/i18n/messages/zh-Hant'

export { languages } from '../../../frontend/src/api/types'

export const messages: Record<Language, Messages> = { 'zh-Hans': zhHans, 'zh-Hant': zhHant, en }

/** How each language is named on its button. */
export const languageButton: Record<Language, string> = { 'zh-Hans': '简体', 'zh-Hant': '繁體', en: 'English' }

/** Matches the message in any of its plural forms, whatever fills its places. */
export function saying(message: string): RegExp {
  const forms = message.split(' | ').map((form) =>
    form
      .split(/\{\w+\}/)
      .map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+'))
      .join('[^{}]+?'),
  )
  return new RegExp(forms.join('|'))
}

/** The message with these facts in it. */
export function filled(message: string, facts: Record<string, string | number>, form = 0): string {
  const forms = message.split(' | ')
  return (forms[Math.min(form, forms.length - 1)] ?? '').replace(/\{(\w+)\}/g, (whole, name: string) => String(facts[name] ?? whole))
}

export interface Parts {
  what: string
  why: string
  now: string
  whyNoted?: string
}

/** The parts of a refusal that are not among the words; empty is well. */
export function missingParts(words: string, parts: Parts): string[] {
  const why = parts.whyNoted === undefined ? [parts.why] : [parts.why, parts.whyNoted]
  const wanted = [[parts.what], why, [parts.now]]
  return wanted.filter((either) => !either.some((message) => saying(message).test(words))).map((either) => either.join(' / '))
}
