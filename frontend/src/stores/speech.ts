// What the screens say: the words of the language now spoken, with dates and
// reasons told in the library's zone.

import { formatDate, formatTime, formatToday } from '../i18n/format'
import { useWords, type Say } from '../i18n'
import { allParts, isHealthCode, isReasonCode, type ThreeParts } from '../i18n/reasons'
import type { Names, Reason } from '../api/types'
import { useVisit } from './visit'

const libraryZone = 'Asia/Shanghai'

export interface SpeechOfPage {
  say: Say
  date(civil: string): string
  today(now: Date): string
  time(now: Date): string
  parts(reasons: readonly Reason[]): ThreeParts[]
  /** The codes staff should see: of reasons the page has no words for. */
  codes(reasons: readonly Reason[]): string
  name(names: Names): string
}

export function useSpeech(): SpeechOfPage {
  const visit = useVisit()
  const { say, language } = useWords()
  const zone = () => visit.hello.value?.timeZone ?? libraryZone
  return {
    say,
    date: (civil) => formatDate(civil, language(), new Date(), zone()),
    today: (now) => formatToday(now, language(), zone()),
    time: (now) => formatTime(now, language(), zone()),
    parts: (reasons) => allParts(reasons, { say, language: language(), timeZone: zone(), today: new Date() }),
    codes: (reasons) =>
      reasons
        .filter(({ code }) => !isReasonCode(code) && !isHealthCode(code))
        .map(({ code }) => say('entry.code', { code }))
        .join(' '),
    name: (names) => names[language()] || names['zh-Hans'],
  }
}
