import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { guardTouches, type StrayTouches } from './touch'

let now: number
let guard: StrayTouches
let touches: number
let pressed: string[]
let one: HTMLButtonElement
let two: HTMLButtonElement

beforeEach(() => {
  now = 1000
  touches = 0
  pressed = []
  guard = guardTouches(
    window,
    () => 40,
    () => touches++,
    () => now,
  )
  one = button('one')
  two = button('two')
})
afterEach(() => {
  guard.stop()
  document.body.replaceChildren()
})

function button(name: string): HTMLButtonElement {
  const made = document.body.appendChild(document.createElement('button'))
  made.addEventListener('click', () => pressed.push(name))
  return made
}

function down(target: Element, x = 10, type = 'touch'): void {
  const event = new PointerEvent('pointerdown', { bubbles: true, cancelable: true, clientX: x, clientY: 10, pointerType: type })
  target.dispatchEvent(event)
}

function click(target: Element): void {
  target.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail: 1 }))
}

describe('stray touches', () => {
  it('lets a touch through that ends where it began', () => {
    down(one)
    click(one)
    expect(pressed).toEqual(['one'])
    expect(touches).toBe(1)
  })

  it('TestAccept_L15_touch_begun_before_a_screen_change does not hit the new screen', () => {
    down(one)
    guard.screenChanged()
    click(one)
    expect(pressed).toEqual([])
  })

  it('drops a touch that ends on another control', () => {
    down(one)
    click(two)
    expect(pressed).toEqual([])
  })

  it('drops the second half of a double tap that falls on a new screen', () => {
    down(one)
    click(one)
    guard.screenChanged()
    now += 200
    down(two, 14)
    click(two)
    expect(pressed).toEqual(['one'])
  })

  it('takes a quick touch elsewhere, and a slow one at the same place', () => {
    down(one)
    click(one)
    guard.screenChanged()
    now += 200
    down(two, 400)
    click(two)
    guard.screenChanged()
    now += 1000
    down(one, 400)
    click(one)
    expect(pressed).toEqual(['one', 'two', 'one'])
  })

  it('knows where a finger began although its pointer events come late', () => {
    const touch = new Event('touchstart', { bubbles: true })
    one.dispatchEvent(touch)
    guard.screenChanged()
    down(one, 10, 'mouse')
    click(one)
    expect(pressed).toEqual([])
  })

  it('lets assistive tools click without a touch', () => {
    down(one)
    guard.screenChanged()
    two.click()
    expect(pressed).toEqual(['two'])
  })
})
