// The keyboard map: every key that the dialog lists does what it says, and text fields keep their letters.
import { FLAGSHIP, openStep, press, stepNow, still } from './reader.js';
import { expect, test } from './shared-page.js';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

test('stepping: → . ← , Home End', async ({ page }) => {
  await openStep(page, FLAGSHIP, 0);
  for (const [key, expected] of [
    ['ArrowRight', 1],
    ['.', 2],
    ['ArrowLeft', 1],
    [',', 0],
    ['End', 25],
    ['Home', 0],
  ] as const) {
    await press(page, key);
    expect(await stepNow(page), key).toBe(expected);
  }
});

test('R makes the panel of a small window taller, and lower again', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await openStep(page, FLAGSHIP, 20);
  const raise = page.getByRole('button', { name: 'Taller panel' });
  const height = async (): Promise<number> => (await page.locator('.panel').boundingBox())?.height ?? 0;
  const low = await height();
  await press(page, 'r');
  await expect(raise).toHaveAttribute('aria-expanded', 'true');
  expect(await height()).toBeGreaterThan(low * 1.4);
  await raise.click();
  expect(await height()).toBe(low);
});

test('skipping: D and Shift → to deliveries, S to state changes, N along the conversation, Shift goes back', async ({
  page,
}) => {
  await openStep(page, FLAGSHIP, 0);
  const walk: readonly (readonly [string, number])[] = [
    ['d', 5],
    ['d', 6],
    ['Shift+ArrowRight', 7],
    ['Shift+D', 6],
    ['Shift+ArrowLeft', 5],
    ['n', 6],
    ['n', 7],
    ['n', 8],
    ['n', 19],
    ['Shift+N', 8],
    ['s', 9],
    ['Shift+S', 7],
  ];
  for (const [key, expected] of walk) {
    await press(page, key);
    expect(await stepNow(page), key).toBe(expected);
  }
});

test('choosing a socket sets the conversation that N follows, a link keeps both, Esc lets go', async ({
  page,
}) => {
  await openStep(page, FLAGSHIP, 20);
  await page.locator('.stage-svg .socket[data-socket]', { hasText: ':51005' }).click();
  await still(page);
  await expect(page.locator('.lane[data-chosen]')).toHaveAttribute('data-mark', '▲');
  await expect(page).toHaveURL(/\?t=20&sel=\d+\.triangle$/);
  await page.reload();
  await still(page);
  await expect(page.locator('.stage-svg .socket[data-selected]')).toContainText(':51005');
  await press(page, 'Shift+N');
  expect(await stepNow(page)).toBe(13);
  await press(page, 'Escape');
  await expect(page.locator('[data-selected]')).toHaveCount(0);
});

test('[ and ] walk the reasons without leaving the step; panel, stage and voice go together', async ({
  page,
}) => {
  await openStep(page, FLAGSHIP, 20);
  const now = page.locator('.question[data-told="now"]');
  await expect(now).toHaveAttribute('data-question', 'conversation');
  await expect(page.locator('.stage-svg .verdict[data-verdict="match"]')).toHaveCount(1);
  await press(page, '[', 2);
  await expect(now).toHaveAttribute('data-question', 'protocol');
  await expect(page.locator('.stage-svg .verdict[data-verdict="match"]')).toHaveCount(0);
  await expect(page.locator('.stage-svg .node[data-tone="taken"]')).toHaveCount(1);
  await press(page, ']');
  await expect(now).toHaveAttribute('data-question', 'local port');
  await expect(page.locator('#live')).toContainText('80');
  expect(await stepNow(page)).toBe(20);
});

test('in a header the arrows go from field to field, what is said follows, and the step stays', async ({
  page,
}) => {
  await openStep(page, FLAGSHIP, 20);
  await page.getByRole('tab', { name: 'Why this socket?' }).focus();
  await page.keyboard.press('ArrowRight');
  const tcp = page.getByRole('table', { name: /^TCP/ });
  await expect(tcp.getByRole('button', { pressed: true })).toHaveAccessibleName(
    /^destination port\s+80\s+· read by the demultiplexer$/,
  );
  await expect(page.locator('.header-panel [data-asked]')).toHaveCount(5);
  await page.keyboard.press('Tab'); // the panel
  await page.keyboard.press('Tab'); // the field in it
  const said = page.locator('.header-panel .field');
  const walk: readonly (readonly [string, string, string])[] = [
    ['ArrowLeft', 'source port', '51004hex0xc73c'],
    ['ArrowUp', 'destination', '10.0.0.80hex0x0a000050'],
    ['ArrowDown', 'source port', '51004'],
    ['ArrowDown', 'sequence number', 'hex0x'],
    ['Home', 'version', '4hex0x4'],
    ['End', 'urgent pointer', '0hex0x0000'],
  ];
  for (const [key, name, value] of walk) {
    await page.keyboard.press(key);
    await expect(said.locator('h3'), key).toHaveText(name);
    expect((await said.locator('dl').textContent())?.replace(/\s+/g, ''), key).toContain(value);
  }
  expect(await stepNow(page)).toBe(20);
  await page.locator('.lamps li', { hasText: 'PSH' }).click();
  await expect(said).toContainText('Hand it to the program now.');
});

test('space plays and pauses, J K L shuttle, and playing ends at the last step', async ({ page }) => {
  await openStep(page, FLAGSHIP, 2);
  await page.keyboard.press(' ');
  await expect(page.locator('.player')).toHaveAttribute('data-playing', 'true');
  await page.keyboard.press(' ');
  await expect(page.locator('.player')).toHaveAttribute('data-playing', 'false');
  await page.keyboard.press('l');
  await page.keyboard.press('l');
  await page.keyboard.press('l');
  await expect(page.locator('.speed')).toHaveText('4×');
  await page.keyboard.press('k');
  await expect(page.locator('.player')).toHaveAttribute('data-playing', 'false');
  await press(page, 'End');
  await press(page, 'ArrowLeft');
  await page.keyboard.press(' ');
  await expect(page.locator('.player')).toHaveAttribute('data-step', '25');
  await expect(page.locator('.player')).toHaveAttribute('data-playing', 'false');
});

test('? lists the keys in a dialog, Esc closes it, and keys do nothing behind it', async ({ page }) => {
  await openStep(page, FLAGSHIP, 3);
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keys' });
  await expect(dialog).toBeVisible();
  await page.keyboard.press('ArrowRight');
  expect(await stepNow(page)).toBe(3);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('letters belong to the search field while one types there', async ({ page }) => {
  await page.goto('/');
  await still(page);
  const step = await page.locator('.hero .lead').getAttribute('data-step');
  await page.getByRole('searchbox').click();
  await page.keyboard.type('dns.,');
  await expect(page.getByRole('searchbox')).toHaveValue('dns.,');
  await page.getByRole('searchbox').fill('');
  await expect(page.locator('.hero .lead')).toHaveAttribute('data-step', step ?? '');
});

test('the stage is one tab stop; Enter goes in, arrows move, Esc leaves, and outside → steps', async ({
  page,
}) => {
  await openStep(page, FLAGSHIP, 20);
  await expect(page.locator('.stage-svg [tabindex="0"]')).toHaveCount(1);
  await page.locator('.stage-svg [tabindex="0"]').focus();
  await press(page, 'ArrowRight');
  expect(await stepNow(page)).toBe(21);
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const focused = page.locator('.stage-svg :focus');
  await expect(focused).toHaveAttribute('data-stop', 'socket');
  await expect(focused).toHaveAttribute('aria-label', /TCP socket, laptop port 51004/);
  await page.keyboard.press('ArrowRight');
  await expect(focused).toHaveAttribute('aria-label', /laptop port 51005/);
  expect(await stepNow(page)).toBe(21);
  await page.keyboard.press('Escape');
  await press(page, 'ArrowRight');
  expect(await stepNow(page)).toBe(22);
});
