import { createApp } from 'vue'
import App from './App.vue'
import { wailsKiosk, type Kiosk } from './api/kiosk'
import { allMessages, createWords } from './i18n'
import { createVisit, visitKey } from './stores/visit'
import './styles/tokens.css'
import './styles/base.css'
import { fetchTraditional } from './styles/fonts'

/** True only while developing and in the builds that are looked at and measured. */
const tryingOut = import.meta.env.DEV || import.meta.env.MODE === 'looks'

/** Milliseconds a page that failed stays on its kind words before it starts anew. */
const restartAfter = 4000

async function main(): Promise<void> {
  let kiosk: Kiosk = wailsKiosk()
  let messages = allMessages
  if (tryingOut) {
    const query = new URLSearchParams(location.search)
    const scene = query.get('scene')
    if (scene !== null) {
      const { fakeKiosk } = await import('./api/fake')
      const { touches } = await import('./api/scenes')
      kiosk = fakeKiosk(scene, query)
      Object.assign(window, { fakeKiosk: kiosk, fakeTouches: touches })
    }
    if (query.has('gallery')) {
      const { default: gallery } = await import('../browser/CoverGallery.vue')
      createApp(gallery).mount('#app')
      return
    }
    if (query.has('pseudo')) {
      const { pseudoMessages } = await import('./i18n/pseudo')
      messages = pseudoMessages()
    }
  }
  const visit = createVisit(kiosk)
  const app = createApp(App)
  app.config.errorHandler = () => {
    visit.fail('page')
    setTimeout(() => location.reload(), restartAfter)
  }
  app.use(createWords('zh-Hans', messages))
  app.provide(visitKey, visit)
  app.mount('#app')
  fetchTraditional(tryingOut)
}

void main()
