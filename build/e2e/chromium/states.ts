// Every screen in every state worth looking at, and how a reader comes there
// with the demo library. Used for axe, for the measuring of what fits, and for
// the pictures.

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { available, book, card, neighbour, pinOf } from './demolibrary'
import type { Kiosk, Language, Modes, Options } from './kiosk'

export interface State {
  /** The screen it belongs to: one contact sheet each. */
  screen: string
  name: string
  /** Leads from idle to the state. */
  enter(kiosk: Kiosk): Promise<void>
  /** Much like another: fits and axe look at it only when asked to look closely. */
  seldom?: boolean
  /** The state passes by itself or with the next call: language and modes change in the page only. */
  passing?: boolean
  /** Draws the state anew in a language and modes, where changing them would leave it. */
  again?(kiosk: Kiosk, language: Language, modes: Modes): Promise<void>
}

/** States that one program can show, with the options it needs. */
export interface Group {
  name: string
  options: Partial<Options>
  /** Brings a demo library into the condition, once. */
  prepare?(kiosk: Kiosk): Promise<void>
  states: State[]
}

export type Shape = 'portrait' | 'landscape'
export const shapes: Record<Shape, { width: number; height: number }> = {
  portrait: { width: 1080, height: 1920 },
  landscape: { width: 1920, height: 1080 },
}

const off: Modes = { largeText: false, highContrast: false, lowPosition: false }
/** The modes as a reader may combine them; contrast changes only colours and borders. */
export const modes: Record<string, Modes> = {
  standard: off,
  large: { ...off, largeText: true },
  contrast: { ...off, highContrast: true },
  low: { ...off, lowPosition: true },
  'large-low': { ...off, largeText: true, lowPosition: true },
}

const scans =
  (...codes: string[]) =>
  async (kiosk: Kiosk): Promise<void> => {
    for (const code of codes) await kiosk.scanned(code)
  }

const begin = (flow: 'borrow' | 'return' | 'search' | 'account', ...codes: string[]) => async (kiosk: Kiosk) => {
  await kiosk.call('Begin', flow)
  await scans(...codes)(kiosk)
}

const patient = '[visit]\nwarn_seconds = 600\nend_seconds = 900\ngoodbye_seconds = 60\n'

const everyday: State[] = [
  { screen: 'idle', name: 'idle', enter: async () => undefined },
  { screen: 'idle', name: 'unreadable', enter: scans('NOT A CODE') },
  { screen: 'idle', name: 'publishers-code', enter: scans(book('isbn')) },
  { screen: 'item', name: 'item', enter: scans('LQ005502') },
  { screen: 'item', name: 'long-title', enter: scans('LQ006501') },
  { screen: 'signin', name: 'signin', enter: begin('borrow') },
  {
    screen: 'signin', name: 'with-a-book', enter: async (kiosk) => {
      await kiosk.scanned('LQ006201')
      await kiosk.call('Begin', 'borrow')
    },
  },
  { screen: 'signin', name: 'card-unknown', enter: scans(card('unknown')) },
  { screen: 'signin', name: 'card-lost', enter: scans(card('lost')) },
  { screen: 'borrow', name: 'empty', enter: scans(card('adult')) },
  { screen: 'borrow', name: 'overdue', enter: scans(card('overdue')) },
  { screen: 'borrow', name: 'suspended', enter: scans(card('suspended'), 'LQ000402') },
  { screen: 'borrow', name: 'limit', enter: scans(card('limit'), book('reference')) },
  { screen: 'borrow', name: 'refusals', enter: scans(card('adult'), book('reserved'), book('on_site'), book('unknown')) },
  { screen: 'borrow', name: 'question-parts', enter: scans(card('adult'), book('parts')) },
  { screen: 'borrow', name: 'question-renew', enter: scans(card('adult'), book('yours'), book('copy')) },
  { screen: 'borrow', name: 'books', enter: scans(card('adult'), ...available.slice(0, 3)) },
  { screen: 'borrow', name: 'books-and-refusal', enter: scans(card('senior'), 'LQ003301', 'LQ003401', book('damaged')) },
  {
    screen: 'borrow', name: 'page-two', enter: async (kiosk) => {
      await scans(card('staff'), 'LQ003501', 'LQ003601', 'LQ003701', 'LQ003801', 'LQ003901', 'LQ004001', 'LQ004101', 'LQ004201', 'LQ004301')(kiosk)
      await kiosk.page.locator('.pager button').last().tap()
    },
  },
  { screen: 'return', name: 'empty', enter: begin('return') },
  { screen: 'return', name: 'outcomes', enter: begin('return', 'LQ001602', neighbour.book, book('lost')) },
  { screen: 'return', name: 'not-taken', enter: begin('return', book('unknown'), 'LQ001301') },
  {
    screen: 'goodbye', name: 'borrowed', passing: true, enter: async (kiosk) => {
      await scans(card('child'), 'LQ004401', 'LQ004501', book('age'))(kiosk)
      await kiosk.call('Finish')
    },
  },
  {
    screen: 'goodbye', name: 'returned', passing: true, enter: async (kiosk) => {
      await begin('return', 'LQ005002')(kiosk)
      await kiosk.call('Finish')
    },
  },
  {
    screen: 'fault', name: 'unreachable',
    enter: async () => undefined,
    again: async (kiosk, language, wanted) => {
      await kiosk.page.reload()
      await kiosk.ready()
      await kiosk.speak(language, wanted)
      await kiosk.loseProgram()
    },
  },
]

/** Looks for a book with the keys on the glass. */
const typing = (text: string) => async (kiosk: Kiosk) => {
  await kiosk.call('Begin', 'search')
  const keys = kiosk.page.locator('.keyboard')
  for (const key of text) await kiosk.answering('Find', () => keys.getByRole('button', { name: key, exact: true }).tap())
}

const opening = (barcode: string) => async (kiosk: Kiosk) => {
  await kiosk.call('Begin', 'search')
  await kiosk.on('search')
  await kiosk.answering('TitleView', () => kiosk.scan(barcode))
}

/** Leads on from the start of the search by a button's place, whatever it is called. */
const browsing = (...buttons: string[]) => async (kiosk: Kiosk) => {
  await kiosk.answering('Shelves', () => kiosk.call('Begin', 'search'))
  for (const button of buttons) await kiosk.answering('Find', () => kiosk.page.locator(button).first().tap())
}

const searched: State[] = [
  { screen: 'search', name: 'start', enter: browsing() },
  { screen: 'search', name: 'found', seldom: true, enter: typing('hlm') },
  { screen: 'search', name: 'many', enter: typing('s') },
  { screen: 'search', name: 'one-letter-wrong', seldom: true, enter: typing('treasue') },
  { screen: 'search', name: 'nothing', enter: typing('qqqx') },
  { screen: 'search', name: 'new', seldom: true, enter: browsing('.all-new') },
  { screen: 'search', name: 'class', enter: browsing('.class-I') },
  { screen: 'title', name: 'title', enter: opening('LQ000401') },
  { screen: 'title', name: 'long', enter: opening('LQ006501') },
  { screen: 'title', name: 'periodical', seldom: true, enter: opening('LQ005901') },
]

/** The own page of a card, and one of its parts by its place among the tabs. */
const own = (label: string, tab?: number, act?: (kiosk: Kiosk) => Promise<void>) => async (kiosk: Kiosk) => {
  await begin('account', card(label))(kiosk)
  await kiosk.on('pin')
  await kiosk.answering('EnterPIN', () => kiosk.pin(pinOf(label)))
  await kiosk.on('account')
  if (tab !== undefined) await kiosk.page.locator('.account [role=tab], .account .tabs button').nth(tab).tap()
  await act?.(kiosk)
  await kiosk.drawn()
}

/** The id of the title a copy belongs to. */
async function titleOf(kiosk: Kiosk, barcode: string): Promise<string> {
  await kiosk.call('Begin', 'search')
  await kiosk.on('search')
  await kiosk.answering('TitleView', () => kiosk.scan(barcode))
  return (await kiosk.snapshot()).find?.title ?? ''
}

/** Asks for a title to be held, and shows the card. */
const holding = (barcode: string, label?: string) => async (kiosk: Kiosk) => {
  await kiosk.call('Hold', await titleOf(kiosk, barcode), crypto.randomUUID())
  await kiosk.on('signin')
  if (label) await kiosk.scanned(card(label))
}

const owned: State[] = [
  { screen: 'signin', name: 'for-the-own-page', enter: begin('account') },
  { screen: 'pin', name: 'for-the-own-page', enter: begin('account', card('adult')) },
  { screen: 'signin', name: 'for-a-hold', enter: holding('LQ005901') },
  { screen: 'account', name: 'loans', enter: own('overdue') },
  { screen: 'account', name: 'many-loans', enter: own('many') },
  { screen: 'account', name: 'renewed', enter: own('senior', undefined, (kiosk) => kiosk.call('RenewAll', crypto.randomUUID())) },
  { screen: 'account', name: 'holds', enter: own('adult', 1) },
  { screen: 'account', name: 'charges', enter: own('charges', 2) },
  { screen: 'account', name: 'history', enter: own('adult', 3) },
  { screen: 'held', name: 'placed', enter: holding('LQ002001', 'child') },
  { screen: 'held', name: 'refused', enter: holding('LQ007101', 'adult') },
]

/** The warning comes after ten seconds at the earliest. */
const warned: State[] = [
  {
    screen: 'warning', name: 'warning', passing: true, enter: async (kiosk) => {
      await scans(card('adult'), 'LQ001101')(kiosk)
      await kiosk.page.getByRole('dialog').waitFor({ timeout: 20_000 })
    },
  },
]

const asked: State[] = [
  { screen: 'pin', name: 'pin', enter: scans(card('adult')) },
  { screen: 'pin', name: 'a-book-first', enter: scans(card('adult'), available[0] ?? '') },
  {
    screen: 'pin', name: 'wrong', enter: async (kiosk) => {
      await kiosk.scanned(card('senior'))
      await kiosk.answering('EnterPIN', () => kiosk.pin('000000'))
    },
  },
  {
    screen: 'pin', name: 'wait', enter: async (kiosk) => {
      await kiosk.scanned(card('teen'))
      for (let tries = 0; ((await kiosk.snapshot()).pin?.wait ?? 0) === 0; tries++) {
        if (tries > 10) throw new Error('wrong PINs cost no wait')
        await kiosk.answering('EnterPIN', () => kiosk.pin('000000'))
      }
    },
  },
]

const recovering: State[] = [
  { screen: 'recovery', name: 'code', enter: async () => undefined },
  { screen: 'recovery', name: 'confirm', enter: async ({ page }) => page.locator('.dock button').tap() },
]

const closed = (name: string): State[] => [{ screen: 'closed', name, enter: async () => undefined }]

export const groups: Group[] = [
  // In two, so that both can be looked at at once.
  { name: 'with a card', options: { settings: patient }, states: everyday.filter(({ screen }) => screen === 'borrow') },
  { name: 'without a card', options: { settings: patient }, states: everyday.filter(({ screen }) => screen !== 'borrow') },
  { name: 'searching', options: { settings: patient }, states: searched },
  { name: 'on the own page', options: { settings: patient }, states: owned },
  { name: 'warned', options: { settings: '[visit]\nwarn_seconds = 10\nend_seconds = 900\n' }, states: warned },
  {
    name: 'asked for the PIN',
    options: { settings: `${patient}[sign_in]\npin = "always"\npin_free_tries = 2\npin_delay_seconds = 60\n` },
    states: asked,
  },
  { name: 'at the first start', options: { arguments: [], settings: patient }, states: recovering },
  {
    name: 'without room', options: { settings: patient },
    prepare: (kiosk) => kiosk.restart({ settings: `${patient}[data]\nmin_free_mib = 1000000\n` }),
    states: closed('no-room'),
  },
  {
    name: 'without its library', options: { settings: patient },
    prepare: (kiosk) => kiosk.restart({}, () => rmSync(join(kiosk.data, '..', 'data-keys'), { recursive: true })),
    states: closed('not-opened'),
  },
]

/** The settings of a group on a screen of that size. */
export function onScreenOf(settings: string, inch: number): string {
  return `${settings}[screen]\ndiagonal = ${inch}\n`
}

/** One way to look at a state. */
export interface View {
  shape: Shape
  language: Language
  mode: string
}

/** Every shape, language and mode with each other. */
export function every(languages: readonly Language[], of: readonly string[] = Object.keys(modes)): View[] {
  return (Object.keys(shapes) as Shape[]).flatMap((shape) =>
    languages.flatMap((language) => of.map((mode) => ({ shape, language, mode }))),
  )
}

/** LOOK=all looks at every state in all ways, where a suite is content with the ones that differ. */
export const lookClosely = process.env['LOOK'] === 'all'

/** Leads the kiosk through all states of a group and looks at each in those ways; those of one shape come together. */
export async function lookAtAll(
  kiosk: Kiosk,
  { states }: Group,
  views: readonly View[],
  look: (state: State, view: View) => Promise<void>,
  all = lookClosely,
): Promise<void> {
  for (const state of states) {
    if (state.seldom && !all) continue
    // What is touched on the way there is on the glass in this shape.
    await kiosk.page.setViewportSize(shapes.portrait)
    await state.enter(kiosk)
    const entered = state.passing ? await kiosk.snapshot() : undefined
    let shape: Shape | undefined
    for (const view of views) {
      if (view.shape !== shape) await kiosk.page.setViewportSize(shapes[(shape = view.shape)])
      const wanted = modes[view.mode] ?? off
      if (entered) await kiosk.show({ ...entered, language: view.language, modes: wanted })
      else if (state.again) await state.again(kiosk, view.language, wanted)
      else await kiosk.speak(view.language, wanted)
      await look(state, view)
    }
    // What the page was shown or lost stays there until it is loaded anew.
    if (entered || state.again) {
      await kiosk.page.reload()
      await kiosk.ready()
    }
    await kiosk.call('Finish')
    await kiosk.call('Finish')
    await kiosk.drawn()
  }
}
