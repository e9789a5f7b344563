import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { halfScanPause, longestScan, scannerPace, Wedge } from './wedge'

let now = 0
let scans: string[]
let dropped: string[]
let keys: number
let stop: () => void
let wedge: Wedge

beforeEach(() => {
  vi.useFakeTimers()
  now = 0
  scans = []
  dropped = []
  keys = 0
  wedge = new Wedge(
    {
      scan: (text) => scans.push(text),
      dropped: (kind) => dropped.push(kind),
      key: () => keys++,
    },
    () => now,
    () => now,
  )
  stop = wedge.listen(window)
  pass(scannerPace + 1)
})
afterEach(() => {
  stop()
  vi.useRealTimers()
  document.body.replaceChildren()
})

function key(name: string, more: KeyboardEventInit = {}, target: EventTarget = document.body): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...more })
  target.dispatchEvent(event)
  pass(4)
  return event
}

function pass(ms: number): void {
  now += ms
  vi.advanceTimersByTime(ms)
}

/** A focused button, and how often it was pressed. */
function focused(): { button: HTMLButtonElement; presses: () => number } {
  const button = document.body.appendChild(document.createElement('button'))
  button.focus()
  let presses = 0
  button.addEventListener('click', () => presses++)
  return { button, presses: () => presses }
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

  it.each([0, scannerPace])('drops a code that comes %d ms after it began to listen: its head may be missing', (ms) => {
    stop()
    stop = wedge.listen(window)
    pass(ms)
    type('202600029')
    key('Enter')
    expect(scans).toEqual([])
    expect(dropped).toEqual(['cut'])
    type('LB202600029')
    key('Enter')
    expect(scans).toEqual(['LB202600029'])
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
    pass(halfScanPause + 1)
    type('3000001')
    key('Enter')
    expect(scans).toEqual(['3000001'])
    expect(dropped).toEqual([])
  })

  it('does not count a lone chord as a burst', () => {
    key('r', { ctrlKey: true })
    pass(halfScanPause + 1)
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

  it.each(['Enter', ' '])('lets %j press the focused button for assistive tools when no scanner types', (name) => {
    const { button, presses } = focused()
    expect(key('Tab', {}, button).defaultPrevented).toBe(false)
    pass(scannerPace + 1)
    expect(key(name, {}, button).defaultPrevented).toBe(true)
    expect(presses()).toBe(0)
    pass(scannerPace)
    expect(presses()).toBe(1)
    key(name)
    pass(halfScanPause)
    expect(presses()).toBe(1)
    expect(scans).toEqual([])
    expect(dropped).toEqual([])
  })

  it('presses no button that is gone by then', () => {
    const { button, presses } = focused()
    key('Enter', {}, button)
    button.remove()
    pass(halfScanPause)
    expect(presses()).toBe(0)
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

const bidi = ['\u061c', '\u200e', '\u200f', '\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069']

describe('hostile codes', () => {
  it.each([
    ['markup', '<img src=x onerror=alert(1)>'],
    ['a script', '"><script>alert(1)</script>'],
    ['a template', '{{constructor.constructor(1)()}}'],
    ['a formula', "=cmd|'/c calc'!A1"],
    ['a formula with a sign', '@SUM(1+1)*cmd'],
    ['an address', 'javascript:alert(1)'],
    ['a path', '../../../etc/passwd'],
    ['a query', "1' OR '1'='1"],
    ['full-width digits', '３００００１'],
    ['digits of Arabic', '٣٠٠٠٠١'],
    ['Chinese', '书亭'],
    ['letters from right to left', 'שלום'],
    ['emoji', '3000😀001'],
  ])('TestAccept_L51_hostile_codes_are_data: %s is handed on as it is', (_name, text) => {
    const { button, presses } = focused()
    type(text, button)
    key('Enter', {}, button)
    pass(halfScanPause)
    expect(scans).toEqual([text])
    expect(dropped).toEqual([])
    expect(presses()).toBe(0)
    expect(document.body.innerHTML).toBe('<button></button>')
  })

  it.each([
    ...bidi.map((mark): [string, string] => [`turning mark U+${mark.codePointAt(0)?.toString(16)}`, `LQ${mark}104000`]),
    ['turning mark at the head', '\u202e104000QL'],
    ['turning mark at the end', 'LQ000401\u200f'],
    ['space without width', 'LQ\u200b000401'],
    ['byte order mark', '\ufeffLQ000401'],
    ['separator of lines', 'LQ\u2028000401'],
    ['null', 'LQ\u0000000401'],
    ['escape sequence', '\u001b[2JLQ000401'],
    ['separator of GS1', '0109780000000000\u001d10AB'],
    ['delete', 'LQ\u007f000401'],
    ['control character of Latin-1', 'LQ\u0085000401'],
  ])('TestAccept_L51_hostile_codes_are_dropped: a %s drops the whole code', (_name, text) => {
    type(text)
    key('Enter')
    type('3000001')
    key('Enter')
    expect(scans).toEqual(['3000001'])
    expect(dropped).toEqual(['control'])
  })

  it.each([
    ['10 kB', '9'.repeat(10_000)],
    ['10 kB with spaces', '9 '.repeat(5_000)],
    ['10 kB of Chinese', '书'.repeat(10_000)],
    ['10 kB of markup', '<b>'.repeat(3_400)],
  ])('TestAccept_L51_ten_kilobytes: %s are dropped as one, and the next code is taken', (_name, text) => {
    const { button, presses } = focused()
    type(text, button)
    key('Enter', {}, button)
    type('3000001', button)
    key('Enter', {}, button)
    pass(halfScanPause)
    expect(scans).toEqual(['3000001'])
    expect(dropped).toEqual(['too_long'])
    expect(presses()).toBe(0)
  })

  it.each<[string, string[], string[], string[]]>([
    ['a space at the head', [' ', ...'3000001', 'Enter'], ['3000001'], []],
    ['spaces alone', [' ', ' ', 'Enter'], [], []],
    ['a Return at the head', ['Enter', ...'3000001', 'Enter'], ['3000001'], []],
    ['two Returns at the end', [...'3000001', 'Enter', 'Enter'], ['3000001'], []],
    ['Returns alone', ['Enter', 'Enter'], [], []],
    ['tabs alone', ['Tab', 'Tab', 'Enter'], [], ['control']],
    ['a tab and a space', ['Tab', ' ', 'Enter'], [], ['control']],
    ['Escape at the head', ['Escape', ...'3000001', 'Enter'], [], ['control']],
    ['a function key at the head', ['F5', ...'3000001', 'Enter'], [], ['control']],
    ['Escape before capitals', ['Escape', 'Shift', ...'LQ', 'Enter'], [], ['control']],
  ])('TestAccept_L51_a_code_never_presses_a_button: %s', (_name, typed, wanted, lost) => {
    const { button, presses } = focused()
    pass(halfScanPause)
    for (const name of typed) key(name, {}, button)
    pass(halfScanPause)
    expect(presses()).toBe(0)
    expect(scans).toEqual(wanted)
    expect(dropped).toEqual(lost)
    type('3000002', button)
    key('Enter', {}, button)
    expect(scans).toEqual([...wanted, '3000002'])
  })

  it('TestAccept_L51_a_code_never_presses_a_button: a burst of tabs moves the focus at most once', () => {
    const { button } = focused()
    expect(['Tab', 'Tab', 'Tab'].map((name) => key(name, {}, button).defaultPrevented)).toEqual([false, true, true])
  })

  it('takes a key with a name and a scan soon after it for two things', () => {
    key('Escape')
    pass(scannerPace)
    type('3000001')
    key('Enter')
    expect(scans).toEqual(['3000001'])
  })
})
