import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type Plugin } from 'vitest/config'

// The Go program embeds dist/, so the folder must exist in a fresh clone. A
// build empties it; this puts the placeholder back.
function keepPlaceholder(): Plugin {
  let outDir = ''
  return {
    name: 'keep-placeholder',
    apply: 'build',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir)
    },
    closeBundle() {
      mkdirSync(outDir, { recursive: true })
      writeFileSync(join(outDir, '.gitkeep'), '')
    },
  }
}

// The policy in index.html forbids the inline styles the development server
// works with; every build has it.
function noPolicyWhileDeveloping(): Plugin {
  return {
    name: 'no-policy-while-developing',
    apply: 'serve',
    transformIndexHtml: (html) => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/s, ''),
  }
}

export default defineConfig(({ mode }) => ({
  base: './',
  plugins: [vue(), keepPlaceholder(), noPolicyWhileDeveloping()],
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
  },
  build: {
    // "looks" carries the fake kiosk and the pseudo-locale and is never shipped.
    outDir: mode === 'looks' ? 'dist-looks' : 'dist',
    target: 'safari16',
    // A data: URL would break the policy; files stay files.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    modulePreload: { polyfill: false },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    setupFiles: ['tests/setup.ts'],
    restoreMocks: true,
  },
}))
