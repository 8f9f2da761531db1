// The app as built (`npm run build` first), served by vite's preview and driven in a real Chromium.
// Which browser: test/browser.mjs. Run with `npm run test:e2e`; a picture of every failure is kept in out/e2e
// (recording a trace of every test doubles its time: `npm run test:e2e -- --trace on` where one is wanted).
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { defineConfig, type LaunchOptions } from '@playwright/test';
import { launchOptions } from '../browser.mjs';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string')
    throw new Error('no TCP port could be had on 127.0.0.1');
  return address.port;
}

// Every worker evaluates this file again: the first choices are handed on through the environment.
process.env['FOURTUPLE_E2E_PORT'] ??= String(await freePort());
process.env['FOURTUPLE_E2E_LAUNCH'] ??= JSON.stringify(await launchOptions());
const port = process.env['FOURTUPLE_E2E_PORT'];
const launch: LaunchOptions = JSON.parse(process.env['FOURTUPLE_E2E_LAUNCH']);
const root = fileURLToPath(new URL('../..', import.meta.url));

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../../out/e2e/traces',
  forbidOnly: true,
  retries: 0,
  workers: 3, // one waits for frames while two compute
  fullyParallel: true, // tests of one file on both cores: files are of unequal length
  reporter: [['list'], ['json', { outputFile: '../../out/e2e/results.json' }]],
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    screenshot: 'only-on-failure',
    launchOptions: launch,
  },
  webServer: {
    command: `"${process.execPath}" node_modules/vite/bin/vite.js preview --port ${port} --strictPort`,
    cwd: root,
    url: `http://127.0.0.1:${port}/`,
    reuseExistingServer: false,
    timeout: 30_000,
  },
});
