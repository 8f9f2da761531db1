// Times between frames: while the scrubber is drawn through a run, and while a step is animated.
// One position more a frame, as a hand would do it at best; what counts is when the next frame comes.
import type { Browser } from 'playwright-core';
import { settled } from './interaction.js';
import { FULL_WIRE } from './scenarios.js';
import type { Site } from './site.js';

/** Milliseconds between frames while the position goes from 100 steps before `at` to `at`, one a frame. */
export async function scrubbing(
  browser: Browser,
  site: Site,
  id: string,
  view: string,
  at = FULL_WIRE,
): Promise<number[]> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${site.url}#/s/${id}?t=${at}&v=${view}`);
  await page.locator(`.player[data-step="${at}"]`).waitFor({ timeout: 120_000 });
  await settled(page);
  const intervals = await page.evaluate(
    ({ from, to }) =>
      new Promise<number[]>((resolve, reject) => {
        const scrub = document.querySelector<HTMLInputElement>('.scrub');
        if (scrub === null) {
          reject(new Error('there is no scrubber'));
          return;
        }
        const times: number[] = [];
        let step = from;
        const frame = (now: number): void => {
          times.push(now);
          if (step > to) {
            resolve(times.slice(1).map((time, index) => time - (times[index] ?? time)));
            return;
          }
          scrub.value = String(step);
          scrub.dispatchEvent(new Event('input', { bubbles: true }));
          step += 1;
          requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      }),
    { from: at - 100, to: at },
  );
  await context.close();
  return intervals;
}

/** Milliseconds between frames while the steps of a lesson move, of all its steps. */
export async function animating(browser: Browser, site: Site, id: string): Promise<number[]> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'no-preference',
  });
  const page = await context.newPage();
  await page.goto(`${site.url}#/s/${id}`);
  await page.locator('.player').waitFor();
  await settled(page);
  const intervals = await page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const found: number[] = [];
        const root = document.querySelector<HTMLElement>('#app');
        const step = (): void => {
          const button = document.querySelector<HTMLButtonElement>('.transport [data-action="step"]');
          if (button === null || button.disabled) {
            resolve(found);
            return;
          }
          button.click();
          let last = 0;
          const frame = (now: number): void => {
            if (last > 0) found.push(now - last);
            last = now;
            if (root?.dataset['anim'] === 'idle') step();
            else requestAnimationFrame(frame);
          };
          requestAnimationFrame(frame);
        };
        step();
      }),
  );
  await context.close();
  return intervals;
}
