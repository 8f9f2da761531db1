// The first half minute of a newcomer: the page answers at once, asks nothing, and five presses reach the first delivery.
import { expect, test } from '@playwright/test';
import { COURSE } from '../../src/app/course.js';
import { still } from './reader.js';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

test('five presses of → from a cold load reach the first delivery, without a click and without a dialog', async ({
  page,
}) => {
  await page.goto('/');
  await page.locator('.hero .stage-svg .socket').first().waitFor();
  await still(page);
  await expect(page.locator('.hero .ticket')).toHaveCount(0); // everybody listens, nothing has been sent
  const lead = page.locator('.hero .lead');
  let presses = 0;
  while ((await lead.getAttribute('data-kind')) !== 'arrival' && presses < 5) {
    await page.keyboard.press('ArrowRight');
    await still(page);
    presses += 1;
  }
  await expect(lead).toHaveAttribute('data-kind', 'arrival');
  await expect(lead).toContainText('Port 80 belongs to nginx');
  await expect(page.locator('.hero .verdict[data-verdict="match"]')).toHaveCount(1);
  await expect(page.locator('dialog[open]')).toHaveCount(0);
  await expect(page.getByRole('link', { name: "Next: What is your browser's own port?" })).toBeVisible();
});

test('the Step button does the same, and its scenario opens at the same step', async ({ page }) => {
  await page.goto('/');
  await still(page);
  await page.locator('.hero [data-action="step"]').click();
  await page.locator('.hero [data-action="step"]').click();
  await still(page);
  const sentence = await page.locator('.hero .lead').textContent();
  await page.getByRole('link', { name: 'Open the whole scenario' }).click();
  await expect(page.locator('.caption .sentence')).toHaveText(sentence ?? '');
});

test('the gallery has a card for each scenario, with a picture and minutes, and keeps the place on this device', async ({
  page,
}) => {
  await page.goto('/');
  const cards = page.locator('.card-link');
  await expect(cards.first()).toBeVisible();
  for (const card of await cards.all()) {
    await expect(card.locator('.thumb > *').first()).toBeAttached();
    await expect(card.locator('.card-foot')).toContainText(/\d+ min/);
  }
  const card = page.locator('.card-link[data-scenario="three-conversations-one-port"]');
  await card.click();
  await page.locator('.player').waitFor();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await still(page);
  await page.goto('/#/');
  await expect(card.locator('.card-foot')).toContainText('step 2');
});

test('after the last step the notes lead on, by keyboard, to what follows in the course', async ({
  page,
}) => {
  const [chapter] = COURSE;
  const [first = '', second = ''] = chapter?.ids ?? [];
  await page.goto(`/#/s/${first}`);
  await page.locator('.player').waitFor();
  await page.locator('#tab-notes').click();
  const next = page.locator('.notes [data-action="next"]');
  await expect(next).toHaveCount(0);
  await page.keyboard.press('End');
  await expect(next).toHaveCount(1);
  await next.focus();
  await page.keyboard.press('Enter');
  await page.locator(`.player[data-scenario="${second}"][data-step="0"]`).waitFor();
});

test('without storage everything works, and the page says that progress is not kept', async ({ page }) => {
  await page.addInitScript(() => {
    const refuse = () => {
      throw new DOMException('no storage here', 'SecurityError');
    };
    Object.defineProperty(window, 'localStorage', { get: refuse });
  });
  await page.goto('/');
  await still(page);
  await expect(page.locator('.done-count')).toContainText('Progress is not kept');
  await page.locator('.card-link').first().click();
  await page.locator('.player').waitFor();
  await page.keyboard.press('p');
  await page.keyboard.press('End');
  await expect(page.locator('.ask .quiet')).toContainText('Your answers are not kept');
  await page.locator('[data-action="show"]').click();
  await expect(page.locator('.ask h2')).toHaveText('This is the answer.');
});

test('search finds by port number, error and misconception, and offers neighbours when it finds nothing', async ({
  page,
}) => {
  await page.goto('/');
  await page.locator('.card-link').first().waitFor();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('8081');
  await expect(page.locator('[data-scenario="closed-port-three-answers"]')).toBeVisible();
  await expect(page.locator('[data-scenario="three-conversations-one-port"]')).toBeHidden();
  await page.getByRole('searchbox').fill('EADDRINUSE');
  await expect(page.locator('[data-scenario="address-in-use"]')).toBeVisible();
  await page.getByRole('searchbox').fill('accept() moves the connection');
  await expect(page.locator('[data-scenario="three-conversations-one-port"]')).toBeVisible();
  await page.getByRole('searchbox').fill('zzzz conversations');
  await expect(page.locator('.none-found')).toContainText('nearest');
  await expect(page.locator('.card-link')).toHaveCount(3);
});
