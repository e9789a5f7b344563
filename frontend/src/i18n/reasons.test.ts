import { describe, expect, it } from 'vitest'
import { healthCodes, languages, reasonCodes, type Language } from '../api/types'
import { createWords, type Say } from './index'
import { threeParts, type Speech } from './reasons'

const params: Record<string, string> = {
  on: '2026-03-01',
  until: '2026-06-01',
  due: '2026-12-22',
  from: '2026-12-12',
  why: 'damage',
  count: '2',
  amount: '2350',
  threshold: '2000',
  limit: '10',
  now: '10',
  type: 'periodical',
  branch: '儿童分馆',
  minimum: '12',
  parts: '光盘一张',
}

function speech(language: Language): Speech {
  const { t } = createWords(language).global
  const say: Say = (key, facts = {}, count) => (count === undefined ? t(key, facts) : t(key, { n: count, ...facts }, count))
  return { say, language, timeZone: 'Asia/Shanghai', today: new Date('2026-11-22T01:42:00Z') }
}

describe('refusals in three parts', () => {
  for (const language of languages) {
    it.each([...reasonCodes, ...healthCodes, 'something_new'])(`TestAccept_L15_refusals_in_three_parts: %s in ${language}`, (code) => {
      for (const facts of [params, {}]) {
        const parts = threeParts({ code, mark: 'block', params: facts }, speech(language))
        for (const part of Object.values(parts)) {
          expect(part).toMatch(/\S/)
          expect(part).not.toMatch(/[{}|]|undefined|NaN|reasons\./)
        }
        expect(new Set(Object.values(parts)).size).toBe(3)
      }
    })
  }

  it('tells facts as a reader reads them', () => {
    const charges = threeParts({ code: 'patron_charges', mark: 'staff', params }, speech('zh-Hans'))
    expect(charges.why).toBe('未结 ¥23.50，满 ¥20.00 就暂停借书。')
    expect(threeParts({ code: 'card_expired', mark: 'block', params }, speech('zh-Hans')).why).toBe('有效期到 3月1日 周日。')
    expect(threeParts({ code: 'card_expired', mark: 'block', params }, speech('en')).why).toBe('It was valid until Sun 1 Mar.')
    const suspended = threeParts({ code: 'patron_suspended', mark: 'block', params }, speech('zh-Hant'))
    expect(suspended.why).toBe('因為書刊損壞，暫停到 6月1日 週一。')
    const type = threeParts({ code: 'loan_limit_type', mark: 'staff', params }, speech('zh-Hans'))
    expect(type.why).toBe('期刊最多可借 10 本，您现在借着 10 本。')
  })

  it('knows one book from two', () => {
    const of = (count: string) => threeParts({ code: 'patron_overdue', mark: 'staff', params: { count } }, speech('en')).why
    expect(of('1')).toBe('1 book is past its due date.')
    expect(of('2')).toBe('2 books are past their due date.')
  })

  it('tells the publisher’s barcode from an unknown one', () => {
    const hinted = threeParts({ code: 'item_unknown', mark: 'block', params: { hint: 'isbn' } }, speech('zh-Hans'))
    expect(hinted.why).toContain('ISBN')
  })
})
