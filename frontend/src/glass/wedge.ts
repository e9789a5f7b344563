// The scanner as keyboard wedge: it types its code and Return, wherever the
// focus is. Keys are taken before anything else sees them. What a hostile or
// broken code can send besides characters (chords, control characters, marks that
// cannot be seen, endless runs) makes the whole burst be dropped up to its
// Return. No code presses a button: Return or space do so only when no other key
// came close before or after, as with a hand or an assistive tool.

import type { DroppedKind } from '../api/types'

/** Longest code taken, in characters. */
export const longestScan = 64
/** A pause of this many milliseconds ends a half scan. */
export const halfScanPause = 1000
/** Keys no more than this many milliseconds apart are typed by a scanner. */
export const scannerPace = 100

export interface WedgeEvents {
  scan(text: string): void
  dropped(kind: DroppedKind): void
  /** Any key at all: somebody is there. */
  key(): void
}

export class Wedge {
  private text = ''
  private spoilt: DroppedKind | null = null
  private characters = 0
  private last = Number.NEGATIVE_INFINITY
  private swallowed = new Set<string>()
  /** The last key was one with a name, outside a burst. */
  private lone = false
  /** When listening began: keys before it were lost. */
  private begun = Number.NEGATIVE_INFINITY
  private press: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly events: WedgeEvents,
    /** When a key was struck, in ms; the page may come to it later. */
    private readonly struck: (event: KeyboardEvent) => number = (event) => event.timeStamp,
    private readonly clock: () => number = () => performance.now(),
  ) {}

  /** Starts listening; returns the way to stop. */
  listen(target: Window): () => void {
    this.begun = this.clock()
    const down = (event: KeyboardEvent) => this.keydown(event)
    const up = (event: KeyboardEvent) => this.keyup(event)
    target.addEventListener('keydown', down, { capture: true })
    target.addEventListener('keyup', up, { capture: true })
    return () => {
      clearTimeout(this.press)
      target.removeEventListener('keydown', down, { capture: true })
      target.removeEventListener('keyup', up, { capture: true })
    }
  }

  private get underWay(): boolean {
    return this.text !== '' || this.spoilt !== null
  }

  private keydown(event: KeyboardEvent): void {
    this.events.key()
    if (event.repeat) {
      // No scanner repeats a key by holding it.
      this.swallow(event)
      return
    }
    const struck = this.struck(event)
    this.forgetAfterPause(struck)
    const close = struck - this.last <= scannerPace
    this.last = struck
    clearTimeout(this.press)
    // A named key that more follows so soon was the head of a burst.
    if (this.lone && close) this.spoil('control')
    this.lone = false
    if (event.key === 'Enter') {
      this.enter(event, close)
    } else if (event.ctrlKey || event.altKey || event.metaKey) {
      this.swallow(event)
      if (!isModifier(event.key)) this.spoil('modifier')
    } else if (event.key.length === 1 || [...event.key].length === 1) {
      this.character(event, close)
    } else {
      this.named(event)
    }
  }

  private enter(event: KeyboardEvent, close: boolean): void {
    this.swallow(event)
    if (!this.underWay) {
      if (!close) this.pressSoon(event)
      return
    }
    const { text, spoilt } = this
    const chord = event.ctrlKey || event.altKey || event.metaKey
    this.clear()
    if (spoilt) this.events.dropped(spoilt)
    else if (chord) this.events.dropped('modifier')
    else this.events.scan(text)
  }

  private character(event: KeyboardEvent, close: boolean): void {
    this.swallow(event)
    if (event.key === ' ' && !this.underWay) {
      if (!close) this.pressSoon(event)
      return
    }
    // So soon after listening began, the head of the code may have been missed.
    if (this.characters++ === 0 && this.struck(event) - this.begun <= scannerPace) this.spoil('cut')
    if (this.spoilt) return
    if (unseen.test(event.key)) {
      this.spoil('control')
      return
    }
    this.text += event.key
    if (this.text.length > longestScan) this.spoil('too_long')
  }

  /** Return or space alone belongs to the focused button, if there is one, unless
   * a scanner types on. */
  private pressSoon(event: KeyboardEvent): void {
    const button = event.target instanceof Element ? event.target.closest('button') : null
    if (button) this.press = setTimeout(() => button.isConnected && button.click(), scannerPace)
  }

  /** A key with a name: Tab, F5, Backspace, arrows, modifiers. */
  private named(event: KeyboardEvent): void {
    if (event.key === 'Shift' || event.key === 'CapsLock' || event.key === 'NumLock') return
    if (isModifier(event.key)) {
      if (this.underWay) this.spoil('modifier')
      return
    }
    if (this.underWay) {
      this.swallow(event)
      this.spoil('control')
      return
    }
    this.lone = true
    // Tab moves the focus for assistive tools; every other key does nothing.
    if (event.key !== 'Tab') this.swallow(event)
  }

  private keyup(event: KeyboardEvent): void {
    // A space taken as part of a code must not press a button when it rises.
    if (!this.swallowed.delete(event.code || event.key)) return
    event.preventDefault()
    event.stopPropagation()
  }

  private swallow(event: KeyboardEvent): void {
    this.swallowed.add(event.code || event.key)
    event.preventDefault()
    event.stopPropagation()
  }

  private spoil(kind: DroppedKind): void {
    this.spoilt ??= kind
    this.text = ''
  }

  private forgetAfterPause(struck: number): void {
    if (!this.underWay || struck - this.last <= halfScanPause) return
    // A burst that was being dropped counts even without its Return; a lone
    // chord such as Ctrl+R was no burst.
    const { spoilt, characters } = this
    this.clear()
    if (spoilt && characters > 0) this.events.dropped(spoilt)
  }

  private clear(): void {
    this.text = ''
    this.spoilt = null
    this.characters = 0
    this.begun = Number.NEGATIVE_INFINITY // a burst has come to its end: the next is whole
    this.swallowed.clear()
  }
}

function isModifier(key: string): boolean {
  return key === 'Control' || key === 'Alt' || key === 'Meta' || key === 'AltGraph' || key === 'OS' || key === 'Super'
}

/** Control characters, marks without a form of their own (those that turn text
 * around, joiners) and breaks of lines: no code has a use for them. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u
