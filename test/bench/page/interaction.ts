// From a key press to the frame that shows its effect, in a scenario with 201 sockets on six hosts and 998 steps.
// Two clocks: Event Timing says when the frame was presented, to 8 ms; the page says when it had finished its part of that frame.
import type { Browser, Page } from 'playwright-core';
import { CROWDED } from './scenarios.js';
import type { Site } from './site.js';
import { type Spread, spreadOf } from './spread.js';

export interface Interaction {
  readonly what: string;
  /** To the presentation of the frame. */
  readonly presented: Spread;
  /** To the end of the page's work for it. */
  readonly worked: Spread;
}

declare global {
  interface Window {
    presented?: number[];
    worked?: number[];
  }
}

function watch(): void {
  const presented: number[] = [];
  const worked: number[] = [];
  window.presented = presented;
  window.worked = worked;
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) if (name === 'keydown') presented.push(duration);
    // The attribute is younger than the types of the browser.
  }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit);
  addEventListener(
    'keydown',
    ({ timeStamp }) => {
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => worked.push(performance.now() - timeStamp);
        channel.port2.postMessage(undefined);
      });
    },
    true,
  );
}

/** Names of keys and how often each is pressed. */
const MOVES: readonly (readonly [string, readonly (readonly [string, number])[]])[] = [
  ['step', [['ArrowRight', 60]]],
  ['back', [['ArrowLeft', 60]]],
  [
    'skip',
    [
      ['d', 10],
      ['s', 10],
      ['Shift+D', 10],
    ],
  ],
  [
    'first and last',
    [
      ['Home', 1],
      ['End', 1],
      ['Home', 1],
      ['End', 1],
      ['Home', 1],
      ['End', 1],
    ],
  ],
];

export async function interactions(
  browser: Browser,
  site: Site,
  view: string,
  isStill: boolean,
): Promise<Interaction[]> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: isStill ? 'reduce' : 'no-preference',
  });
  const page = await context.newPage();
  await page.addInitScript(watch);
  await page.goto(`${site.url}#/s/crowd?t=${CROWDED}&v=${view}`);
  await page.locator(`.player[data-step="${CROWDED}"]`).waitFor({ timeout: 120_000 });
  await settled(page);
  const results: Interaction[] = [];
  for (const [what, keys] of MOVES) {
    await page.evaluate(() => {
      window.presented?.splice(0);
      window.worked?.splice(0);
    });
    let count = 0;
    for (const [key, times] of keys)
      for (let turn = 0; turn < times; turn++) {
        await page.keyboard.press(key);
        await settled(page);
        count += 1;
      }
    await page.waitForTimeout(300);
    const { presented, worked } = await page.evaluate(() => ({
      presented: window.presented ?? [],
      worked: window.worked ?? [],
    }));
    // What took less than 16 ms is not told: it is counted as 16.
    const quick = Array.from({ length: Math.max(0, count - presented.length) }, () => 16);
    results.push({ what, presented: spreadOf([...presented, ...quick]), worked: spreadOf(worked) });
  }
  await context.close();
  return results;
}

export async function settled(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const look = (): void => {
          const isStill = document.querySelector<HTMLElement>('#app')?.dataset['anim'] === 'idle';
          if (isStill) resolve();
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(() => requestAnimationFrame(look));
      }),
  );
}
