import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError } from '../api/errors'
import { fakeKiosk, type FakeKiosk } from '../api/fake'
import type { Snapshot } from '../api/types'
import { createVisit, type Visit } from './visit'

let kiosk: FakeKiosk
let visit: Visit

beforeEach(async () => {
  vi.useFakeTimers()
  kiosk = fakeKiosk('idle')
  visit = createVisit(kiosk)
  await visit.start()
})
afterEach(() => {
  visit.stop()
  vi.useRealTimers()
})

const screen = () => visit.snapshot.value?.screen

describe('the mirror', () => {
  it('shows what Go sends and ignores what is older', () => {
    kiosk.send({ screen: 'signin' })
    const current = visit.snapshot.value
    expect(screen()).toBe('signin')
    kiosk.send({ screen: 'idle', revision: 0 })
    expect(visit.snapshot.value?.revision).toBeGreaterThan(current?.revision ?? 0)
  })

  it('TestAccept_L14_nothing_is_left: a snapshot replaces everything of the reader before', () => {
    kiosk.show('borrow_refused', new URLSearchParams())
    expect(JSON.stringify(visit.snapshot.value)).toContain('张*')
    kiosk.show('idle', new URLSearchParams())
    expect(JSON.stringify(visit.snapshot.value)).not.toMatch(/张|平凡/)
  })

  it('ignores a late answer older than an event', async () => {
    let answer: ((snapshot: Snapshot) => void) | undefined
    const old = await kiosk.snapshot()
    kiosk.finish = () => new Promise((done) => (answer = done))
    const finished = visit.finish()
    await vi.advanceTimersByTimeAsync(0)
    kiosk.send({ screen: 'goodbye' })
    answer?.(old)
    await finished
    expect(screen()).toBe('goodbye')
  })

  it('sends commands one after another', async () => {
    const order: string[] = []
    let release: (() => void) | undefined
    kiosk.scan = async (text) => {
      order.push(`start ${text}`)
      if (text === 'a') await new Promise<void>((done) => (release = done))
      order.push(`end ${text}`)
      return kiosk.snapshot()
    }
    const both = Promise.all([visit.scan('a'), visit.scan('b')])
    await vi.advanceTimersByTimeAsync(0)
    expect(order).toEqual(['start a'])
    expect(visit.busy.value).toBe(true)
    release?.()
    await both
    expect(order).toEqual(['start a', 'end a', 'start b', 'end b'])
    expect(visit.busy.value).toBe(false)
  })

  it('reads the catalogue without waiting for a command, and loses nothing when that fails', async () => {
    let release: (() => void) | undefined
    kiosk.scan = async () => {
      await new Promise<void>((done) => (release = done))
      return kiosk.snapshot()
    }
    const scanned = visit.scan('a')
    await vi.advanceTimersByTimeAsync(0)
    expect((await visit.shelves()).titles).toBeGreaterThan(0)
    kiosk.find = () => Promise.reject(new ApiError('timeout'))
    const asked = { text: 'x', onShelf: false, children: false, fresh: false, language: '', class: '', limit: 6, offset: 0 }
    await expect(visit.find(asked)).rejects.toMatchObject({ code: 'timeout' })
    expect(visit.fault.value).toBeNull()
    release?.()
    await scanned
  })

  it('tells when an act was not done, and of a busy kiosk', async () => {
    kiosk.begin = () => Promise.reject(new ApiError('internal'))
    await visit.begin('borrow')
    expect(visit.mishap.value).toMatchObject({ busy: false })
    kiosk.begin = () => Promise.reject(new ApiError('busy'))
    await visit.begin('borrow')
    expect(visit.mishap.value).toMatchObject({ busy: true })
    kiosk.send({ screen: 'signin' })
    expect(visit.mishap.value).toBeNull()
  })
})

describe('when Go does not answer', () => {
  it('repeats a scan once, then says so, drops what waits, and comes back by itself', async () => {
    let scans = 0
    kiosk.scan = () => {
      scans++
      return Promise.reject(new ApiError('timeout'))
    }
    const later = vi.fn(() => kiosk.snapshot())
    kiosk.finish = later
    await Promise.all([visit.scan('3000001'), visit.finish()])
    expect(scans).toBe(2)
    expect(later).not.toHaveBeenCalled()
    expect(visit.fault.value).toBe('unreachable')
    await visit.scan('3000002')
    expect(scans).toBe(2)
    await vi.advanceTimersByTimeAsync(2000)
    expect(visit.fault.value).toBeNull()
    expect(screen()).toBe('idle')
  })

  it('takes the word of a restarted Go although its revisions are small', async () => {
    kiosk.send({ revision: 900 })
    kiosk.begin = () => Promise.reject(new ApiError('closed'))
    await visit.begin('borrow')
    const { snapshot } = kiosk
    kiosk.snapshot = async () => ({ ...(await snapshot()), revision: 1, screen: 'idle' })
    await vi.advanceTimersByTimeAsync(2000)
    expect(visit.snapshot.value?.revision).toBe(1)
  })

  it('keeps trying from the very start', async () => {
    const silent = fakeKiosk('idle')
    const { hello } = silent
    silent.hello = () => Promise.reject(new ApiError('unreachable'))
    const waiting = createVisit(silent)
    await waiting.start()
    expect(waiting.fault.value).toBe('unreachable')
    silent.hello = hello
    await vi.advanceTimersByTimeAsync(2000)
    expect(waiting.hello.value?.pinLength).toBe(6)
    expect(waiting.fault.value).toBeNull()
    waiting.stop()
  })
})
