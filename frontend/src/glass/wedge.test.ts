import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { halfScanPause, longestScan, Wedge } from './wedge'

let now = 0
let scans: string[]
let dropped: string[]
let keys: number
let stop: () => void

beforeEach(() => {
  now = 0
  scans = []
  dropped = []
  keys = 0
  const wedge = new Wedge(
    {
      scan: (text) => scans.push(text),
      dropped: (kind) => dropped.push(kind),
      key: () => keys++,
    },
    () => now,
  )
  stop = wedge.listen(window)
})
afterEach(() => {
  stop()
  document.body.replaceChildren()
})

function key(name: string, more: KeyboardEventInit = {}, target: EventTarget = document.body): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...more })
  target.dispatchEvent(event)
  now += 4
  return event
}

function type(text: string, target: EventTarget = document.body): void {
  for (const c of text) key(c, /[A-Z]/.test(c) ? { shiftKey: true } : {}, target)
}

describe('scanner as keyboard wedge', () => {
  it('TestAccept_L15_scan_without_focus: characters and Return are one scan, whatever has the focus', () => {
    const button = document.body.appendChild(document.createElement('button'))
    button.focus()
    let clicks = 0
    button.addEventListener('click', () => clicks++)
    type('LB202600029', button)
    const enter = key('Enter', {}, button)
    expect(scans).toEqual(['LB202600029'])
    expect(enter.defaultPrevented).toBe(true)
    expect(clicks).toBe(0)
    expect(keys).toBe(12)
  })

  it('takes scans one after another', () => {
    type('3000001')
    key('Enter')
    type('3000002')
    key('Enter')
    expect(scans).toEqual(['3000001', '3000002'])
  })

  it('keeps capitals sent with Shift and a space inside a code', () => {
    const button = document.body.appendChild(document.createElement('button'))
    type('AB 12', button)
    key('Enter')
    expect(scans).toEqual(['AB 12'])
  })

  it.each([
    ['Ctrl', { ctrlKey: true }],
    ['Alt', { altKey: true }],
    ['Meta', { metaKey: true }],
  ])('TestAccept_L05_hostile_bursts: a burst with %s is dropped whole and counted', (_name, chord) => {
    type('30')
    key(']', chord)
    type('00001')
    key('Enter')
    expect(scans).toEqual([])
    expect(dropped).toEqual(['modifier'])
  })

  it.each(['Tab', 'Escape', 'F5', 'ArrowLeft', 'Backspace', 'Delete', '\u001d', '\u0007'])(
    'drops a burst with the control key %j in it',
    (name) => {
      type('30')
      key(name)
      type('00001')
      key('Enter')
      expect(scans).toEqual([])
      expect(dropped).toEqual(['control'])
    },
  )

  it('drops a burst that never ends', () => {
    type('9'.repeat(10_000))
    key('Enter')
    expect(scans).toEqual([])
    expect(dropped).toEqual(['too_long'])
  })

  it('takes the longest code there may be', () => {
    type('9'.repeat(longestScan))
    key('Enter')
    expect(scans).toEqual(['9'.repeat(longestScan)])
  })

  it('scans again after a dropped burst', () => {
    key('a', { ctrlKey: true })
    key('Enter')
    type('3000001')
    key('Enter')
    expect(scans).toEqual(['3000001'])
    expect(dropped).toEqual(['modifier'])
  })

  it('forgets a half scan after a pause', () => {
    type('12')
    now += halfScanPause + 1
    type('3000001')
    key('Enter')
    expect(scans).toEqual(['3000001'])
    expect(dropped).toEqual([])
  })

  it('does not count a lone chord as a burst', () => {
    key('r', { ctrlKey: true })
    now += halfScanPause + 1
    type('3000001')
    key('Enter')
    expect(scans).toEqual(['3000001'])
    expect(dropped).toEqual([])
  })

  it('ignores a key that repeats because it is held', () => {
    key('3')
    key('3', { repeat: true })
    key('Enter')
    expect(scans).toEqual(['3'])
  })

  it.each([
    ['F5', {}],
    ['F11', {}],
    ['F12', {}],
    ['r', { ctrlKey: true }],
    ['p', { ctrlKey: true }],
    ['+', { ctrlKey: true }],
    ['ArrowLeft', { altKey: true }],
    ['Backspace', {}],
    ['PageDown', {}],
    ['ContextMenu', {}],
  ])('TestAccept_L05_browser_keys: %s %o does nothing', (name, chord) => {
    expect(key(name, chord).defaultPrevented).toBe(true)
    expect(scans).toEqual([])
  })

  it('leaves Tab, and Return and space on a focused button, to assistive tools', () => {
    const button = document.body.appendChild(document.createElement('button'))
    expect(key('Tab').defaultPrevented).toBe(false)
    expect(key('Enter', {}, button).defaultPrevented).toBe(false)
    expect(key(' ', {}, button).defaultPrevented).toBe(false)
    expect(key('Enter').defaultPrevented).toBe(true)
    expect(scans).toEqual([])
  })

  it('keeps the rise of a space inside a code from pressing a button', () => {
    const button = document.body.appendChild(document.createElement('button'))
    key('A', { code: 'KeyA' }, button)
    key(' ', { code: 'Space' }, button)
    const up = new KeyboardEvent('keyup', { key: ' ', code: 'Space', bubbles: true, cancelable: true })
    button.dispatchEvent(up)
    expect(up.defaultPrevented).toBe(true)
  })
})
