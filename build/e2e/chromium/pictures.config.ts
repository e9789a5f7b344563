import { defineConfig } from '@playwright/test'
import tests from './playwright.config'

// What `make screens` runs: see pictures.ts.
export default defineConfig(tests, { testMatch: 'pictures.ts', outputDir: '../../out/pictures' })
