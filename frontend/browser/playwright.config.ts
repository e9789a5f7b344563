import { defineConfig } from '@playwright/test'

const port = 4179

/** Looks at every screen in a real browser, with the fake kiosk. */
export default defineConfig({
  testDir: '.',
  outputDir: 'results',
  timeout: 600_000,
  workers: 2,
  fullyParallel: true,
  reporter: 'list',
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    hasTouch: true,
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu'],
    },
  },
  webServer: {
    command: `npx vite preview --mode looks --outDir dist-looks --host 127.0.0.1 --port ${port} --strictPort`,
    url: `http://127.0.0.1:${port}`,
    cwd: '..',
    reuseExistingServer: false,
  },
})
