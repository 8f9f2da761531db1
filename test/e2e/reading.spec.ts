// The flagship step read closely: stage, panel and table agree, one endpoint has one colour, the table is also text.
import { FLAGSHIP, openStep, still } from './reader.js';
import { expect, test } from './shared-page.js';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

test('the flagship step: the winner is marked in stage, panel and table, and the half that differs is struck', async ({
  page,
}) => {
  await openStep(page, FLAGSHIP, 20);
  await expect(page.locator('.caption .phase')).toHaveText('Whose is it?');
  const winner = await page.locator('.candidate[data-verdict="match"]').getAttribute('data-socket');
  await expect(page.locator(`.sockets tr[data-socket="${winner}"]`)).toHaveAttribute('data-tone', 'now');
  await expect(page.locator(`.stage-svg [data-socket="${winner}"]`)).toHaveAttribute('data-tone', 'now');
  await expect(page.locator('.candidate [data-struck="port"]')).toHaveText('10.0.0.7:51005');
  await expect(page.locator('.candidate [data-struck="address"]')).toHaveText('10.0.0.9:51004');
});

test('one endpoint has one colour everywhere', async ({ page }) => {
  await openStep(page, FLAGSHIP, 20);
  const seen = await page
    .locator('.ep[data-ep], .chip[data-ep]')
    .evaluateAll((chips) =>
      chips.map((chip) => [chip.getAttribute('data-ep') ?? '', chip.getAttribute('data-hue') ?? ''] as const),
    );
  const hues = new Map<string, string>();
  for (const [ep, hue] of seen) {
    expect(hues.get(ep) ?? hue, ep).toBe(hue);
    hues.set(ep, hue);
  }
  expect(hues.get('10.0.0.7:51004')).toBe('A');
  expect(hues.get('10.0.0.80:80')).toBe('S');
});

test('the table can be read as ss prints it, and another host can be picked', async ({ page }) => {
  await openStep(page, FLAGSHIP, 20);
  await page.getByRole('button', { name: 'as ss -tuanp' }).click();
  await expect(page.locator('.sockets pre')).toContainText('ESTAB');
  await expect(page.locator('.sockets pre')).toContainText('users:(("nginx",pid=');
  await page.getByRole('button', { name: 'as ss -tuanp' }).click();
  await page.getByLabel('Host of the table').selectOption({ label: 'A · laptop' });
  await still(page);
  await expect(page.locator('.sockets')).toContainText('firefox');
});

test('the state diagram has both ends on their states, the way just taken, and what each event would do', async ({
  page,
}) => {
  await openStep(page, 'both-close-at-once', 10);
  await page.getByRole('tab', { name: 'State' }).click();
  const tokens = page.locator('.state-diagram [data-state-name="CLOSING"] [data-token]');
  await expect(tokens).toHaveCount(2);
  await expect(page.locator('.state-diagram .edge[data-state="taken"]')).toHaveAttribute(
    'data-edge',
    'FIN-WAIT-1 CLOSING',
  );
  const row = page.locator('.states tbody tr', { hasText: 'ACK of FIN' });
  await expect(row).toContainText('TIME-WAIT');
  await page.keyboard.press('.');
  await expect(
    page.locator('.state-diagram [data-state-name="TIME-WAIT"] [data-token="laptop"]'),
  ).toHaveCount(1);
  await expect(tokens).toHaveCount(1);
});

test('at a router the table has its translations: who is inside, what others see, and the rule that forwards', async ({
  page,
}) => {
  await openStep(page, 'knock-on-8080', 3);
  const row = page.locator('.translations tr[data-tone="now"]');
  await expect(row.locator('.ep')).toHaveCount(3);
  await expect(row.locator('[data-ep="10.0.0.20:80"]')).toHaveAttribute('data-hue', 'S');
  await expect(row.locator('[data-ep="203.0.113.5:8080"]')).toHaveAttribute('data-hue', 'R');
  await expect(page.locator('.forwards li')).toHaveCount(1);
  await expect(page.locator('.stage-svg .chip[data-ep="10.0.0.20:80"]').first()).toBeVisible();
  await expect(page.locator('.stage-svg .chip[data-ep="203.0.113.5:8080"]').first()).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await page.getByLabel('Host of the table').selectOption({ label: 'R · router' });
  await expect(page.locator('.sockets .empty')).toBeVisible();
});
