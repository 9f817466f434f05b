// SPDX-License-Identifier: EUPL-1.2
// One bundle for the window, made of files only: nothing is ever asked from a network.
// `--mode gallery` builds the gallery of components instead, for looking at it and for axe.
import { defineConfig } from 'vitest/config';

/** bootstrap-italia carries the font of a video player as a data URI: never used here, and our CSP rightly refuses it. */
const withoutPlayerFont = {
  name: 'without-player-font',
  enforce: 'pre' as const,
  transform(code: string, id: string) {
    return id.endsWith('bootstrap-italia.min.css') ? code.replace(/@font-face\{font-family:VideoJS[^}]*\}/g, '') : undefined;
  },
};

export default defineConfig(({ mode }) => ({
  plugins: [withoutPlayerFont],
  base: './',
  server: { port: 5173, strictPort: true },
  build: {
    target: 'safari16',
    outDir: mode === 'gallery' ? 'node_modules/.cache/gallery' : 'dist',
    emptyOutDir: true,
    // Data URIs would need a wider CSP for fonts; files do not.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    rolldownOptions: { input: mode === 'gallery' ? 'galleria.html' : 'index.html' },
  },
  test: {
    environment: 'happy-dom',
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/setup.ts'],
    env: { TZ: 'Europe/Rome' },
    // A busy machine is slow, not wrong: what must appear is waited for, and a test that hangs still ends.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
}));
