import { describe, expect, it } from 'vitest'
import { sceneNamed } from '../api/scenes'
import { languages, type Language, type Snapshot } from '../api/types'
import { announcements } from './announce'
import { createWords, type Say } from './index'
import type { Speech } from './reasons'

function speech(language: Language): Speech {
  const { t } = createWords(language).global
  const say: Say = (key, facts = {}, count) => (count === undefined ? t(key, facts) : t(key, { n: count, ...facts }, count))
  return { say, language, timeZone: 'Asia/Shanghai', today: new Date('2026-11-22T01:42:00Z') }
}

function farewell(name: string): Snapshot & { goodbye: NonNullable<Snapshot['goodbye']> } {
  const scene = sceneNamed(name)
  if (!scene.goodbye) throw new Error(name)
  return { ...scene, goodbye: scene.goodbye }
}

describe('the farewell, heard', () => {
  it.each(languages)('TestAccept_L52_farewell: in %s it names what goes to our staff first, with how many', (language) => {
    const words = speech(language)
    const scene = farewell('goodbye_staff')
    const [said] = announcements(null, scene, words)
    expect(said).toMatch(new RegExp(`^.*4.*${scene.goodbye.toStaff[0]?.title}`))
    expect(said).toContain(words.say('goodbye.returned'))
    expect(said).not.toMatch(/undefined|\{/)
  })

  it('TestAccept_L52_farewell: what was not renewed is told with its day', () => {
    const words = speech('zh-Hans')
    const [said] = announcements(null, farewell('goodbye_unrenewed'), words)
    expect(said).toContain('没能续借的，最早 11月19日')
  })

  it('is told again only when a lost answer has changed it', () => {
    const words = speech('en')
    const before = farewell('goodbye_staff')
    expect(announcements(before, { ...before, revision: 9 }, words)).toEqual([])
    const after = { ...before, goodbye: { ...before.goodbye, returned: 3 } }
    expect(announcements(before, after, words)).toHaveLength(1)
  })

  it('says nothing where nothing was done', () => {
    expect(announcements(null, farewell('goodbye_nothing'), speech('zh-Hant'))).toEqual([])
  })
})
