import { describe, expect, it } from 'vitest'
import { healthCodes, languages, reasonCodes, type Language } from '../api/types'
import { createWords, type Say } from './index'
import { allParts, becauseCodes, threeParts, type Speech } from './reasons'

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

type Variant = readonly [code: string, params: Record<string, string>]

/** Parameters as Go gives them that change the words; the plain words stand for those not given. */
const variants: readonly Variant[] = [
  ...['behaviour', 'damage', 'no_show', 'staff'].map((why): Variant => ['patron_suspended', { until: '2026-12-01', why }]),
  ['renew_overdue', { due: '2026-11-03' }],
  ['item_unknown', { hint: 'isbn' }],
  ['renew_limit', { limit: '0' }],
  ['hold_exists', { state: 'waiting', position: '3', until: '' }],
  ['hold_exists', { state: 'ready', position: '', until: '2026-11-30' }],
  ['hold_not_allowed', { why: 'no_holds' }],
  ['hold_not_allowed', { why: 'not_lendable' }],
  ...becauseCodes.flatMap((why): Variant[] =>
    why.startsWith('item_')
      ? [['renew_item_blocked', { why }]]
      : [
          ['renew_patron_blocked', { why }],
          ['hold_not_allowed', { why }],
        ],
  ),
]

function expectWords(parts: object): void {
  for (const part of Object.values(parts) as string[]) {
    expect(part).toMatch(/\S/)
    expect(part).not.toMatch(/[{}|]|undefined|NaN|reasons\.|because\./)
  }
  expect(new Set(Object.values(parts)).size).toBe(3)
}

describe('what else a refusal may tell', () => {
  for (const language of languages) {
    it.each(variants)(`TestAccept_L42_every_refusal_has_its_words: %s %j in ${language}`, (code, given) => {
      const told = threeParts({ code, mark: 'block', params: given }, speech(language))
      expectWords(told)
      expect(told.why).not.toBe(threeParts({ code, mark: 'block', params: {} }, speech(language)).why)
    })
  }

  it('TestAccept_L42_a_card_in_trouble_is_named: whatever is wrong with it, in renewals and holds', () => {
    const cards = reasonCodes.filter((code) => /^(card|patron|guardian)_/.test(code))
    expect(cards.filter((code) => !(becauseCodes as readonly string[]).includes(code))).toEqual([])
  })

  it('never counts to no renewals', () => {
    const of = (limit: string) => threeParts({ code: 'renew_limit', mark: 'block', params: { limit } }, speech('zh-Hans')).why
    expect(of('0')).toBe('按规定，这次借阅不办续借。')
    expect(of('1')).toContain('续借 1 次')
  })

  it('says where a hold stands', () => {
    const of = (given: Record<string, string>) => threeParts({ code: 'hold_exists', mark: 'block', params: given }, speech('zh-Hans'))
    expect(of({ state: 'waiting', position: '3', until: '' }).why).toBe('您排在第 3 位。')
    expect(of({ state: 'ready', position: '', until: '2026-11-30' }).why).toBe('书已经到馆，为您留到 11月30日 周一。')
    expect(of({ state: 'ready', position: '', until: '2026-11-30' }).now).toContain('取书架')
    expect(of({ state: 'waiting', position: '3', until: '' }).now).not.toContain('取书架')
  })

  it('has words for a why it does not know', () => {
    for (const code of ['renew_patron_blocked', 'renew_item_blocked', 'hold_not_allowed']) {
      const params = { why: 'something_new' }
      expect(threeParts({ code, mark: 'block', params }, speech('en'))).toEqual(threeParts({ code, mark: 'block' }, speech('en')))
    }
  })
})

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

describe('several reasons at once', () => {
  const overdue = (count: string) => ({ code: 'patron_overdue', mark: 'block' as const, params: { count } })
  const full = (now: string) => ({ code: 'loan_limit', mark: 'block' as const, params: { limit: '10', now } })

  it.each(languages)('TestAccept_L42_one_act: returning what is overdue makes room, and %s says so', (language) => {
    const words = speech(language)
    const [first, second] = allParts([overdue('2'), full('10')], words)
    expect(first).toEqual(threeParts(overdue('2'), words))
    expect(second?.now).toBe(words.say('reasons.loan_limit.nowOverdue'))
  })

  it.each([
    ['alone', [full('10')]],
    ['too many are lent for that', [overdue('1'), full('11')]],
  ])('the limit has its own way out: %s', (_why, reasons) => {
    const words = speech('zh-Hans')
    expect(allParts(reasons, words)).toEqual(reasons.map((reason) => threeParts(reason, words)))
  })
})
