// Presenting and paper: sizes that a room can read, the keys of a remote, a question for everybody, a second window that
// follows; the transcript, word for word the captions; the printed page, light and whole.
import { violations } from './axe.js';
import { FLAGSHIP, openStep, press, still } from './reader.js';
import { expect, test } from './shared-page.js';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

test('a room can read it: no text of the stage below 16 pixels of 1440, remote keys, blank, ladder, one key asks and shows', async ({
  page,
}) => {
  await openStep(page, FLAGSHIP, 18);
  await press(page, 'f');
  await page.locator('.presenter[data-step="18"]').waitFor();
  for (const [width, height] of [
    [1440, 900],
    [1024, 768],
  ] as const) {
    await page.setViewportSize({ width, height });
    await still(page);
    const smallest = await page.locator('.stage-svg').evaluate((svg) => {
      if (!(svg instanceof SVGSVGElement)) throw new Error('no stage');
      const scale = svg.getScreenCTM()?.a ?? 0;
      const sizes = [...svg.querySelectorAll('text')]
        .filter(({ textContent }) => textContent !== '')
        .map((text) => Number.parseFloat(getComputedStyle(text).fontSize) * scale);
      return Math.min(...sizes);
    });
    expect((smallest * 1440) / width).toBeGreaterThanOrEqual(16);
    const { w, h } = await page.evaluate(() => ({
      w: document.documentElement.scrollWidth,
      h: document.documentElement.scrollHeight,
    }));
    expect([w <= width, h <= height]).toEqual([true, true]);
  }
  const caption = await page
    .locator('.presenter .sentence')
    .evaluate((words) => Number.parseFloat(getComputedStyle(words).fontSize));
  expect((caption * 1440) / 1024).toBeCloseTo(31, 0);
  await press(page, 'PageDown');
  await press(page, '.');
  await press(page, 'PageUp');
  await expect(page.locator('.presenter')).toHaveAttribute('data-step', '19');
  await press(page, 'b');
  await expect(page.locator('.blank')).toBeVisible();
  await press(page, 'b');
  await press(page, 's');
  await page.mouse.move(300, 200);
  await expect(page.locator('.presenter[data-spotlight]')).toHaveCSS('--light-x', '300px');
  await press(page, 's');
  await press(page, 't');
  await press(page, 'c');
  await expect(page.locator('html[data-theme="dark"][data-contrast="more"]')).toBeAttached();
  await press(page, 'c');
  await press(page, 'g');
  await expect(page.locator('.presenter .ladder-picture')).toBeVisible();
  await press(page, 'g');
  await press(page, 'p');
  await expect(page.locator('.room-question li')).not.toHaveCount(0);
  expect(await page.content()).not.toMatch(/data-verdict|data-right/);
  await press(page, 'p');
  await expect(page.locator('.room-question [data-right]')).toHaveCount(1);
  await expect(page.locator('.presenter')).toHaveAttribute('data-step', '20');
  expect(await violations(page)).toEqual([]);
  await press(page, 'p');
  await expect(page.locator('.room-question')).toHaveCount(0);
  expect(await violations(page)).toEqual([]);

  const notes = await page.context().newPage();
  await notes.goto(`/#/notes/${FLAGSHIP}?t=20`);
  await notes.locator('.room-notes[data-step="20"]').waitFor();
  await press(page, 'PageDown');
  await notes.locator('.room-notes[data-step="21"]').waitFor();
  await notes.locator('[data-action="step"]').click();
  await page.locator('.presenter[data-step="22"]').waitFor();
  expect(await violations(notes)).toEqual([]);
  await notes.close();
  await page.keyboard.press('Escape');
  await page.locator(`.player[data-scenario="${FLAGSHIP}"][data-step="22"]`).waitFor();
});

test('the transcript is the captions word for word, and paper has all of them with the ladder, light in the dark theme', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await openStep(page, FLAGSHIP, 0);
  const captions: string[] = [];
  for (let t = 1; t <= 5; t += 1) {
    await press(page, 'ArrowRight');
    captions.push((await page.locator('.caption .sentence').textContent())?.trim() ?? '');
  }
  await page.getByRole('tab', { name: 'Transcript' }).click();
  const told = (await page.locator('.transcript .sentence').allTextContents()).map((text) => text.trim());
  expect(told).toEqual(captions);
  await expect(page.locator('.transcript h3').first()).toHaveText('Who is there');
  await expect(page.locator('.transcript h3').nth(1)).toHaveText('Doors');
  expect(await violations(page)).toEqual([]);
  await page.locator('.transcript').getByRole('button', { name: 'Go to step 2' }).click();
  await expect(page.locator('.player')).toHaveAttribute('data-step', '2');
  // 182 by 269 millimetres: A4 inside its margins.
  await page.setViewportSize({ width: 688, height: 1016 });
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await expect(page.locator('.printed .chapter ol li')).toHaveCount(25);
  await expect(page.locator('.printed .chapter [data-here] > b')).toHaveText('2');
  await expect(page.locator('.printed-part')).toHaveCount(1);
  await expect(page.locator('.printed-part [data-here]')).toHaveText('2');
  await expect(page.locator('.printed-table tbody tr')).toHaveCount(2);
  await expect(page.locator('.player')).toBeHidden();
  const paper = await page.locator('.printed').evaluate((element) => {
    const dark = [document.body, element, ...element.querySelectorAll('*')].filter((each) => {
      const [red = 255, green = 255, blue = 255, alpha = 1] =
        getComputedStyle(each)
          .backgroundColor.match(/[\d.]+/g)
          ?.map(Number) ?? [];
      return alpha > 0 && red + green + blue < 600 && each.getBoundingClientRect().width > 40;
    });
    const tallest = Math.max(
      ...[...element.querySelectorAll('.printed-part')].map((part) => part.getBoundingClientRect().height),
    );
    const isWide = document.documentElement.scrollWidth > innerWidth;
    return { ink: getComputedStyle(element).color, dark: dark.length, isFit: tallest < 980, isWide };
  });
  expect(paper).toEqual({ ink: 'rgb(26, 34, 44)', dark: 0, isFit: true, isWide: false });
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await expect(page.locator('.printed')).toHaveCount(0);
  // What has no printed page of its own is printed as it is, never as an empty sheet.
  await page.evaluate(() => {
    location.hash = '#/';
    dispatchEvent(new Event('beforeprint'));
  });
  await expect(page.locator('.card-link').first()).toBeVisible();
});

test('single-letter keys can be switched off, and more contrast switched on; both are kept', async ({
  page,
}) => {
  await openStep(page, FLAGSHIP, 0);
  await press(page, '?');
  await page.locator('[data-prefer="letters"]').uncheck();
  await page.locator('[data-prefer="contrast"]').check();
  await expect(page.locator('html')).toHaveAttribute('data-contrast', 'more');
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await press(page, 'd');
  await expect(page.locator('.player')).toHaveAttribute('data-step', '0');
  await press(page, 'ArrowRight');
  await expect(page.locator('.player')).toHaveAttribute('data-step', '1');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-contrast', 'more');
  // Forced colours: a fill of our own would be painted over in one colour; the picture has the system's two.
  await page.emulateMedia({ forcedColors: 'active' });
  const text = await page.locator('body').evaluate((body) => getComputedStyle(body).color);
  const ground = await page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor);
  expect(text).not.toBe(ground);
  for (const [part, colour] of [
    ['.host .badge', text],
    ['.host .letter', ground],
    ['.host .band', ground],
    ['.process-box', ground],
  ] as const)
    await expect(page.locator(`.stage-svg ${part}`).first()).toHaveCSS('fill', colour);
  await page.emulateMedia({ forcedColors: 'none' });
  await still(page);
  await press(page, 'd');
  await expect(page.locator('.player')).toHaveAttribute('data-step', '1');
});
