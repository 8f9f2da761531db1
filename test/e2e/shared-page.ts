// `test` whose page is already loaded: tests with the same options read one after another in one page, because loading the
// app costs more than most of them do. Between two of them the page stands where nothing is open, so each opens its own.
// For tests of what a page does when it is loaded, take `test` of Playwright itself: theirs is new.
import { test as base, expect, type Page } from '@playwright/test';

export { expect };

interface Kept {
  /** The page for these options; another one is closed first. */
  take(options: string): Promise<Page>;
  /** The next test gets a new one. */
  drop(): Promise<void>;
}

/** An address of the app that leads nowhere: what was open is closed. */
const NOWHERE = '/#/s/-';
/** What only a new page forgets: a choice that stands in memory too, a dialog that was left open. */
const LASTING = ['fourtuple.theme', 'fourtuple.contrast', 'fourtuple.letters'];

async function isAsNew(page: Page): Promise<boolean> {
  if (page.isClosed() || (await page.locator('dialog[open]').count()) > 0) return false;
  await page.goto(NOWHERE);
  await page.locator('#app[data-anim="idle"]').waitFor({ state: 'attached' });
  return page.evaluate((lasting) => {
    const isChanged = lasting.some((key) => localStorage.getItem(key) !== null);
    localStorage.clear();
    return !isChanged;
  }, LASTING);
}

export const test = base.extend<object, { kept: Kept }>({
  kept: [
    async ({ browser }, use) => {
      let held: { readonly options: string; readonly page: Page } | undefined;
      const drop = async (): Promise<void> => {
        await held?.page.context().close();
        held = undefined;
      };
      await use({
        drop,
        async take(options) {
          if (held?.options !== options) {
            await drop();
            const context = await browser.newContext();
            held = { options, page: await context.newPage() };
          }
          return held.page;
        },
      });
      await drop();
    },
    { scope: 'worker' },
  ],
  page: async ({ kept, viewport, colorScheme, contextOptions, hasTouch }, use, { errors }) => {
    const options = JSON.stringify({ viewport, colorScheme, contextOptions, hasTouch });
    const page = await kept.take(options);
    await use(page);
    const others = page.context().pages();
    if (errors.length > 0 || others.length > 1 || !(await isAsNew(page))) await kept.drop();
    else {
      await page.setViewportSize(viewport ?? { width: 1280, height: 720 });
      const { reducedMotion = null } = contextOptions;
      await page.emulateMedia({
        media: null,
        colorScheme,
        reducedMotion,
        contrast: null,
        forcedColors: null,
      });
    }
  },
});
