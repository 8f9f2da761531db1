// The page as a thing: its theme, quiet on the network and in the console, usable on a phone.
import { expect, test } from '@playwright/test';
import { FLAGSHIP, openStep, press, still } from './reader.js';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the theme is the system’s until one chooses, and the choice is kept: ${colorScheme}`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto('/');
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    await page.getByRole('button', { name: /theme$/ }).click();
    const other = colorScheme === 'light' ? 'dark' : 'light';
    await expect(page.locator('html')).toHaveAttribute('data-theme', other);
    await page.reload();
    await expect(page.locator('html')).toHaveAttribute('data-theme', other);
  });
}

test('no console message, no request to another host, and nothing runs on an idle page', async ({
  page,
  baseURL,
}) => {
  const messages: string[] = [];
  const strangers: string[] = [];
  page.on('console', (message) => messages.push(message.text()));
  page.on('pageerror', (error) => messages.push(error.message));
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol !== 'data:' && origin !== new URL(baseURL ?? '').origin) strangers.push(request.url());
  });
  await page.goto('/');
  await page.locator('.thumb > *').first().waitFor();
  await press(page, 'ArrowRight', 3);
  await openStep(page, FLAGSHIP);
  await press(page, 'ArrowRight', 8);
  expect(messages).toEqual([]);
  expect(strangers).toEqual([]);
  const asked = await page.evaluate(async () => {
    const counts = { frames: 0, timers: 0 };
    const rest = new Promise((resolve) => setTimeout(resolve, 400));
    const frame = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (callback) => {
      counts.frames += 1;
      return frame(callback);
    };
    const count = () => {
      counts.timers += 1;
      return 0;
    };
    Object.assign(window, { setTimeout: count, setInterval: count, requestIdleCallback: count });
    await rest;
    return { ...counts, running: document.getAnimations().length };
  });
  expect(asked).toEqual({ frames: 0, timers: 0, running: 0 });
});

// Pages and lessons are loaded in parts. What would be seen if it were wrong: a part that is fetched when somebody needs it,
// and is not there on a train.
test('once everything has come, nothing is asked of the network any more, whatever is opened', async ({
  page,
  context,
}) => {
  await page.goto('/', { waitUntil: 'networkidle' });
  const requests: string[] = [];
  const errors: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => errors.push(error.message));
  await context.setOffline(true);
  await press(page, 'ArrowRight', 2);
  await page.getByRole('searchbox').fill('EADDRINUSE');
  await expect(page.locator('.card-link[data-scenario="address-in-use"]')).toBeVisible();
  for (const id of [FLAGSHIP, 'two-laptops-one-address']) {
    await page.evaluate((to) => {
      location.hash = `#/s/${to}?t=6`;
    }, id);
    await page.locator(`.player[data-scenario="${id}"]`).waitFor();
    for (const key of ['Alt+2', 'Alt+3', 'Alt+4', 'Alt+1', 'ArrowRight', 'ArrowLeft', 'End'])
      await press(page, key);
    for (const tab of ['Header', 'State', 'Notes', 'Transcript'])
      await page.getByRole('tab', { name: tab }).click();
    await page.keyboard.press('?');
    await page.locator('dialog[open]').waitFor();
    await page.keyboard.press('Escape');
  }
  await page.getByRole('button', { name: 'Predict' }).click();
  await page.evaluate((to) => {
    location.hash = `#/present/${to}`;
  }, FLAGSHIP);
  await page.locator('.presenter').waitFor();
  expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([]);
  expect(errors).toEqual([]);
});

test.describe('on a phone', () => {
  test.use({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    contextOptions: { reducedMotion: 'reduce' },
  });

  test('no sideways scrolling, Step is at the thumb and at least 50 px high, the table is a tab', async ({
    page,
  }) => {
    const open = [
      () => page.goto('/').then(() => still(page)),
      () => openStep(page, FLAGSHIP, 20),
      () => openStep(page, 'closed-port-three-answers', 7),
    ];
    for (const go of open) {
      await go();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    }
    const step = await page.locator('.transport [data-action="step"]').boundingBox();
    expect(step?.height).toBeGreaterThanOrEqual(50);
    expect(step?.y).toBeGreaterThan(700);
    await expect(page.locator('.stage-svg .host')).toHaveCount(1);
    await page.getByRole('tab', { name: 'Sockets' }).click();
    await expect(page.locator('.sockets table')).toBeVisible();
    await page.getByRole('tab', { name: 'Header' }).click();
    await expect(page.locator('table[data-header="IPv4"]')).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
});

test.describe('with motion', () => {
  test.use({ contextOptions: { reducedMotion: 'no-preference' } });

  test('the picture is final before it moves, and a second press ends the movement', async ({ page }) => {
    await openStep(page, FLAGSHIP, 19);
    await page.keyboard.press('ArrowRight');
    await page.locator('.player[data-step="20"]').waitFor();
    await expect(page.locator('.stage-svg .verdict[data-verdict="match"]')).toHaveCount(1);
    await page.keyboard.press('ArrowRight');
    await page.locator('.player[data-step="21"]').waitFor();
    await still(page);
    const moving = await page
      .locator('.stage-svg')
      .evaluate((stage) => stage.getAnimations({ subtree: true }).length);
    expect(moving, 'on the stage').toBe(0);
    // A button may still be fading its background for a tenth of a second; then the whole page rests.
    await expect.poll(() => page.evaluate(() => document.getAnimations().length)).toBe(0);
  });
});
