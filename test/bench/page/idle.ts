// A page that nobody touches: what it asks of the browser, counted over some seconds after everything has come.
import type { Browser } from 'playwright-core';
import { settled } from './interaction.js';
import type { Site } from './site.js';

const REST_MILLIS = 3000;

export interface Idle {
  readonly timers: number;
  readonly frames: number;
  readonly requests: number;
  readonly animations: number;
  /** Of the main thread while resting, in milliseconds. */
  readonly busy: number;
}

declare global {
  interface Window {
    asked?: { timers: number; frames: number };
  }
}

function watch(): void {
  const asked = { timers: 0, frames: 0 };
  window.asked = asked;
  const { setTimeout: timeout, setInterval: interval, requestAnimationFrame: frame } = window;
  window.setTimeout = ((...parameters: Parameters<typeof timeout>) => {
    asked.timers += 1;
    return timeout(...parameters);
  }) as typeof setTimeout;
  window.setInterval = ((...parameters: Parameters<typeof interval>) => {
    asked.timers += 1;
    return interval(...parameters);
  }) as typeof setInterval;
  window.requestAnimationFrame = (callback) => {
    asked.frames += 1;
    return frame(callback);
  };
}

export async function idle(browser: Browser, site: Site, fragment: string): Promise<Idle> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const protocol = await context.newCDPSession(page);
  await protocol.send('Performance.enable');
  await page.addInitScript(watch);
  await page.goto(`${site.url}${fragment}`);
  await page.waitForLoadState('networkidle');
  await settled(page);
  await page.waitForTimeout(2000);
  let requests = 0;
  page.on('request', () => {
    requests += 1;
  });
  const busy = async (): Promise<number> => {
    const { metrics } = await protocol.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
  };
  await page.evaluate(() => Object.assign(window.asked ?? {}, { timers: 0, frames: 0 }));
  const before = await busy();
  await page.waitForTimeout(REST_MILLIS);
  const after = await busy();
  const asked = await page.evaluate(() => window.asked);
  const animations = await page.evaluate(() => document.getAnimations().length);
  await context.close();
  return {
    timers: asked?.timers ?? Number.NaN,
    frames: asked?.frames ?? Number.NaN,
    requests,
    animations,
    busy: after - before,
  };
}
