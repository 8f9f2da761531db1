// Ports and States in the browser: by key and by link, on the same instant and the same conversation as the stage,
// to scale, small in nodes, accessible, and never wider than the page.
import { readFileSync } from 'node:fs';
import { violations } from './axe.js';
import { FLAGSHIP, openStep, press, stepNow, still } from './reader.js';
import { expect, test } from './shared-page.js';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

test('Ports: one dot a number, TCP beside UDP, to scale, and the panel tells who holds what since when', async ({
  page,
}) => {
  await openStep(page, FLAGSHIP, 7);
  await page.keyboard.press('Alt+3');
  await expect(page).toHaveURL(/t=7&v=ports/);
  const dots = () =>
    page.locator('.dot').evaluateAll((all) => all.map((dot) => dot.getAttribute('data-dot')));
  await page.locator('.ports select').selectOption({ label: 'S · web' });
  await page.locator('[data-lens="80"]').click();
  const before = await dots();
  await page.keyboard.press('End');
  await still(page);
  await expect(page.locator('.port-sockets li')).toHaveCount(4);
  expect((await dots()).sort()).toEqual(before.sort());
  expect(before.sort()).toEqual(['tcp:22', 'tcp:80', 'udp:53']);
  // 80 lies in the first row, a little less than a third from the left: what a ruler would say.
  const [square, dot] = await Promise.all([
    page.locator('[data-protocol="tcp"] .frame').boundingBox(),
    page.locator('[data-dot="tcp:80"]').boundingBox(),
  ]);
  if (square === null || dot === null) throw new Error('nothing is drawn');
  expect(square.width).toBeCloseTo(square.height, 0);
  expect((dot.x + dot.width / 2 - square.x) / square.width).toBeCloseTo(80.5 / 256, 2);
  await expect(page.locator('[data-port-panel="tcp:80"] dd').first()).toContainText('nginx, pid');
  await page.locator('[data-port-panel] .link').click();
  await expect(page.locator('.player')).toHaveAttribute('data-step', '1');
  await page.locator('[data-lens="22"]').click();
  await expect(page.getByRole('tab', { name: 'Port 22/tcp' })).toHaveAttribute('aria-selected', 'true');
  await page.locator('.ports select').selectOption({ label: 'A · laptop' });
  await expect(page.locator('.port-notes h2').last()).toContainText('laptop');
  expect(await page.locator('*').count()).toBeLessThan(3000);
  expect(await violations(page)).toEqual([]);
});

test('States: both tokens on the machine, the way just taken, and five words for beginners', async ({
  page,
}) => {
  await openStep(page, FLAGSHIP, 4);
  await page.keyboard.press('v');
  await page.keyboard.press('4');
  await expect(page).toHaveURL(/v=states/);
  await expect(page.locator('.state-diagram .state')).toHaveCount(11);
  await expect(page.locator('[data-state-name="SYN-SENT"] .token')).toHaveText('A');
  await expect(page.locator('[data-state-name="LISTEN"] .token')).toHaveText('S');
  await press(page, 'ArrowRight');
  await expect(page.locator('[data-edge="LISTEN SYN-RECEIVED"]')).toHaveAttribute('data-state', 'taken');
  await page.getByRole('button', { name: 'in five words' }).click();
  await expect(page.locator('[data-plain="opening"] .plain-end')).toHaveCount(2);
  expect(await violations(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  for (const view of ['states', 'ports', 'ladder', 'why']) {
    await page.locator(`#tab-${view}`).click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth), view).toBe(390);
  }
});

test('breakpoints are set by B and in a dialog, stand on the bar, stop play and say why; a step and a view can be shared', async ({
  page,
}) => {
  await openStep(page, FLAGSHIP, 6);
  await press(page, 'b');
  await expect(page.locator('[data-break="step 6"]')).toHaveCount(1);
  await press(page, 'b');
  await page.locator('[data-action="breakpoints"]').click();
  await page.locator('form select[name="state"]').selectOption('ESTABLISHED');
  await page.locator('form select[name="mark"]').selectOption('▲');
  await page.locator('form .pill').first().click();
  await expect(page.locator('[data-breakpoint="state"]')).toHaveCount(1);
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.locator('.break')).toHaveCount(2);
  await openStep(page, FLAGSHIP, 10);
  await press(page, 'l');
  await expect(page.locator('.halted')).toHaveText('Stopped: state = ESTABLISHED on ▲.');
  const stop = await stepNow(page);
  expect(stop).toBe(11);
  await press(page, 'Alt+2');
  await page.locator('[data-action="share"]').click();
  await expect(page.locator('.share-link input')).toHaveValue(
    new RegExp(`${FLAGSHIP}\\?t=${stop}&v=ladder$`),
  );
  expect(await violations(page)).toEqual([]);
  for (const kind of ['svg', 'png'] as const) {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.locator(`[data-action="save-${kind}"]`).click(),
    ]);
    expect(file.suggestedFilename()).toBe(`${FLAGSHIP}-${stop}-ladder.${kind}`);
    const bytes = readFileSync(await file.path());
    if (kind === 'png') expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    else {
      const text = bytes.toString('utf8');
      expect(text).toContain('<title>Three conversations, one port 80</title>');
      expect(text).toMatch(new RegExp(`<desc>http.*${FLAGSHIP}\\?t=${stop}&amp;v=ladder</desc>`));
      expect(text).toContain(':51004');
      expect(text).toMatch(/font-family="'Inter Variable', Inter, system-ui/);
      expect(text).not.toMatch(/class=|var\(/);
      // However far it is scrolled: the heads above the picture, and the sentences beside it.
      const [head, body] = [...text.matchAll(/<svg width="\d+" height="([\d.]+)"[^>]* y="([\d.]+)"/g)].map(
        ([, height, y]) => ({ y: Number(y), bottom: Number(y) + Number(height) }),
      );
      expect(head?.bottom).toBe(body?.y);
      expect(text).toMatch(/>newcomers<\/text>/);
    }
  }
  // What a view says in HTML is in its picture as well.
  await page.keyboard.press('Escape');
  await press(page, 'Alt+3');
  await page.locator('[data-action="share"]').click();
  const [ports] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('[data-action="save-svg"]').click(),
  ]);
  const words = [...readFileSync(await ports.path(), 'utf8').matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(
    ([, word]) => word,
  );
  expect(words).toEqual(expect.arrayContaining(['TCP', 'UDP', 'registered', 'dynamic', 'http', '443']));
});

test('no tab of any view makes the page wider than its window, and where there is room every tab is seen', async ({
  page,
}) => {
  for (const [width, height] of [
    [1440, 900],
    [1024, 768],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const place of ['why-cant-i-restart?t=10', `${FLAGSHIP}?t=10&predict=1`]) {
      const [id = ''] = place.split('?');
      await page.goto(`/#/s/${place}`);
      await page.locator(`.player[data-scenario="${id}"][data-step="10"]`).waitFor();
      for (const [at, view] of ['stage', 'ladder', 'ports', 'states'].entries()) {
        await page.keyboard.press(`Alt+${at + 1}`);
        await page.locator(`.player[data-view="${view}"]`).waitFor();
        const seen = await page.evaluate(async () => {
          const wide: string[] = [];
          const tabs = [...document.querySelectorAll<HTMLElement>('[role="tab"]')].map(({ id }) => id);
          for (const tab of tabs) {
            document.getElementById(tab)?.click();
            await new Promise(requestAnimationFrame); // the app asked for its frame first
            if (document.documentElement.scrollWidth !== innerWidth) wide.push(tab);
          }
          const row = document.querySelector('.tabs');
          return { wide, count: tabs.length, hidden: row === null ? -1 : row.scrollWidth - row.clientWidth };
        });
        const where = `${place} ${view} ${width}`;
        expect(seen.wide, where).toEqual([]);
        expect(seen.count, where).toBeGreaterThan(3);
        if (width > 390) expect(seen.hidden, where).toBe(0);
      }
    }
  }
});

test('pointing at a chip rings its equals, a row has the keyboard, and H or a double-click keeps a host open', async ({
  page,
}) => {
  await openStep(page, FLAGSHIP, 20);
  const ringed = () =>
    page
      .locator('.same')
      .evaluateAll((chips) => [...new Set(chips.map((chip) => chip.getAttribute('data-ep')))].sort());
  await page.locator('.caption .ep').first().hover();
  expect(await ringed()).toEqual(['10.0.0.7:51004']);
  for (const place of ['.caption .same', '.stage-svg .same', '.why .same', '.sockets .same'])
    await expect(page.locator(place).first()).toBeVisible();
  // One row is a stop for Tab; from it up and down go on, and what has the focus rings its ends.
  await expect(page.locator('.sockets tr[tabindex="0"]')).toHaveCount(1);
  await page.locator('.sockets tr[data-tone="now"]').focus();
  expect(await ringed()).toEqual(['10.0.0.7:51004', '10.0.0.80:80']);
  await page.keyboard.press('ArrowDown');
  expect(await ringed()).toEqual(['10.0.0.7:51005', '10.0.0.80:80']);
  await page.keyboard.press('Enter');
  const row = page.locator('.sockets tr[data-selected]');
  await expect(row).toContainText('51005');
  const socket = await row.getAttribute('data-socket');
  await expect(page.locator(`.stage-svg [data-socket="${socket}"]`)).toHaveAttribute('data-selected', '');
  expect(await stepNow(page), 'the step keys wait').toBe(20);
  await press(page, 'Alt+2');
  await expect(page.locator('.flight[data-chosen]').first()).toBeVisible();
  await press(page, 'Alt+1');
  await press(page, 'Escape');
  const open = page.locator('.host[data-mode="open"] .host-name');
  await page.locator('.host', { hasText: 'laptop' }).locator('.host-name').dblclick();
  await expect(open).toHaveText('laptop');
  await expect(page.locator('.host[data-mode="open"] .aside')).toHaveText('kept open');
  await press(page, 'ArrowLeft', 3);
  await expect(open).toHaveText('laptop');
  await press(page, 'h');
  await press(page, 'ArrowRight', 3);
  await expect(open).toHaveText('web');
  await page.locator('.host', { hasText: 'tablet' }).focus();
  await press(page, 'h');
  await expect(open).toHaveText('tablet');
  await press(page, 'Escape');
  await press(page, 'Escape');
  await expect(open).toHaveText('web');
  expect(await violations(page)).toEqual([]);
});

test('below the ladder stand the headers of the packet; a field is explained beside them, and the sockets are a press away', async ({
  page,
}) => {
  await openStep(page, 'two-laptops-one-address', 4);
  await press(page, 'Alt+2');
  await expect(page.locator('.strip-row')).toHaveCount(4);
  await expect(page.locator('.strip-lamps [data-set]')).toHaveText(['SYN']);
  await expect(page.locator('[data-strip="TCP source port"]')).toContainText('was A 51004');
  await expect(page.locator('[data-strip="TCP source port"]')).toHaveAttribute('data-hue', 'R');
  await page.locator('[data-strip="TCP window"]').click();
  await expect(page.locator('.header-panel .field h3')).toHaveText('window');
  expect(await violations(page)).toEqual([]);
  await page.locator('[data-action="strip"]').click();
  await expect(page.locator('.sockets table')).toBeVisible();
  await page.locator('[data-action="strip"]').click();
  await expect(page.locator('.header-strip')).toBeVisible();
  await press(page, 'Home');
  await press(page, 'ArrowRight');
  await expect(page.locator('.sockets table')).toBeVisible();
});
