// Layout that holds: in every picture no text lies over another, is cut off, leaves its box or is covered, and the page does
// not scroll. By default the fullest scenario with long strides; every scenario, step, view, tab and question, in more
// sizes, with FOURTUPLE_FUZZ=whole. What counts as a flaw: flaws.ts. How one looks: look.ts.
import { type Page, test as testAnew } from '@playwright/test';
import { LOOKS, type Look, look, PHONE_LOOKS, prepare } from './look.js';
import { openStep, scenarioIds } from './reader.js';
import { expect, test } from './shared-page.js';

const isWhole = process.env['FOURTUPLE_FUZZ'] === 'whole';

interface Share {
  readonly width: number;
  readonly height: number;
  readonly all: readonly Look[];
  /** What every run of the tests looks at: every-step.spec.ts has the stage at 1440x900. */
  readonly ids: readonly string[];
  readonly looks: readonly Look[];
  readonly stride: number;
  /** The whole looks here at each n-th step only: windows between those that are promised. */
  readonly wholeStride?: number;
}

const SHARES: readonly Share[] = [
  {
    ...{ width: 1440, height: 900, all: LOOKS, ids: ['three-conversations-one-port'] },
    ...{ looks: ['1/state', '2/why', '3/sockets', '4/sockets'], stride: 12 },
  },
  {
    ...{ width: 1024, height: 768, all: LOOKS, ids: ['three-conversations-one-port'] },
    ...{ looks: ['1/why', '1/sockets', '2/why', '3/port', '4/sockets'], stride: 6 },
  },
  {
    ...{ width: 390, height: 844, all: PHONE_LOOKS, ids: ['three-conversations-one-port'] },
    ...{ looks: ['1/sockets', '1/header'], stride: 6 },
  },
  { ...{ width: 1280, height: 720, all: LOOKS, ids: [], looks: [], stride: 1, wholeStride: 3 } },
  { ...{ width: 1366, height: 768, all: LOOKS, ids: [], looks: [], stride: 1, wholeStride: 3 } },
  { ...{ width: 768, height: 1024, all: LOOKS, ids: [], looks: [], stride: 1, wholeStride: 3 } },
];

for (const share of SHARES) {
  const { width, height } = share;
  test.describe(`${width}x${height}`, () => {
    test.use({
      viewport: { width, height },
      hasTouch: width < 700,
      contextOptions: { reducedMotion: 'reduce' },
    });
    for (const id of isWhole ? scenarioIds : share.ids) {
      test(`nothing overlaps, is cut or scrolls the page: ${id}`, async ({ page }) => {
        test.setTimeout(600_000);
        await openStep(page, id, 0);
        await prepare(page);
        const looks = isWhole ? share.all : share.looks;
        const stride = isWhole ? (share.wholeStride ?? 1) : share.stride;
        const { pictures, steps, flaws } = await look(page, looks, { stride });
        test
          .info()
          .annotations.push({ type: 'looked at', description: `${steps} steps, ${pictures} pictures` });
        expect(flaws).toEqual([]);
      });
    }
  });
}

test('on a phone the author’s last words are whole in the caption where no stage stands below it', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/#/s/a-ghost-calls?t=17&v=ladder');
  await page.locator('.player[data-step="17"][data-view="ladder"] .takeaway').waitFor();
  await prepare(page);
  const { hidden, flaws } = await page.locator('.caption').evaluate((caption) => ({
    hidden: caption.scrollHeight - caption.clientHeight,
    flaws: (window as unknown as { findFlaws: () => string[] }).findFlaws(),
  }));
  expect(hidden).toBe(0);
  expect(flaws.filter((flaw) => flaw.startsWith('covered'))).toEqual([]);
});

const flawsOf = async (page: Page, body: string): Promise<readonly string[]> => {
  await page.setContent(`<style>* { margin: 0; font: 16px/20px monospace }</style>${body}`);
  await prepare(page);
  return page.evaluate(() => (window as unknown as { findFlaws: () => string[] }).findFlaws());
};
const svg = (inner: string): string =>
  `<svg width="200" height="100" aria-label="sshd on web">${inner}</svg>`;

/** A page with one flaw each, and the same page without it. */
const PLANTED: readonly (readonly [flaw: string, bad: string, good: string])[] = [
  ['overlap', '<p>one</p><p style="margin-top: -12px">two</p>', '<p>one</p><p>two</p>'],
  [
    'overlap',
    svg('<text x="10" y="30">one</text><text x="20" y="34">two</text>'),
    svg('<text x="10" y="30">one</text><text x="60" y="34">two</text>'),
  ],
  ['cut', '<p style="overflow: hidden; height: 8px">one</p>', '<p style="overflow: hidden">one</p>'],
  [
    'cut sideways',
    '<div style="overflow: auto; width: 90px"><p style="white-space: nowrap">one two three</p></div>',
    '<div style="overflow: auto; width: 90px"><p>one two three</p></div>',
  ],
  ['cut sideways', svg('<text x="180" y="30">one two</text>'), svg('<text x="10" y="30">one two</text>')],
  [
    'shortened, and no name has all of it',
    '<p style="overflow: hidden; white-space: nowrap; text-overflow: ellipsis; width: 60px">one two three</p>',
    '<p style="overflow: hidden; white-space: nowrap; text-overflow: ellipsis; width: 60px" title="one two three">one two three</p>',
  ],
  ['shortened, and no name has all of it', svg('<text y="30">ngi…</text>'), svg('<text y="30">ssh…</text>')],
  [
    'leaves its box',
    '<div style="border: 1px solid; width: 60px; white-space: nowrap">one two three</div>',
    '<div style="border: 1px solid; width: 60px">one two three</div>',
  ],
  [
    'leaves its box',
    svg('<g><rect width="40" height="30" fill="#ccc"/><text x="4" y="20">one two</text></g>'),
    svg('<g><rect width="90" height="30" fill="#ccc"/><text x="4" y="20">one two</text></g>'),
  ],
  [
    'covered',
    '<p>one</p><div style="position: absolute; top: 0; width: 50px; height: 30px; background: red"></div>',
    '<p>one</p><div style="position: absolute; top: 40px; width: 50px; height: 30px; background: red"></div>',
  ],
  [
    'covered',
    svg('<text x="10" y="30">one</text><circle cx="38" cy="30" r="8"/>'),
    svg('<circle cx="38" cy="30" r="8" fill="none"/><text x="10" y="30">one</text>'),
  ],
  ['the page scrolls', '<div style="height: 3000px"></div>', '<div style="height: 300px"></div>'],
  ['the page scrolls', '<div style="width: 3000px; height: 9px"></div>', '<div style="width: 300px"></div>'],
];

testAnew('each flaw is found where it is planted, and none where it is not', async ({ page }) => {
  for (const [flaw, bad, good] of PLANTED) {
    const found = await flawsOf(page, bad);
    expect(
      found.map((each) => each.split(':')[0]),
      bad,
    ).toEqual([flaw]);
    expect(await flawsOf(page, good), good).toEqual([]);
  }
});
