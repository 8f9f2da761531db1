// How the app is served and built (vite), and how the tests in Node run (vitest).
// It must start on a machine without any browser: what needs Chromium is configured in test/e2e.
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { isTsharkWanted } from './test/tshark.mjs';
import { scenarios } from './vite.scenarios.js';

/** The lessons of a chapter are one file: a request for each would cost more than the bytes. */
const LESSONS = {
  debugName: 'lessons',
  test: /\.yaml\?lesson$/,
  name: (id: string) => `lessons-${/([^/\\]+)[/\\][^/\\]+$/.exec(id)?.[1] ?? ''}`,
};

export default defineConfig(({ mode }) => {
  const fuzz = mode === 'fuzz'; // `npm run fuzz -- NAME`: the named fuzz test at its whole length
  return {
    base: './', // the built app also works from a sub-directory
    publicDir: false,
    plugins: [scenarios()],
    resolve: { alias: [{ find: /^lit$/, replacement: 'lit/html.js' }] }, // templates only: nobody makes elements of their own
    server: { host: '127.0.0.1', port: 5173 },
    preview: { host: '127.0.0.1' },
    build: {
      outDir: 'dist/app',
      target: 'es2022',
      sourcemap: true,
      rolldownOptions: { output: { codeSplitting: { groups: [LESSONS] } } },
    },
    test: {
      environment: 'node',
      include: [fuzz ? 'test/fuzz/**/*.test.ts' : 'test/**/*.test.ts'],
      exclude: ['test/e2e/**', 'test/bench/**', ...(isTsharkWanted() ? [] : ['test/captures/**'])],
      env: fuzz ? { FOURTUPLE_FUZZ: 'whole' } : {},
      reporters: process.env['CI'] ? ['default', ['json', { outputFile: 'out/vitest.json' }]] : ['default'],
      maxWorkers: Math.max(2, availableParallelism()), // vitest alone would leave one of two cores idle
      isolate: false, // no test leaves a module changed, and loading all of them anew for each file cost more than the tests
      testTimeout: fuzz ? 900_000 : 20_000,
    },
  };
});
