// Stray touches. A touch counts only if it ends on the control where it began,
// on the same screen; the second half of a double tap does not hit what came
// up in between. Assistive tools click without a touch and are let through.

import type { InjectionKey } from 'vue'

/** How a screen says that it shows another view of itself. */
export const viewChangedKey: InjectionKey<() => void> = Symbol('viewChanged')

/** Two touches closer than this (ms) at one place are one person's double tap. */
const doubleTap = 400

export interface StrayTouches {
  /** Says that something new stands on the glass. */
  screenChanged(): void
  stop(): void
}

interface Began {
  epoch: number
  control: Element | null
  x: number
  y: number
  at: number
  stray: boolean
}

/** Listens before everything else. near is how many px count as one place. */
export function guardTouches(
  target: Window,
  near: () => number,
  touched: () => void,
  now: () => number = () => performance.now(),
): StrayTouches {
  let epoch = 0
  let began: Began | null = null
  // WebKitGTK tells of a touch at once but makes the pointer's events, as a
  // mouse, only when the finger rises: the touch says when it really began.
  let finger: { epoch: number; control: Element | null } | null = null

  function stop(event: Event): void {
    event.preventDefault()
    event.stopImmediatePropagation()
  }

  function fingerDown(event: TouchEvent): void {
    touched()
    finger = { epoch, control: controlOf(event.target) }
  }

  function down(event: PointerEvent): void {
    touched()
    const at = now()
    const again =
      began !== null &&
      began.epoch !== epoch &&
      at - began.at < doubleTap &&
      Math.hypot(event.clientX - began.x, event.clientY - began.y) < near()
    const start = event.pointerType === 'mouse' && finger ? finger : { epoch, control: controlOf(event.target) }
    finger = null
    const stray = again || start.epoch !== epoch
    began = { ...start, x: event.clientX, y: event.clientY, at, stray }
    if (stray) event.stopImmediatePropagation()
  }

  function click(event: MouseEvent): void {
    if (event.detail === 0 || began === null) return
    if (began.stray || began.epoch !== epoch || began.control !== controlOf(event.target)) stop(event)
  }

  target.addEventListener('touchstart', fingerDown, { capture: true, passive: true })
  target.addEventListener('pointerdown', down, { capture: true })
  target.addEventListener('click', click, { capture: true })
  return {
    screenChanged: () => {
      epoch++
      // A control of the old screen holds on to what it showed of the reader.
      finger = finger && { ...finger, control: null }
      began = began && { ...began, control: null }
    },
    stop: () => {
      target.removeEventListener('touchstart', fingerDown, { capture: true })
      target.removeEventListener('pointerdown', down, { capture: true })
      target.removeEventListener('click', click, { capture: true })
    },
  }
}

function controlOf(target: EventTarget | null): Element | null {
  return target instanceof Element ? target.closest('button') : null
}
