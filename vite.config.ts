import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compression } from 'vite-plugin-compression2'
import { fieldFiles } from './tools/field-files.ts'

/**
 * Builds the console (`web/index.html`) and the phone’s pages (`web/field/index.html`) as two
 * entries that share nothing but what both import, and the phone’s service worker;
 * beside each text stands what it is compressed. In tests the root stays the repository’s own.
 */
export default defineConfig(({ mode }) =>
  mode === 'test'
    ? {}
    : {
        root: `${import.meta.dirname}/web`,
        plugins: [react(), fieldFiles(), compression()],
        build: {
          outDir: 'dist',
          emptyOutDir: true,
          target: 'es2020',
          assetsInlineLimit: 0,
          modulePreload: { polyfill: false },
          chunkSizeWarningLimit: 1200,
          rolldownOptions: {
            input: {
              console: `${import.meta.dirname}/web/index.html`,
              field: `${import.meta.dirname}/web/field/index.html`,
              worker: `${import.meta.dirname}/web/field/worker.ts`,
            },
            output: {
              // A worker is known by its address, which stays from release to release.
              entryFileNames: ({ name }) =>
                name === 'worker' ? 'field-worker.js' : 'assets/[name]-[hash].js',
            },
          },
        },
        server: { port: 5173, proxy: { '/api/': 'http://127.0.0.1:8080' } },
      },
)
