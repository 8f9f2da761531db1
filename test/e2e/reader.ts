// What the browser tests share: the scenarios that exist, opening one at a step, waiting until the picture is still.
// They read only what a reader sees and the hooks that are promised: data-scenario, data-step, data-kind, data-socket, data-anim.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';

const folder = fileURLToPath(new URL('../../scenarios', import.meta.url));

/** File names are unique over the groups: they are the ids in links. */
export const scenarioIds: readonly string[] = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => file.replace(/^.*[\\/]/, '').replace(/\.yaml$/, ''))
  .sort();

export const FLAGSHIP = 'three-conversations-one-port';

/** The picture is final and nothing moves. */
export async function still(page: Page): Promise<void> {
  await page.locator('#app[data-anim="idle"]').waitFor();
}

export async function openStep(page: Page, id: string, t?: number): Promise<void> {
  await page.goto(t === undefined ? `/#/s/${id}` : `/#/s/${id}?t=${t}`);
  await page.evaluate(() => document.fonts.ready);
  // Another scenario may still be on the page: a change of the address after # loads nothing.
  const step = t === undefined ? '' : `[data-step="${t}"]`;
  await page.locator(`.player[data-scenario="${id}"]${step}`).waitFor();
  await still(page);
}

export async function press(page: Page, key: string, times = 1): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    await page.keyboard.press(key);
    await still(page);
  }
}

export async function stepNow(page: Page): Promise<number> {
  return Number(await page.locator('.player').getAttribute('data-step'));
}

export async function totalSteps(page: Page): Promise<number> {
  return Number(await page.locator('.scrub').getAttribute('max'));
}
