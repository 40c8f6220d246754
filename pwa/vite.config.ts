import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, URL } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { compressed } from './build/compress'
import { hints } from './build/hints'
import { leanVue } from './build/lean'

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as { version: string }

/** Puts the two files that the API's readable page needs beside the app, so that no other host is asked. */
function swaggerUi(): Plugin {
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
  return {
    name: 'rounds:swagger-ui',
    apply: 'build',
    generateBundle() {
      for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js', 'LICENSE']) {
        const source = readFileSync(join(folder, file))
        this.emitFile({ type: 'asset', fileName: `vendor/swagger-ui/${file}`, source })
      }
    },
  }
}

const pwa = VitePWA({
  strategies: 'injectManifest',
  srcDir: 'src/sw',
  filename: 'sw.ts',
  injectRegister: false,
  registerType: 'prompt',
  manifest: false,
  injectManifest: {
    globPatterns: ['index.html', 'boot.js', 'manifest*.webmanifest', 'assets/**/*.{js,css}', 'icons/*.{png,svg}'],
    rollupFormat: 'iife',
  },
})

/**
 * Libraries change seldom; a new version of the app leaves their file on the phone as it is. What every start needs
 * is one file, and what the day, the tasks and the stores share is another: over a slow network a dozen small files
 * cost more than their bytes.
 */
const groups = [
  { name: 'vendor', test: /node_modules\/(vue|@vue|vue-router|pinia|vue-i18n|@intlify|dexie)\// },
  { name: 'base', test: /src\/(api\/(http|endpoints|problems)|db\/(schema|ids)|photos\/(hash|references|address|room))\.ts/ },
  { name: 'field', test: /src\/(db\/(visits|tasks|fixes|keptPhotos|priorities|earlier)|domain\/(clock|days|deadlines|geo|marks|visitTiming|taskLifecycle)|composables\/(useLiveQuery|useNow)|i18n\/bi)\.ts/ },
]

export default defineConfig({
  plugins: [vue(), leanVue(), hints(), pwa, swaggerUi(), compressed()],
  resolve: { alias: { dexie: 'dexie/dist/modern/dexie.min.mjs', '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: {
    __APP_VERSION__: JSON.stringify(version),
    __VUE_OPTIONS_API__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __INTLIFY_JIT_COMPILATION__: 'true',
    __INTLIFY_DROP_MESSAGE_COMPILER__: 'true',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
  },
  worker: { format: 'es' },
  // Words that the server speaks too lie beside the app's folder.
  server: { proxy: { '/api': 'http://localhost:8000' }, fs: { allow: ['.', '../data/words'] } },
  build: {
    outDir: 'dist',
    // What needs what, for the check of weights.
    manifest: true,
    target: ['chrome94', 'edge94', 'safari15.4', 'firefox93'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
})
