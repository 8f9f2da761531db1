// What can be pressed is large enough: 44 px for a finger, 24 px for a pointer (UX 2.14), on every kind of page. Measured by
// what is hit, not by what is written: half a target away from its middle, on each side, the same thing must still be hit.
import type { Page } from '@playwright/test';
import { FLAGSHIP, openStep, press, still } from './reader.js';
import { expect, test } from './shared-page.js';

/** Each is a place, and what is pressed there before everything on it is measured. */
const PLACES: readonly { readonly at: string; readonly keys?: readonly string[]; readonly click?: string }[] =
  [
    { at: '/#/' },
    { at: `/#/s/${FLAGSHIP}?t=20` },
    { at: `/#/s/${FLAGSHIP}?t=20&v=ladder` },
    { at: `/#/s/${FLAGSHIP}?t=20&v=ports` },
    { at: `/#/s/${FLAGSHIP}?t=20&v=states` },
    { at: `/#/s/${FLAGSHIP}?t=20`, click: '#tab-header' },
    { at: `/#/s/${FLAGSHIP}?t=20`, click: '#tab-notes' },
    { at: `/#/s/${FLAGSHIP}?t=20`, click: '#tab-transcript' },
    { at: '/#/s/tcp-53-and-udp-53?t=4', click: '#tab-sockets, [data-host]' },
    { at: '/#/s/address-in-use?t=4' },
    { at: `/#/s/${FLAGSHIP}?t=19&predict=1` },
    { at: `/#/s/${FLAGSHIP}?t=19&predict=1`, keys: ['ArrowRight', 'ArrowRight'] },
    { at: `/#/s/${FLAGSHIP}?t=20`, keys: ['?'] },
    { at: `/#/s/${FLAGSHIP}?t=20`, click: '[data-action="share"]' },
    { at: `/#/s/${FLAGSHIP}?t=20`, keys: ['b'], click: '[data-action="breakpoints"], [data-action="menu"]' },
    { at: `/#/present/${FLAGSHIP}?t=19` },
  ];

/** Everything that can be pressed and is too small, by name, with how far it reaches. */
async function tooSmall(page: Page, least: number): Promise<string[]> {
  return page.evaluate((wanted) => {
    const open = document.querySelector('dialog[open]') ?? document;
    // Not measured: fields of a header, which are drawn to the scale of their bits (essential, WCAG 2.5.8), dots of the port
    // map and small sockets of the picture, which are rows of a list or of a table as well.
    const pressable =
      'button:not(:disabled, table[data-header] *), a[href], input, select, summary, [data-phone] .candidate, [data-phone] .socket[data-socket]';
    const found: string[] = [];
    let count = 0;
    for (const target of open.querySelectorAll(pressable)) {
      const label = target.closest('label'); // pressing the words presses the box
      const whole = label ?? target;
      const isSeen = target.checkVisibility({ visibilityProperty: true, opacityProperty: true });
      if (!isSeen || target.closest('.visually-hidden') !== null) continue;
      count += 1;
      whole.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
      const box = whole.getBoundingClientRect();
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      const isHit = (dx: number, dy: number): boolean => {
        const hit = document.elementFromPoint(x + dx, y + dy);
        return hit !== null && (whole.contains(hit) || hit.closest(pressable) === target);
      };
      // Pixels of a row through the middle: one less than the size, where the middle falls between two.
      const reach = (dx: number, dy: number): number => {
        const half = wanted / 2;
        let pixels = [half, half - 1, half / 2, 0].find((far) => isHit(dx * far, dy * far)) ?? 0;
        while (pixels < half && isHit(dx * (pixels + 1), dy * (pixels + 1))) pixels += 1;
        return pixels;
      };
      const [w, h] = [reach(-1, 0) + reach(1, 0), reach(0, -1) + reach(0, 1)];
      if (w < wanted - 1 || h < wanted - 1) {
        const name =
          target.getAttribute('aria-label') ?? target.textContent?.trim().replace(/\s+/g, ' ') ?? '';
        found.push(
          `${target.tagName.toLowerCase()}.${target.getAttribute('class') ?? ''} “${name.slice(0, 40)}” ${w}x${h} at ${[box.x, box.y, box.width, box.height].map(Math.round)}`,
        );
      }
    }
    if (count === 0) found.push('nothing to press');
    return [...new Set(found)];
  }, least);
}

const KINDS = [
  { kind: 'a phone', least: 44, width: 390, height: 844, hasTouch: true },
  { kind: 'a tablet', least: 44, width: 1024, height: 768, hasTouch: true },
  { kind: 'a desk', least: 24, width: 1440, height: 900, hasTouch: false },
] as const;

for (const { kind, least, width, height, hasTouch } of KINDS) {
  test.describe(kind, () => {
    test.use({ viewport: { width, height }, hasTouch, contextOptions: { reducedMotion: 'reduce' } });

    test(`on ${kind} everything that can be pressed is at least ${least} px wide and high`, async ({
      page,
    }) => {
      await page.goto('/');
      await still(page);
      expect(await page.evaluate(() => matchMedia('(pointer: coarse)').matches)).toBe(hasTouch);
      test.setTimeout(60_000);
      const small: Record<string, readonly string[]> = {};
      for (const { at, keys = [], click } of PLACES) {
        await page.goto(at);
        if (at !== '/#/') await page.locator('.player, .presenter').first().waitFor();
        await still(page);
        for (const key of keys) await press(page, key);
        const first = click === undefined ? undefined : page.locator(click).first();
        if (first !== undefined && (await first.isVisible())) await first.click();
        await still(page);
        const found = await tooSmall(page, least);
        if (found.length > 0) small[`${at} ${keys} ${click ?? ''}`] = found;
        if ((await page.locator('dialog[open]').count()) > 0) await press(page, 'Escape');
      }
      expect(small).toEqual({});
    });
  });
}

test.describe('with a finger', () => {
  test.use({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    contextOptions: { reducedMotion: 'reduce' },
  });

  test('a swipe on the stage steps, and a button does what each swipe and each drag does', async ({
    page,
  }) => {
    await openStep(page, FLAGSHIP, 5);
    const swipe = async (from: number, to: number): Promise<void> => {
      const client = await page.context().newCDPSession(page);
      const at = (x: number) => [{ x, y: 300 }];
      await client.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(from) });
      await client.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(to) });
      await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    };
    const isAt = (t: number): Promise<void> => page.locator(`.player[data-step="${t}"]`).waitFor();
    await swipe(320, 80);
    await isAt(6);
    await swipe(80, 320);
    await isAt(5);
    await page.getByRole('button', { name: 'Step', exact: true }).tap();
    await isAt(6);
    await page.getByRole('button', { name: 'Step back' }).tap();
    await isAt(5);
    // The slider is dragged anywhere; each step is a button in the ladder, the ends stand in the menu.
    await page.locator('#tab-ladder').tap();
    await page.locator('.ladder-steps button').nth(11).tap();
    await isAt(12);
    for (const [move, t] of [
      ['last', 25],
      ['first', 0],
    ] as const) {
      await page.getByRole('button', { name: 'Menu' }).tap();
      await page.locator(`[data-menu="${move}"]`).tap();
      await isAt(t);
    }
    await expect(page.locator('dialog[open]')).toHaveCount(0);
  });
});
