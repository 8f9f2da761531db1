// axe finds nothing, in both themes: in each view and tab of a scenario, at a question before and after a wrong and a right
// answer, on the projector, in its notes; in the gallery, in every dialog, where nothing was found and where nothing is.
// One scenario in every run of the tests; all of them with FOURTUPLE_FUZZ=whole.
import type { Page } from '@playwright/test';
import { optionRows } from '../../src/app/present/predict.js';
import { stopOf } from '../../src/app/state/prediction.js';
import { openQuestion, sceneOf, startSession } from '../../src/app/state/session.js';
import { openRun } from '../../src/scenario/run.js';
import { scenarioFiles } from '../builders/scenarios.js';
import { installScan, violations } from './axe.js';
import { FLAGSHIP, openStep, press, scenarioIds, still } from './reader.js';
import { expect, test } from './shared-page.js';

const isWhole = process.env['FOURTUPLE_FUZZ'] === 'whole';

test.use({ viewport: { width: 1440, height: 900 }, contextOptions: { reducedMotion: 'reduce' } });

interface Scanned {
  readonly scans: number;
  /** Each with the place where it was found. */
  readonly found: readonly string[];
}

/** What is pressed for a wrong answer to the first question. */
function wrongChoice(id: string): string {
  const { run } = openRun(scenarioFiles().find((file) => file.id === id)?.source ?? '');
  const [asked] = run?.asked ?? [];
  if (run === undefined || asked === undefined) throw new Error(`${id} asks nothing`);
  const session = startSession({ id, run, t: stopOf(asked), isPredicting: true, onChange: () => {} });
  if (openQuestion(session) !== asked) throw new Error(`${id} does not ask its first question`);
  const rights = asked.options.filter(({ isRight }) => isRight).map(({ value }) => value);
  const wrong = optionRows(asked, sceneOf(session)).find(({ value }) => !rights.includes(value));
  return String(wrong?.digit);
}

/** Every view, tab and answer of the scenario that is open at a delivery, read inside the page. */
async function scanPlayer(page: Page, wrong: string): Promise<Scanned> {
  await installScan(page);
  return page.evaluate(
    async ([wrongAnswer, all]) => {
      const { scan } = window as unknown as { readonly scan: (part?: Element) => Promise<string[]> };
      const app = document.querySelector<HTMLElement>('#app');
      const found: string[] = [];
      let scans = 0;
      const settled = async (): Promise<void> => {
        do await new Promise((resolve) => requestAnimationFrame(resolve));
        while (app?.dataset['anim'] !== 'idle');
      };
      const read = async (where: string, part?: Element): Promise<void> => {
        await settled();
        scans += 1;
        for (const line of await scan(part)) found.push(`${where}: ${line}`);
      };
      const click = async (selector: string): Promise<boolean> => {
        const target = document.querySelector<HTMLElement>(selector);
        target?.click();
        await settled();
        return target !== null;
      };
      const key = async (name: string): Promise<void> => {
        document.body.dispatchEvent(
          new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }),
        );
        await settled();
      };
      for (const view of ['ladder', 'ports', 'states', 'stage']) {
        await click(`[data-view-button="${view}"]`);
        await read(view);
      }
      const tabs = [...document.querySelectorAll('[role="tab"]')].map(({ id }) => id);
      for (const tab of tabs.slice(1)) {
        await click(`#${tab}`);
        await read(tab, all ? undefined : (document.querySelector('.panel') ?? undefined)); // the rest was read
      }
      // Predicting: open, wrong, right or shown.
      await key('Home');
      await key('p');
      await key('End');
      await read('question');
      const choices = [...document.querySelectorAll('.option')].map((each) =>
        each.getAttribute('data-choice'),
      );
      for (const choice of [wrongAnswer, ...choices]) {
        if (!(await click(`button[data-choice="${choice}"]:not([data-tried])`))) continue;
        await click('[data-action="check"]');
        if (choice === wrongAnswer) await read('wrong answer');
      }
      await read('right answer');
      await key('w');
      // On the projector: stage, question, answer, ladder, blank.
      await key('Home');
      await key('f');
      await read('presenter');
      for (const where of ['asked', 'told']) {
        await key('p');
        await read(`presenter ${where}`);
      }
      await key('p');
      await key('g');
      await read('presenter ladder');
      await key('b');
      await read('presenter blank');
      await key('b');
      await key('g');
      return { scans, found };
    },
    [wrong, isWhole] as const,
  );
}

const SHARE = [FLAGSHIP];

for (const id of isWhole ? scenarioIds : SHARE) {
  test(`nothing in any view, tab, answer and on the projector: ${id}`, async ({ page }) => {
    test.setTimeout(240_000);
    await openStep(page, id, 0);
    await press(page, 'd');
    const { scans, found } = await scanPlayer(page, wrongChoice(id));
    await page.goto(`/#/notes/${id}?t=3`);
    await page.locator('.room-notes').waitFor();
    const inNotes = await violations(page);
    test.info().annotations.push({ type: 'scans', description: String(scans + 1) });
    expect([...found, ...inNotes]).toEqual([]);
    expect(scans).toBe(16);
  });
}

test('nothing in the gallery, in what a search finds or does not, in any dialog, at an address that leads nowhere', async ({
  page,
}) => {
  test.slow(); // a dozen readings of a whole page
  await page.goto('/');
  await page.locator('.thumb > *').first().waitFor();
  await still(page);
  const found: Record<string, string[]> = { gallery: await violations(page) };
  for (const text of ['53', 'zzzz conversations', 'zzzz']) {
    await page.getByRole('searchbox').fill(text);
    await still(page);
    found[text] = await violations(page);
  }
  await page.getByRole('searchbox').fill('');
  for (const address of ['#/s/no-such-scenario', '#/nowhere']) {
    await page.goto(`/${address}`);
    await page.locator('.problem').waitFor();
    found[address] = await violations(page);
  }
  await openStep(page, 'closed-port-three-answers', 3); // a refusal
  found['refusal'] = await violations(page);
  for (const dialog of ['share', 'breakpoints']) {
    await page.locator(`[data-action="${dialog}"]`).click();
    await page.locator('dialog[open]').waitFor();
    found[dialog] = await violations(page);
    await press(page, 'Escape');
  }
  await press(page, '?');
  found['keys'] = await violations(page);
  await press(page, 'Escape');
  expect(Object.entries(found).filter(([, lines]) => lines.length > 0)).toEqual([]);
});
