// The pages in languages that nobody speaks (`?lang=`, src/app/words/pseudo.ts). `en-x-long` is two fifths longer and marks
// its words: nothing may be cut off or lie over another, and no word may come from elsewhere than the tables of messages.
// `en-x-rtl` runs from right to left: the page mirrors; time, maps and bits do not. One page load for each language.
import { expect, type Page, test } from '@playwright/test';
import { LOOKS, type Look, look, PHONE_LOOKS, prepare } from './look.js';
import { FLAGSHIP, still } from './reader.js';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

const isWhole = process.env['FOURTUPLE_FUZZ'] === 'whole';

async function go(page: Page, place: string, shown: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, place);
  await page.locator(shown).first().waitFor();
  await still(page);
}

async function open(page: Page, language: string): Promise<void> {
  await page.goto(`/?lang=${language}`);
  await page.evaluate(() => document.fonts.ready);
  await page.locator('.gallery').waitFor();
  await still(page);
}

/**
 * Texts and names with a word that no message spelled: small plain vowels outside of the marks' accents. What is data is left
 * out by where it stands: the author's texts, chips, what tools print, keys, bits by the RFC's names.
 */
async function foreign(page: Page, names: readonly string[]): Promise<string[]> {
  return page.evaluate((known) => {
    const data =
      'code, kbd, pre, .mono, .ep, .say, small, .cards h3, .idea, .crumb h1, .chip-port, .room-notes p, .problem a, .header-panel table, .field h3, .lamps, script, style, noscript';
    const isForeign = (text: string): boolean =>
      (text.match(/[A-Za-z][A-Za-z'-]*/g) ?? []).some(
        (word) => /[a-z]/.test(word) && /[aeiou]/.test(word) && word.length > 2 && !known.includes(word),
      );
    const found = new Set<string>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.textContent?.trim() ?? '';
      const at = node.parentElement;
      if (text === '' || at === null || at.closest(data) !== null || !at.checkVisibility()) continue;
      if (isForeign(text))
        found.add(`${at.tagName.toLowerCase()}.${at.getAttribute('class') ?? ''}: ${text}`);
    }
    for (const name of [
      'aria-label',
      'title',
      'placeholder',
      'alt',
      'aria-valuetext',
      'aria-roledescription',
    ])
      for (const element of document.querySelectorAll(`[${name}]`)) {
        const text = element.getAttribute(name) ?? '';
        if (isForeign(text) && element.closest('.cards, .header-panel table') === null)
          found.add(`${name} of ${element.tagName.toLowerCase()}: ${text}`);
      }
    return [...found];
  }, names);
}

/** Names of hosts, programs and socket calls, and the author's prose of the flagship, word by word. */
const DATA = [
  ...['laptop', 'tablet', 'web', 'firefox', 'curl', 'browser', 'mail', 'nginx', 'sshd', 'smtpd', 'named'],
  ...['tcp', 'udp', 'Home', 'who', 'gets', 'nothing-of-that-name'],
  ...'Two programs, one address: who gets it Three conversations, one port 80 Doors Three callers Whose is it Only the caller Port 51004 of laptop sends to port 80 of web Which socket gets it'.split(
    /[ ,:]+/,
  ),
];

const SIZES = [
  { width: 1440, height: 900, all: LOOKS, share: ['1/why', '1/notes', '2/why', '3/port', '4/sockets'] },
  { width: 1024, height: 768, all: LOOKS, share: ['1/why', '1/header', '2/why', '3/port'] },
  { width: 390, height: 844, all: PHONE_LOOKS, share: ['1/why', '1/sockets', '1/state'] },
] as const satisfies readonly { all: readonly Look[]; share: readonly Look[]; [size: string]: unknown }[];

test('two fifths longer: nothing is cut off, and every word comes from the tables', async ({ page }) => {
  test.setTimeout(100_000);
  const flaws: string[] = [];
  for (const { width, height, all, share } of SIZES) {
    await page.setViewportSize({ width, height });
    await open(page, 'en-x-long');
    await prepare(page);
    const noteWords = async (where: string): Promise<void> => {
      if (width !== 1440) return;
      flaws.push(...(await foreign(page, DATA)).map((word) => `${where}: foreign ${word}`));
    };
    const note = async (where: string): Promise<void> => {
      const seen = await page.evaluate(() =>
        (window as unknown as { findFlaws: () => string[] }).findFlaws(),
      );
      flaws.push(...seen.map((flaw) => `${width} ${where}: ${flaw}`));
      await noteWords(where);
    };
    await page.keyboard.press('?');
    await page.locator('dialog.keys[open]').waitFor();
    await noteWords('gallery and keys');
    await page.keyboard.press('Escape');
    await go(page, `#/s/${FLAGSHIP}?t=20`, `.player[data-step="20"]`);
    await note('stage');
    const seen = await look(page, isWhole ? all : share, { stride: isWhole ? 4 : 10 });
    flaws.push(...seen.flaws.map((flaw) => `${width} ${flaw}`));
    for (const [place, shown] of [
      [`#/present/${FLAGSHIP}?t=20`, '.presenter[data-step="20"]'],
      [`#/notes/${FLAGSHIP}?t=19`, '.room-notes'],
      ['#/s/nothing-of-that-name', '.problem'],
    ] as const) {
      if (width < 1000) break;
      await go(page, place, shown);
      // The notes of a presenter are a page that scrolls.
      await (shown === '.room-notes' ? noteWords : note)(place);
    }
  }
  expect(flaws).toEqual([]);
});

test('from right to left: the page mirrors, time and maps do not', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page, 'en-x-rtl');
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en-x-rtl');
  await go(page, `#/s/${FLAGSHIP}?t=20`, `.player[data-step="20"]`);
  const middle = async (selector: string): Promise<number> => {
    const box = await page.locator(selector).first().boundingBox();
    if (box === null) throw new Error(`${selector} is not there`);
    return box.x + box.width / 2;
  };
  // Chrome: the way home at the right, the panel at the left, the number of the step right of its sentence.
  expect(await middle('.top .home, .top a')).toBeGreaterThan(1200);
  expect(await middle('.panel')).toBeLessThan(400);
  expect(await middle('.caption .count')).toBeGreaterThan(await middle('.caption .sentence'));
  // Time, the hosts' places: who calls is at the left, earlier is left of later, and the right arrow goes on.
  expect(await middle('[data-host-name="laptop"], .stage-svg .host')).toBeLessThan(
    await middle('.stage-svg .host:last-of-type'),
  );
  expect(await middle('[data-action="step"]')).toBeGreaterThan(await middle('.controls .btn'));
  await page.locator('.scrub').focus();
  const scrub = page.locator('.scrub');
  await expect(scrub).toHaveCSS('direction', 'ltr');
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('.player')).toHaveAttribute('data-step', '21');
});
