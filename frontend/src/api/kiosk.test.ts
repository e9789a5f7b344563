import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError, toApiError } from './errors'
import { callTimeout, complete, wailsKiosk } from './kiosk'
import { newNonce, onceMore } from './retry'
import { sceneNamed } from './scenes'

interface Global {
  go?: unknown
  runtime?: unknown
}
const world = window as unknown as Global

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  delete world.go
  delete world.runtime
})

describe('the door to Go', () => {
  it('passes a call through', async () => {
    const scan = vi.fn(() => Promise.resolve(sceneNamed('idle')))
    world.go = { bridge: { Kiosk: { Scan: scan } } }
    await wailsKiosk().scan('3000001', 'abc')
    expect(scan).toHaveBeenCalledWith('3000001', 'abc')
  })

  it('gives up a call that never answers', async () => {
    world.go = { bridge: { Kiosk: { Finish: () => new Promise(() => undefined) } } }
    const answer = expect(wailsKiosk().finish()).rejects.toMatchObject({ code: 'timeout' })
    await vi.advanceTimersByTimeAsync(callTimeout)
    await answer
  })

  it('says unreachable where there are no bindings', async () => {
    await expect(wailsKiosk().hello()).rejects.toMatchObject({ code: 'unreachable' })
  })

  it('hears the event', () => {
    let heard: ((data: unknown) => void) | undefined
    world.runtime = {
      EventsOn: (name: string, callback: (data: unknown) => void) => {
        if (name === 'visit') heard = callback
        return () => undefined
      },
    }
    const seen: number[] = []
    wailsKiosk().onVisit((snapshot) => seen.push(snapshot.revision))
    heard?.(sceneNamed('idle'))
    expect(seen).toEqual([1])
  })

  it('makes lists of the nulls Go sends', () => {
    const raw = { ...sceneNamed('borrow_empty'), entries: null, health: null } as never
    expect(complete(raw)).toMatchObject({ entries: [], health: [] })
  })

  it('completes what the catalogue answers', async () => {
    const found = { id: 't1', title: '三体', marks: null }
    world.go = {
      bridge: {
        Kiosk: {
          Find: () => Promise.resolve({ hits: [found], total: 1, more: false }),
          TitleView: () => Promise.resolve({ found, authors: null, subjects: null, isbns: null, copies: null, byAuthor: null, before: [found], after: null }),
          Shelves: () => Promise.resolve({ titles: 0, fresh: 0, classes: null, languages: null }),
        },
      },
    }
    const kiosk = wailsKiosk()
    const asked = { text: 'st', onShelf: false, children: false, fresh: false, language: '', class: '', limit: 6, offset: 0 }
    expect((await kiosk.find(asked)).hits[0]?.marks).toEqual([])
    const view = await kiosk.titleView('t1')
    expect(view).toMatchObject({ authors: [], subjects: [], isbns: [], copies: [], byAuthor: [], after: [] })
    expect(view.before[0]?.marks).toEqual([])
    expect(await kiosk.shelves()).toMatchObject({ classes: [], languages: [] })
    world.go = { bridge: { Kiosk: { Find: () => Promise.resolve({ hits: null, total: 0, more: false }) } } }
    expect((await wailsKiosk().find(asked)).hits).toEqual([])
  })

  it.each([
    [new Error('{"code":"busy","params":{"a":"1"}}'), 'busy'],
    ['{"code":"bad_request"}', 'bad_request'],
    [new Error('something with 123456 in it'), 'internal'],
    [{}, 'internal'],
  ])('reads the code of %s', (thrown, code) => {
    const error = toApiError(thrown)
    expect(error.code).toBe(code)
    expect(error.message).toBe(code)
  })
})

describe('a lost answer', () => {
  it('is asked for once more with the same nonce', async () => {
    const nonces: string[] = []
    const shown: number[] = []
    const answer = await onceMore(
      { snapshot: () => Promise.resolve(sceneNamed('idle')) },
      (nonce) => {
        nonces.push(nonce)
        return nonces.length === 1 ? Promise.reject(new ApiError('timeout')) : Promise.resolve(sceneNamed('borrow_three'))
      },
      (snapshot) => shown.push(snapshot.revision),
    )
    expect(nonces).toHaveLength(2)
    expect(nonces[0]).toBe(nonces[1])
    expect(shown).toHaveLength(1)
    expect(answer.screen).toBe('borrow')
  })

  it('is not repeated when Go said no', async () => {
    let calls = 0
    const asked = onceMore(
      { snapshot: () => Promise.resolve(sceneNamed('idle')) },
      () => {
        calls++
        return Promise.reject(new ApiError('bad_request'))
      },
      () => undefined,
    )
    await expect(asked).rejects.toMatchObject({ code: 'bad_request' })
    expect(calls).toBe(1)
  })

  it('draws every nonce anew', () => {
    expect(new Set(Array.from({ length: 100 }, newNonce)).size).toBe(100)
    expect(newNonce()).toMatch(/^[0-9a-f]{32}$/)
  })
})
