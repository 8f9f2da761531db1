// Predicting in the browser, by keyboard alone: at a question the page holds nothing that answers it; a wrong answer says
// what kills it, a right one shows its reasons; answers stay on the device and can be taken away as a file.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stopOf } from '../../src/app/state/prediction.js';
import { openRun } from '../../src/scenario/run.js';
import { violations } from './axe.js';
import { FLAGSHIP, openStep, press, stepNow, still } from './reader.js';
import { expect, test } from './shared-page.js';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

const runOf = (path: string) => {
  const source = readFileSync(
    fileURLToPath(new URL(`../../scenarios/${path}.yaml`, import.meta.url)),
    'utf8',
  );
  const { run } = openRun(source);
  if (run === undefined) throw new Error(`${path} cannot be played`);
  return run;
};

test('before Check the page holds no verdict, no later event and no answer, in any view or tab', async ({
  page,
}) => {
  for (const path of ['conversations/three-conversations-one-port', 'ports/your-browsers-own-port']) {
    const run = runOf(path);
    const id = path.split('/')[1] ?? '';
    await openStep(page, id, 0);
    await press(page, 'p');
    await press(page, 'End');
    const [asked] = run.asked;
    if (asked === undefined) throw new Error(`${id} asks nothing`);
    expect(await stepNow(page)).toBe(stopOf(asked));
    const later = run.steps.slice(stopOf(asked)).map(({ plain }) => plain);
    const told = new Set(run.steps.slice(0, stopOf(asked)).map(({ plain }) => plain));
    const secrets = [
      ...later.filter((plain) => !told.has(plain)),
      ...(asked.because === '' ? [] : [asked.because]),
      ...asked.options.flatMap(({ feedback }) => feedback ?? []),
    ];
    // Every view with every tab, read inside the page.
    const leaks = await page.evaluate(async (wanted) => {
      const found: string[] = [];
      const frame = () =>
        new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      for (const view of ['stage', 'ladder', 'ports', 'states']) {
        document.querySelector<HTMLElement>(`[data-view-button="${view}"]`)?.click();
        await frame();
        const tabs = [...document.querySelectorAll('[role="tab"]')].map(({ id }) => id);
        if (!tabs.includes('tab-predict')) found.push(`${view}: no question`);
        for (const tab of tabs) {
          document.querySelector<HTMLElement>(`#${tab}`)?.click();
          await frame();
          const page = document.documentElement.outerHTML + document.title;
          for (const secret of wanted) if (page.includes(secret)) found.push(`${view} ${tab}: ${secret}`);
          if (/data-verdict|data-right|isRight/.test(page)) found.push(`${view} ${tab}: a verdict`);
        }
      }
      return found;
    }, secrets);
    expect(leaks, id).toEqual([]);
    expect(secrets.length).toBeGreaterThan(1);
  }
});

test('keyboard alone: a wrong answer, the reason that kills it, the right one, its reasons, and on to the end', async ({
  page,
}) => {
  await openStep(page, FLAGSHIP, 0);
  await press(page, 'p');
  await press(page, 'd', 6);
  await press(page, 'End');
  await expect(page.locator('.choice-disc')).toHaveCount(6);
  await expect(page.locator('#live')).toContainText('Question:');
  expect(await violations(page)).toEqual([]);
  await press(page, 'Enter');
  await expect(page.locator('.ask-wrong')).toHaveCount(0);
  await expect(page.locator('.verdict-cell')).toContainText(['This segment?', '']);
  await press(page, '3');
  await press(page, 'Enter');
  await expect(page.getByRole('alert')).toContainText('Whose conversation?');
  await expect(page.getByRole('alert')).toContainText('51005');
  await expect(page.locator('.choice-disc[data-tried]')).toHaveText('3');
  await expect(page.locator('[data-choice="3"]')).toHaveAttribute('aria-pressed', 'true');
  expect(await stepNow(page)).toBe(19);
  await press(page, '2');
  await press(page, 'Enter');
  expect(await stepNow(page)).toBe(20);
  await expect(page.locator('.ask h2')).toHaveText('Right, at the second try.');
  await expect(page.locator('.stage-svg .verdict[data-verdict="match"]')).toHaveCount(1);
  expect(await violations(page)).toEqual([]);
  await press(page, 'End');
  expect(await stepNow(page)).toBe(25);
  await expect(page).toHaveURL(/predict=1/);
  const kept = await page.evaluate(() => localStorage.getItem('fourtuple.attempts'));
  expect(JSON.parse(kept ?? '[]')).toMatchObject([
    { scenario: FLAGSHIP, isRight: false, attempt: 1 },
    { scenario: FLAGSHIP, isRight: true, attempt: 2 },
  ]);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('[data-action="export"]').click(),
  ]);
  expect(
    readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\r\n'),
  ).toHaveLength(3);
  await press(page, 'w');
  await expect(page.locator('.player')).toHaveAttribute('data-mode', 'watch');
});

test('Step leads to the question, a second Step shows; a click in the picture chooses; on a phone Check is at the thumb', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`/#/s/${FLAGSHIP}?t=19&predict=1`);
  await still(page);
  await press(page, 'ArrowRight');
  await expect(page.locator('.ask h2')).toBeFocused();
  expect(await stepNow(page)).toBe(19);
  // The question, its choices and what was answered so far are seen at once.
  const panel = page.locator('#tab-panel');
  expect(await panel.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)).toBe(0);
  await page.locator('.stage-svg .socket', { hasText: ':22' }).click();
  await expect(page.locator('[data-choice="5"]')).toHaveAttribute('aria-pressed', 'true');
  await page.setViewportSize({ width: 390, height: 844 });
  await still(page);
  const check = await page.locator('[data-action="check"]').boundingBox();
  expect(check?.y).toBeGreaterThan(700);
  expect(check?.height).toBeGreaterThanOrEqual(50);
  const fifth = await page.locator('[data-choice="5"]').boundingBox();
  const bar = await page.locator('.transport').boundingBox();
  expect((fifth?.y ?? 0) + (fifth?.height ?? 0)).toBeLessThanOrEqual(bar?.y ?? 0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await page.locator('[data-action="show"]').click();
  await still(page);
  expect(await stepNow(page)).toBe(20);
  await expect(page.locator('.ask h2')).toHaveText('This is the answer.');
});
