import { describe, expect, it } from 'vitest'
import { languages } from '../api/types'
import { allMessages, createWords } from './index'
import { zhHans } from './messages/zh-Hans'
import { pseudo } from './pseudo'

function flatten(value: object, stem = ''): Map<string, string> {
  const flat = new Map<string, string>()
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner === 'string') flat.set(stem + key, inner)
    else for (const [k, v] of flatten(inner as object, `${stem}${key}.`)) flat.set(k, v)
  }
  return flat
}

const holes = (message: string) => [...new Set(message.match(/\{\w+\}/g))].sort()

describe('words', () => {
  const base = flatten(zhHans)

  it.each(languages)('TestAccept_L15_three_languages: %s has every message, with the same facts in it', (language) => {
    const messages = flatten(allMessages[language])
    expect([...messages.keys()]).toEqual([...base.keys()])
    for (const [key, message] of messages) {
      expect(message.trim(), key).not.toBe('')
      const forms = message.split(' | ')
      const facts = holes(message)
      // A plural form may leave the number out; none may name an unknown fact.
      expect(facts.filter((fact) => !holes(base.get(key) ?? '').includes(fact)), key).toEqual([])
      expect(holes(base.get(key) ?? '').filter((fact) => !facts.includes(fact)), key).toEqual([])
      expect(forms.length, key).toBeLessThanOrEqual(language === 'en' ? 2 : 1)
    }
  })

  it('uses characters of its own script in each Chinese', () => {
    const simplified = [...flatten(allMessages['zh-Hans']).values()].join('')
    const traditional = [...flatten(allMessages['zh-Hant']).values()].join('')
    expect(simplified).not.toMatch(/[書證讀還幾請續館員處機體這個現張對掃條碼後為會與來點]/)
    expect(traditional).not.toMatch(/[书证读还几请续馆员处机体这个现张对扫条码后为会与来点]/)
  })

  it('takes the singular and the plural through Intl', () => {
    const { t } = createWords('en').global
    expect(t('borrow.remaining', { n: 1 }, 1)).toBe('1 more book')
    expect(t('borrow.remaining', { n: 0 }, 0)).toBe('0 more books')
    expect(t('borrow.remaining', { n: 7 }, 7)).toBe('7 more books')
    expect(createWords('zh-Hans').global.t('borrow.remaining', { n: 1 }, 1)).toBe('还可再借 1 本')
  })

  it('has a pseudo-locale that is 1.35 times as long and keeps the facts', () => {
    for (const [key, message] of flatten(pseudo(allMessages.en))) {
      const original = flatten(allMessages.en).get(key) ?? ''
      expect(message.length, key).toBeGreaterThanOrEqual(Math.floor(original.replace(/\{\w+\}/g, '').length * 1.35))
      expect(holes(message), key).toEqual(holes(original))
    }
  })
})
