// The words of the page: typed keys over vue-i18n. The language follows the
// snapshot; it is never taken from the system.

import { createI18n, useI18n } from 'vue-i18n'
import type { Language } from '../api/types'
import { en } from './messages/en'
import type { MessageKey, Messages } from './messages/schema'
import { zhHans } from './messages/zh-Hans'
import { zhHant } from './messages/zh-Hant'

export type { MessageKey, Messages } from './messages/schema'

export const allMessages: Record<Language, Messages> = { 'zh-Hans': zhHans, 'zh-Hant': zhHant, en }

/** Picks the form of a plural message: the order of forms is that of Intl's
 * categories with the last form for every other number. */
function pluralForm(language: Language) {
  const rules = new Intl.PluralRules(language)
  return (choice: number, forms: number) => (forms > 1 && rules.select(choice) === 'one' ? 0 : forms - 1)
}

export function createWords(language: Language, messages: Record<Language, Messages> = allMessages) {
  return createI18n({
    legacy: false,
    locale: language,
    fallbackLocale: false,
    messages,
    pluralRules: { 'zh-Hans': pluralForm('zh-Hans'), 'zh-Hant': pluralForm('zh-Hant'), en: pluralForm('en') },
  })
}

export type Params = Record<string, string | number>

/** Says a message; count picks the plural form and is {n} in the text. */
export type Say = (key: MessageKey, params?: Params, count?: number) => string

export interface Words {
  say: Say
  /** The language now spoken. */
  language: () => Language
}

export function useWords(): Words {
  const { t, locale } = useI18n({ useScope: 'global' })
  return {
    say: (key, params = {}, count) =>
      count === undefined ? t(key, params) : t(key, { n: count, ...params }, count),
    language: () => locale.value as Language,
  }
}
