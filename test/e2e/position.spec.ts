// Where one is: in the address, after a reload, in the history, and when the address leads nowhere.
import { violations } from './axe.js';
import { FLAGSHIP, openStep, press, stepNow, still } from './reader.js';
import { expect, test } from './shared-page.js';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

test('the address follows the step, and a reload or a shared link restores it', async ({ page }) => {
  await openStep(page, FLAGSHIP);
  await press(page, 'ArrowRight', 4);
  await expect(page).toHaveURL(new RegExp(`#/s/${FLAGSHIP}\\?t=4$`));
  const sentence = await page.locator('.caption .sentence').textContent();
  await page.reload();
  await still(page);
  expect(await stepNow(page)).toBe(4);
  await expect(page.locator('.caption .sentence')).toHaveText(sentence ?? '');
  await page.goto(`/#/s/${FLAGSHIP}?t=20`);
  await expect(page.locator('.player')).toHaveAttribute('data-step', '20');
});

test('stepping does not fill the history: one press of back returns to the gallery', async ({ page }) => {
  await page.goto('/');
  await page.locator('.card-link').first().click();
  await page.locator('.player').waitFor();
  await press(page, 'ArrowRight', 3);
  await page.goBack();
  await expect(page.locator('.gallery')).toBeVisible();
});

test('a broken link says what is wrong and where, keeps its text and leads on; an unknown name offers neighbours', async ({
  page,
}) => {
  await page.goto('/#/s/three-conversations-one-port?t=20&v=stag');
  await expect(page.getByRole('alert')).toContainText('From character 38: “v=stag”');
  await expect(page.locator('main mark')).toHaveText('v=stag');
  await expect(page.locator('main pre')).toHaveText('/s/three-conversations-one-port?t=20&v=stag');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('link', { name: 'Open it without that' }).click();
  await page.locator('.player[data-scenario="three-conversations-one-port"]').waitFor();
  await page.goto('/#/s/no-such-thing');
  await expect(page.locator('main')).toContainText('no-such-thing');
  await expect(page.locator('.nearest a')).not.toHaveCount(0);
  await page.getByRole('link', { name: 'All scenarios', exact: true }).click();
  await expect(page.locator('.gallery')).toBeVisible();
  await page.goto('/#/nowhere/at/all');
  await expect(page.locator('main')).toContainText('nowhere/at/all');
});

test('a link followed in the same frame as a step is not overwritten by the step’s address', async ({
  page,
}) => {
  await openStep(page, FLAGSHIP, 4);
  await page.evaluate(() => {
    requestAnimationFrame(() => {
      location.hash = '#/s/closed-port-three-answers?t=7';
    });
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
  });
  await page.locator('.player[data-scenario="closed-port-three-answers"][data-step="7"]').waitFor();
  await expect(page).toHaveURL(/closed-port-three-answers\?t=7$/);
});

test('the view stands in the address: V 2 shows the ladder, a reload keeps it, V 1 leads back', async ({
  page,
}) => {
  await openStep(page, FLAGSHIP, 20);
  await page.keyboard.press('v');
  await page.keyboard.press('2');
  await expect(page).toHaveURL(/\?t=20&v=ladder$/);
  await page.reload();
  await expect(page.locator('.player')).toHaveAttribute('data-view', 'ladder');
  await expect(page.locator('.ladder-steps [aria-current]')).toBeInViewport();
  await expect(page.locator('.flight[data-moment="now"][data-from]')).toHaveCount(2);
  await page.keyboard.press('v');
  await page.keyboard.press('1');
  await expect(page.locator('.stage-svg .verdict[data-verdict="match"]')).toHaveCount(1);
  await expect(page).toHaveURL(/\?t=20$/);
});
