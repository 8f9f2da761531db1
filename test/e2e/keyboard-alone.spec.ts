// From the gallery through a whole scenario without a pointer: nothing here clicks and nothing is given the focus but by keys.
// With FOURTUPLE_FUZZ=whole it is recorded: out/e2e/traces, to be looked at with `npx playwright show-trace`.
// What would be seen if it were wrong: a place that no key reaches, a focus that is lost, a ring that is missing or covered.
import { expect, type Page, test } from '@playwright/test';
import { type Focus, focusNow } from './focus.js';
import { FLAGSHIP, press, stepNow, still, totalSteps } from './reader.js';

test.use({
  viewport: { width: 1440, height: 900 },
  contextOptions: { reducedMotion: 'reduce' },
  // Recording costs as much as the test, and a file with a setting of its own waits for a browser of its own.
  ...(process.env['FOURTUPLE_FUZZ'] === 'whole' ? { trace: 'on' } : {}),
});

/** Tab until the focus is where it is wanted; every stop on the way shows its ring. */
async function tabTo(page: Page, isThere: (focus: Focus) => boolean, key = 'Tab'): Promise<string[]> {
  const regions: string[] = [];
  for (let count = 0; count < 60; count += 1) {
    await page.keyboard.press(key);
    const focus = await focusNow(page);
    expect(focus.flaw, focus.what).toBe('');
    if (focus.region !== regions.at(-1)) regions.push(focus.region);
    if (isThere(focus)) return regions;
  }
  throw new Error(`not reached; ${regions.join(' ')}`);
}

/** A step, and the focus is still somewhere. */
async function stepTo(page: Page, t: number): Promise<void> {
  await press(page, 'ArrowRight');
  expect(await stepNow(page)).toBe(t);
}

test('by keys alone from the gallery to the last step, with a wrong and a right prediction', async ({
  page,
}) => {
  test.slow(); // some three hundred keys
  await page.goto('/');
  await still(page);

  await test.step('a search finds the scenario, Enter opens it', async () => {
    await press(page, '/');
    await page.keyboard.type('one port 80');
    await still(page);
    await tabTo(page, ({ what }) => what.includes('Three conversations, one port 80'));
    await page.keyboard.press('Enter');
    await page.locator(`.player[data-scenario="${FLAGSHIP}"]`).waitFor();
    await still(page);
  });
  const total = await totalSteps(page);
  const live = page.locator('#live');

  await test.step('every step to the question', async () => {
    await press(page, 'p');
    for (let t = 1; t <= 19; t += 1) await stepTo(page, t);
    await expect(live).toContainText('Question:');
    await press(page, 'ArrowRight');
    expect(await stepNow(page)).toBe(19);
    expect((await focusNow(page)).what).toContain('h2');
  });

  await test.step('a wrong answer, what kills it, and the right one', async () => {
    await press(page, '3');
    await press(page, 'Enter');
    await expect(page.getByRole('alert')).toContainText('51005');
    await press(page, '2');
    await press(page, 'Enter');
    expect(await stepNow(page)).toBe(20);
    await expect(page.locator('.ask h2')).toHaveText('Right, at the second try.');
    await press(page, 'w');
    await expect(page.locator('.player')).toHaveAttribute('data-mode', 'watch');
  });

  await test.step('the reasons, forward and back', async () => {
    await tabTo(page, ({ what }) => what.startsWith('button tab Why this socket?'));
    await press(page, '[', 2);
    await expect(live).toContainText('Which protocol?');
    await press(page, ']');
    await expect(live).toContainText('Which local port?');
    expect(await stepNow(page)).toBe(20);
  });

  await test.step('tabs by arrows', async () => {
    const tabs = page.getByRole('tab');
    for (let count = await tabs.count(); count > 0; count -= 1) {
      await press(page, 'ArrowRight');
      expect((await focusNow(page)).flaw).toBe('');
      await expect(page.locator('[role="tab"]:focus')).toHaveAttribute('aria-selected', 'true');
      await expect(page.getByRole('tabpanel')).toBeVisible();
    }
    await expect(tabs.first()).toBeFocused();
    expect(await stepNow(page)).toBe(20);
  });

  await test.step('from region to region', async () => {
    const regions = await tabTo(page, ({ region }) => region === '');
    expect(regions.filter((region) => region !== '')).toEqual(['.panel', '.transport']);
    const from = await tabTo(page, ({ region }) => region === '.transport');
    expect(from).toEqual(['.top', '.caption', '.stage', '.sockets', '.panel', '.transport']);
    const back = await tabTo(page, ({ region }) => region === '.stage', 'Shift+Tab');
    expect(back).toEqual(['.panel', '.sockets', '.stage']);
  });

  await test.step('inside the stage arrows go from thing to thing, Enter chooses, Esc leaves', async () => {
    await press(page, 'Enter');
    const seen = new Set<string>();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowDown']) {
      await press(page, key);
      const { what, flaw } = await focusNow(page);
      expect(flaw, what).toBe('');
      seen.add(what);
    }
    expect(seen.size).toBeGreaterThan(4);
    expect(await stepNow(page)).toBe(20);
    await press(page, 'ArrowUp');
    await press(page, 'Enter');
    await expect(page.locator('.stage-svg [data-selected]')).toHaveCount(1);
    await press(page, 'Escape');
    await press(page, 'Escape');
    await expect(page.locator('[data-selected]')).toHaveCount(0);
  });

  await test.step('the table is walked by row', async () => {
    await tabTo(page, ({ what }) => what.startsWith('tr'));
    const first = await focusNow(page);
    await press(page, 'ArrowDown');
    const second = await focusNow(page);
    expect(second.what).not.toBe(first.what);
    expect(second.flaw).toBe('');
    await press(page, 'Enter');
    await expect(page.locator('tr[data-selected]')).toHaveCount(1);
    await press(page, 'Escape');
  });

  await test.step('four views', async () => {
    for (const [digit, view] of [
      ['2', 'ladder'],
      ['3', 'ports'],
      ['4', 'states'],
      ['1', 'stage'],
    ] as const) {
      await press(page, 'v');
      await press(page, digit);
      await expect(page.locator('.player')).toHaveAttribute('data-view', view);
      await press(page, `Alt+${digit}`);
      await expect(page.locator('.player')).toHaveAttribute('data-view', view);
    }
  });

  await test.step('skips and back, a breakpoint, playing to it', async () => {
    await press(page, 'Home');
    for (const key of ['d', 's', 'n']) {
      await press(page, key);
      const first = await stepNow(page);
      await press(page, key);
      expect(await stepNow(page), key).toBeGreaterThan(first);
      await press(page, `Shift+${key.toUpperCase()}`);
      expect(await stepNow(page), key).toBe(first);
    }
    const here = await stepNow(page);
    await press(page, 'b');
    await expect(page.locator(`[data-break="step ${here}"]`)).toHaveCount(1);
    await press(page, 'ArrowLeft');
    await press(page, 'l');
    await expect(page.locator('.halted')).toContainText(`step ${here}`);
    await press(page, 'b');
    await expect(page.locator('.break')).toHaveCount(0);
  });

  await test.step('the keys in a dialog, and letters switched off and on', async () => {
    const turn = async (): Promise<void> => {
      await press(page, '?');
      await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
      await tabTo(page, ({ what }) => what.startsWith('input'));
      await press(page, ' ');
      await press(page, 'Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    };
    const here = await stepNow(page);
    await turn();
    await press(page, 'Shift+D');
    expect(await stepNow(page)).toBe(here);
    await turn();
    await press(page, 'Shift+D');
    expect(await stepNow(page)).toBeLessThan(here);
  });

  await test.step('a link to share, and the focus comes back to its button', async () => {
    await tabTo(page, ({ what }) => what === 'button Share'.replace(' ', '  '));
    await press(page, 'Enter');
    await expect(page.getByRole('dialog')).toBeVisible();
    await tabTo(page, ({ what }) => what.startsWith('input'));
    await press(page, 'Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    expect((await focusNow(page)).what).toContain('Share');
  });

  await test.step('on the projector and back', async () => {
    const here = await stepNow(page);
    await press(page, 'f');
    await page.locator('.presenter').waitFor();
    await press(page, 'PageDown');
    await press(page, 'g');
    await expect(page.locator('.presenter .ladder-picture')).toBeVisible();
    await press(page, 'g');
    await press(page, 'Escape');
    await page.locator(`.player[data-step="${here + 1}"]`).waitFor();
  });

  await test.step('on to the last step', async () => {
    for (let t = (await stepNow(page)) + 1; t <= total; t += 1) await stepTo(page, t);
    await expect(page.locator('.takeaway')).toBeVisible();
    await tabTo(page, ({ what }) => what.startsWith('a ')); // the way home
    await press(page, 'Enter');
    await expect(page.locator(`.card-link[data-scenario="${FLAGSHIP}"] .done`)).toBeVisible();
  });
});
