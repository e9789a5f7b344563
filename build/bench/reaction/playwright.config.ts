import { defineConfig } from '@playwright/test'
import tests from '../../e2e/chromium/playwright.config'

// What `make bench` runs for the page's reaction: see reaction.ts. One browser,
// and its page moves as it does for a reader.
export default defineConfig(tests, {
  testDir: '.',
  testMatch: 'reaction.ts',
  outputDir: '../../out/reaction',
  workers: 1,
  use: { contextOptions: { reducedMotion: 'no-preference' } },
})
