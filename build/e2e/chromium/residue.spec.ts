// Nothing of one reader is left for the next: not in the page, not in what the
// browser keeps, not anywhere in the memory that script can reach.

import { neighbour } from './demolibrary'
import { expect, test, type Kiosk } from './kiosk'
import { messages } from './words'

const zh = messages['zh-Hans']

// Neither this card nor this book is on the demo strip, which stays. (The
// neighbour's own book is, as the one that is on loan.)
const borrowed = 'LQ003301'
const traces = [neighbour.card, '苏', borrowed]

test.use({ settings: '[visit]\ngoodbye_seconds = 3\n[sign_in]\npin = "always"\n' })

/** All that is alive in the page's memory after a collection, as text. */
async function memory(kiosk: Kiosk): Promise<string> {
  const client = await kiosk.page.context().newCDPSession(kiosk.page)
  let heap = ''
  client.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => (heap += chunk))
  await client.send('HeapProfiler.enable')
  await client.send('HeapProfiler.collectGarbage')
  await client.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await client.detach()
  const { strings } = JSON.parse(heap) as { strings: string[] }
  return strings.join('\n')
}

test('TestAccept_L14_nothing_of_a_reader_is_left_in_the_page_or_its_memory', async ({ kiosk, context }) => {
  const { page } = kiosk
  await kiosk.scanned(neighbour.card)
  await kiosk.on('pin')
  await kiosk.pin(neighbour.pin)
  await kiosk.on('borrow')
  await kiosk.scanned(borrowed)
  await kiosk.scanned(neighbour.book)
  const before = await memory(kiosk)
  for (const trace of traces.slice(1)) expect(before.includes(trace), `the search finds ${trace} while the visit stands`).toBe(true)

  await kiosk.tap(zh.borrow.finish)
  await kiosk.on('goodbye')
  for (const trace of traces) expect.soft((await page.content()).includes(trace), `${trace} at the farewell`).toBe(false)
  await kiosk.on('idle')
  await kiosk.drawn()

  const kept = await page.evaluate(async () => ({
    local: JSON.stringify({ ...localStorage }),
    session: JSON.stringify({ ...sessionStorage }),
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    cookie: document.cookie,
    history: [JSON.stringify(history.state), history.length],
    name: window.name,
    address: location.pathname + location.search + location.hash,
  }))
  expect(kept).toEqual({
    local: '{}', session: '{}', databases: 0, caches: 0, workers: 0, cookie: '', history: ['null', 2], name: '', address: '/',
  })
  expect(await context.cookies()).toEqual([])
  const content = await page.content()
  const after = await memory(kiosk)
  for (const trace of [...traces, neighbour.pin]) {
    expect.soft(content.includes(trace), `${trace} in the page`).toBe(false)
    expect.soft(after.split('\n').filter((text) => text.includes(trace)), `${trace} in memory`).toEqual([])
  }
  const told = kiosk.everythingTold()
  for (const trace of [neighbour.card, neighbour.pin, '苏']) expect.soft(told.includes(trace), `${trace} in the log`).toBe(false)
})
