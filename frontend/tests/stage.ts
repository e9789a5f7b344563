// Mounts the whole page over a fake kiosk for component tests.

import { render } from '@testing-library/vue'
import { nextTick } from 'vue'
import App from '../src/App.vue'
import { fakeKiosk, type FakeKiosk } from '../src/api/fake'
import { scannerPace } from '../src/glass/wedge'
import { createWords } from '../src/i18n'
import { createVisit, visitKey, type Visit } from '../src/stores/visit'

export interface Stage {
  kiosk: FakeKiosk
  visit: Visit
  /** Lets promises and renderings come to rest. */
  settle(): Promise<void>
  /** Types as a scanner does. */
  scan(code: string): Promise<void>
  /** What the live region says now. */
  spoken(): string
}

export async function stage(scene: string, query = ''): Promise<Stage> {
  const kiosk = fakeKiosk(scene, new URLSearchParams(query))
  const visit = createVisit(kiosk)
  render(App, { global: { plugins: [createWords('zh-Hans')], provide: { [visitKey as symbol]: visit } } })
  const settle = async () => {
    for (let i = 0; i < 12; i++) {
      await Promise.resolve()
      await nextTick()
    }
  }
  await settle()
  let struck = performance.now() + scannerPace // a code that comes sooner may lack its head
  return {
    kiosk,
    visit,
    settle,
    async scan(code) {
      for (const key of [...code, 'Enter']) {
        const target = document.activeElement ?? document.body
        const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
        Object.defineProperty(event, 'timeStamp', { value: (struck += 2) })
        target.dispatchEvent(event)
      }
      await settle()
    },
    spoken: () => document.querySelector('[aria-live]')?.textContent?.trim() ?? '',
  }
}
