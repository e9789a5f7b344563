// A kiosk without Go, for component tests and for looking at screens: it shows
// one scene and answers every command with it. Not in a shipped build.

import type { FindRequest } from './find'
import { fakeCatalogue } from './fakeCatalogue'
import type { Kiosk } from './kiosk'
import { demoSamples, sceneNamed } from './scenes'
import type { Hello, Language, Snapshot } from './types'

export interface FakeKiosk extends Kiosk {
  /** Every command that came, as "scan 100001". */
  readonly calls: string[]
  /** Every question put to the catalogue. */
  readonly asked: FindRequest[]
  /** Sends a snapshot as Go would on its own. */
  send(next: Partial<Snapshot>): void
  /** Puts another scene on the glass, wholly. */
  show(scene: string, query: URLSearchParams): void
  /** What Snapshot() and every command answer with from now on. */
  answerWith(next: Partial<Snapshot>): void
}

export function fakeHello(query: URLSearchParams = new URLSearchParams()): Hello {
  return {
    version: '0.0.0',
    libraryNames: { 'zh-Hans': '路北区图书馆', 'zh-Hant': '路北區圖書館', en: 'Lubei District Library' },
    place: { 'zh-Hans': '一层大厅', 'zh-Hant': '一樓大廳', en: 'Entrance hall' },
    seal: '路北',
    timeZone: 'Asia/Shanghai',
    defaultLanguage: 'zh-Hans',
    languages: ['zh-Hans', 'zh-Hant', 'en'],
    screen: { diagonalInch: Number(query.get('inch') ?? 32), bottomMM: Number(query.get('bottom') ?? 700)},
    sound: { volume: 0.5, mute: true },
    demo: query.has('demo'),
    pinLength: 6,
  }
}

export function fakeKiosk(scene: string, query: URLSearchParams = new URLSearchParams()): FakeKiosk {
  const listeners = new Set<(snapshot: Snapshot) => void>()
  const calls: string[] = []
  const asked: FindRequest[] = []
  let mood = moodOf(scene)
  const catalogue = fakeCatalogue(() => mood)
  let now = staged(scene, query)
  const step = (next: Partial<Snapshot>): Snapshot => {
    now = { ...now, ...next, revision: now.revision + 1 }
    return now
  }
  const command =
    (name: string) =>
    (...args: unknown[]): Promise<Snapshot> => {
      calls.push([name, ...args].join(' '))
      return Promise.resolve(step({}))
    }
  return {
    calls,
    asked,
    send(next) {
      const sent = step(next)
      for (const listener of listeners) listener(sent)
    },
    show(name, query) {
      mood = moodOf(name)
      now = { ...staged(name, query), revision: now.revision + 1 }
      for (const listener of listeners) listener(now)
    },
    answerWith(next) {
      step(next)
    },
    hello: () => Promise.resolve(fakeHello(query)),
    snapshot: () => Promise.resolve(now),
    scan: command('scan'),
    answer: command('answer'),
    enterPIN: command('enterPIN'),
    begin: command('begin'),
    back: command('back'),
    finish: command('finish'),
    dismiss: command('dismiss'),
    openTitle: command('openTitle'),
    hold: command('hold'),
    renew: command('renew'),
    renewAll: command('renewAll'),
    cancelHold: command('cancelHold'),
    setHistory: command('setHistory'),
    showReceipt: command('showReceipt'),
    printReceipt: command('printReceipt'),
    setLanguage: (language) => {
      calls.push(`setLanguage ${language}`)
      return Promise.resolve(step({ language }))
    },
    setModes: (modes) => {
      calls.push(`setModes ${JSON.stringify(modes)}`)
      return Promise.resolve(step({ modes }))
    },
    acknowledgeRecovery: command('acknowledgeRecovery'),
    demoSamples: () => Promise.resolve(demoSamples),
    touch: () => {
      calls.push('touch')
      return Promise.resolve(now)
    },
    find: (request) => {
      asked.push(request)
      return catalogue.find(request)
    },
    titleView: (id) => catalogue.titleView(id),
    shelves: () => catalogue.shelves(),
    beat: () => Promise.resolve(),
    dropped: (kind) => {
      calls.push(`dropped ${kind}`)
      return Promise.resolve()
    },
    onVisit(callback) {
      listeners.add(callback)
      return () => listeners.delete(callback)
    },
  }
}

function moodOf(scene: string) {
  return { filling: scene.includes('filling'), failing: scene.includes('failing'), empty: scene.includes('empty') }
}

function staged(scene: string, query: URLSearchParams): Snapshot {
  return {
    ...sceneNamed(scene),
    language: (query.get('lang') as Language | null) ?? 'zh-Hans',
    modes: { largeText: query.has('large'), highContrast: query.has('contrast'), lowPosition: query.has('low') },
  }
}
