// What a screen reader finds (Chromium's accessibility tree): roles and names of everything that can have the focus, one live
// region, real tables, modal dialogs; the focus while things come and go; stillness where motion is reduced; and a shared link
// that leads others to the same place. What would be seen if it were wrong: a stop without a name, a voice that speaks twice.
import type { Page } from '@playwright/test';
import { FLAGSHIP, openStep, press, still, totalSteps } from './reader.js';
import { expect, test } from './shared-page.js';
import { repeat, walk } from './walk.js';

test.use({ viewport: { width: 1440, height: 900 }, contextOptions: { reducedMotion: 'reduce' } });

interface Node {
  readonly role: string;
  readonly name: string;
  readonly isFocusable: boolean;
  readonly isModal: boolean;
}

async function treeOf(page: Page): Promise<Node[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  return nodes
    .filter(({ ignored }) => !ignored)
    .map(({ role, name, properties = [] }) => {
      const has = (wanted: string): boolean =>
        properties.some((each) => each.name === wanted && each.value.value === true);
      return {
        role: String(role?.value ?? ''),
        name: String(name?.value ?? '').trim(),
        isFocusable: has('focusable'),
        isModal: has('modal'),
      };
    });
}

const nameless = (nodes: readonly Node[]): string[] =>
  nodes
    .filter(({ role, name, isFocusable }) => isFocusable && name === '' && role !== 'RootWebArea')
    .map(({ role }) => role);

test('whatever can have the focus has a role and a name, in every view and tab; the picture is a document of named things', async ({
  page,
}) => {
  await openStep(page, FLAGSHIP, 20);
  const nodes = await treeOf(page);
  const [picture] = nodes.filter(({ role }) => role === 'graphics-document');
  expect(picture?.name).toContain('Three conversations');
  await expect(page.locator('.stage-svg')).toHaveAttribute('aria-roledescription', 'network picture');
  const things = nodes.filter(({ role }) => role === 'graphics-object').map(({ name }) => name);
  const named = (pattern: RegExp): string[] => things.filter((name) => pattern.test(name));
  expect(
    named(/^TCP socket, web.* port 80, ESTABLISHED.* laptop port 51004.* circle.* nginx/),
    `${things}`,
  ).toHaveLength(1);
  expect(named(/^TCP segment.* laptop port 51004 .*web port 80/), `${things}`).toHaveLength(1);
  const tips = await page
    .locator('.stage-svg [data-stop]')
    .evaluateAll((all) =>
      all.map((stop) => [stop.getAttribute('aria-label'), stop.querySelector(':scope > title')?.textContent]),
    );
  expect(tips.length).toBeGreaterThan(10);
  for (const [name, tip] of tips) expect(tip ?? name, 'the tooltip').toBe(name);
  expect(nodes.filter(({ role }) => role === 'columnheader').length).toBeGreaterThanOrEqual(5);
  expect(nodes.filter(({ role }) => role === 'row').length).toBeGreaterThan(4);
  const flaws: string[] = [];
  for (const view of ['ladder', 'ports', 'states', 'stage']) {
    await page.locator(`[data-view-button="${view}"]`).click();
    await still(page);
    for (const tab of await page.getByRole('tab').all()) {
      await tab.click();
      await still(page);
      for (const role of nameless(await treeOf(page)))
        flaws.push(`${view}, ${await tab.textContent()}: ${role}`);
    }
    await expect(page.locator('[aria-live]'), view).toHaveCount(1);
  }
  expect(flaws).toEqual([]);
});

test('dialogs are modal, have a name, and give the focus back', async ({ page }) => {
  await openStep(page, FLAGSHIP, 6);
  for (const action of ['share', 'breakpoints']) {
    const button = page.locator(`[data-action="${action}"]`);
    await button.focus();
    await press(page, 'Enter');
    const nodes = await treeOf(page);
    const [dialog] = nodes.filter(({ role }) => role === 'dialog');
    expect(dialog?.isModal, action).toBe(true);
    expect(dialog?.name, action).not.toBe('');
    expect(nameless(nodes), action).toEqual([]);
    await press(page, 'Escape');
    await expect(page.locator('dialog')).toHaveCount(0);
    await expect(button, action).toBeFocused();
  }
});

test('the focus is never lost when the step takes away what has it', async ({ page }) => {
  test.slow(); // there and back
  await openStep(page, 'why-cant-i-restart', 0);
  const total = await totalSteps(page);
  const { gone, lost } = await page.evaluate(async (steps) => {
    const app = document.querySelector<HTMLElement>('#app');
    const lost: string[] = [];
    let gone = 0;
    const kinds = ['.stage-svg [data-stop="socket"]', '.stage-svg [data-stop="packet"]', '.sockets tbody tr'];
    for (const key of ['ArrowRight', 'ArrowLeft']) {
      for (let count = 0; count < steps; count += 1) {
        const things = kinds[count % kinds.length] ?? '';
        const thing = [...document.querySelectorAll<HTMLElement>(things)].at(-1);
        thing?.focus();
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
        do await new Promise((resolve) => requestAnimationFrame(resolve));
        while (app?.dataset['anim'] !== 'idle');
        if (thing === undefined) continue;
        if (!thing.isConnected) gone += 1;
        const region = things.split(' ')[0] ?? '';
        if (document.activeElement?.closest(region) === null) lost.push(`${things} ${key} ${count}`);
      }
    }
    return { gone, lost };
  }, total);
  expect(lost).toEqual([]);
  expect(gone).toBeGreaterThan(2);
});

test('with reduced motion nothing travels, all is over in 120 ms, and what is shown is the same', async ({
  page,
}) => {
  await openStep(page, FLAGSHIP, 0);
  const total = await totalSteps(page);
  const moving = await page.evaluate(async (steps) => {
    const found: string[] = [];
    let fades = 0;
    for (let count = 0; count < steps; count += 1) {
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
      await new Promise((resolve) => requestAnimationFrame(resolve));
      for (const { effect } of document.getAnimations()) {
        if (!(effect instanceof KeyframeEffect)) continue;
        fades += 1;
        const { endTime } = effect.getComputedTiming();
        const names = effect.getKeyframes().flatMap((frame) => Object.keys(frame));
        const isMoving = names.some((name) =>
          ['transform', 'translate', 'offsetDistance', 'left', 'top', 'x', 'y'].includes(name),
        );
        if (isMoving || Number(endTime) > 120)
          found.push(`${count}: ${effect.target?.className} ${names} ${endTime}`);
      }
    }
    return { found, fades };
  }, total);
  expect(moving.found).toEqual([]);
  expect(moving.fades).toBeGreaterThan(5);
  await openStep(page, FLAGSHIP, 0);
  const quiet = await walk(page, repeat('ArrowRight', total));
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await openStep(page, FLAGSHIP, 0);
  const lively = await walk(page, repeat('ArrowRight', total));
  expect(lively.map(({ stage, sentence }) => [sentence, stage])).toEqual(
    quiet.map(({ stage, sentence }) => [sentence, stage]),
  );
});

test('a shared link leads somebody with another theme to the same scenario, step, view and choice', async ({
  page,
  browser,
}) => {
  await openStep(page, FLAGSHIP, 20);
  await page.locator('.stage-svg .socket', { hasText: ':51005' }).click();
  await press(page, 'Alt+2');
  await page.locator('[data-action="share"]').click();
  const link = await page.locator('.share-link input').inputValue();
  await press(page, 'Escape');
  const chosen = (on: Page) => on.locator('.stage-svg [data-selected]').first().getAttribute('aria-label');
  const other = await browser.newPage({ colorScheme: 'dark' });
  await other.goto(link);
  await other.locator(`.player[data-scenario="${FLAGSHIP}"][data-step="20"][data-view="ladder"]`).waitFor();
  await expect(other.locator('html')).toHaveAttribute('data-theme', 'dark');
  await press(page, 'Alt+1');
  await press(other, 'Alt+1');
  expect(await chosen(other)).toBe(await chosen(page));
  expect(await chosen(other)).toContain('51005');
  await other.close();
});
