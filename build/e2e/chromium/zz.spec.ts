import { test } from './kiosk'
test('zz', async ({ page, kiosk }) => {
  page.on('websocket', (s) => { s.on('framesent', (f) => console.log('>', String(f.payload).slice(0, 200))); s.on('framereceived', (f) => console.log('<', String(f.payload).slice(0, 300))) })
  await page.reload(); await kiosk.ready()
  for (const [m, a] of [['Scan', []], ['Scan', [42, 'n']], ['NoSuchMethod', []], ['Begin', [7]]] as const) {
    await page.evaluate((t) => (window as any).WailsInvoke(t), `C${JSON.stringify({ name: `bridge.Kiosk.${m}`, args: a, callbackID: m + '-1' })}`)
    await page.waitForTimeout(600)
  }
  await page.evaluate(async () => { try { await (window as any).go.bridge.Kiosk.Scan() } catch (e) { console.log(String(e)) } })
})
