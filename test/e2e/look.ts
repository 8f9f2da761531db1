// Looks at the pictures of a scenario inside one loaded page: its steps in every view and tab, and every question that it asks.
// It presses keys and tabs as a reader does, waits for each picture to be still, and asks flaws.ts what is wrong with it.
// Which scenarios and sizes, and how many of the pictures: layout.spec.ts.
import type { Page } from '@playwright/test';
import { findFlaws } from './flaws.js';

/** A view by the digit of its key, and a tab of the panel. */
export type Look = `${1 | 2 | 3 | 4}/${string}`;

/** All that a window shows: what a panel says does not depend on the view beside it, only its width does. */
export const LOOKS: readonly Look[] = [
  '1/why',
  '1/header',
  '1/sockets',
  '1/state',
  '1/notes',
  '1/transcript',
  '2/why',
  '3/port',
  '3/sockets',
  '4/sockets',
];
/** On a phone the views are tabs among the others. */
export const PHONE_LOOKS: readonly Look[] = [
  '1/why',
  '1/header',
  '1/sockets',
  '1/ladder',
  '1/state',
  '1/ports',
  '1/notes',
  '1/transcript',
];

export interface Seen {
  /** How many pictures were looked at. */
  readonly pictures: number;
  readonly steps: number;
  /** `scenario, look and step: what is wrong`; each flaw of a look once, where it is seen first. */
  readonly flaws: readonly string[];
}

/** Sends the finder into a page that is loaded. */
export async function prepare(page: Page): Promise<void> {
  await page.evaluate(`window.findFlaws = ${findFlaws.toString()}`);
}

/**
 * Looks at the scenario that is open in a prepared page, from its first step on. `stride`: at each n-th step and the last;
 * `asks`: also at each question, when it is open, after a choice and when it is told. A look whose tab is not there is left out.
 */
export async function look(
  page: Page,
  looks: readonly Look[],
  { stride = 1, asks = true }: { readonly stride?: number; readonly asks?: boolean } = {},
): Promise<Seen> {
  return page.evaluate(
    async ([all, every, isAsking]) => {
      const find = (window as unknown as { findFlaws: () => string[] }).findFlaws;
      const app = document.querySelector<HTMLElement>('#app');
      const player = (): DOMStringMap => document.querySelector<HTMLElement>('.player')?.dataset ?? {};
      const settled = async (): Promise<void> => {
        do {
          await new Promise((resolve) => requestAnimationFrame(resolve));
          for (const animation of document.getAnimations()) animation.finish();
        } while (app?.dataset['anim'] !== 'idle');
      };
      const press = async (key: string, altKey = false): Promise<void> => {
        const init = { key, altKey, bubbles: true, cancelable: true };
        document.body.dispatchEvent(new KeyboardEvent('keydown', init));
        await settled();
      };
      const scrubTo = async (t: number): Promise<void> => {
        const scrub = document.querySelector<HTMLInputElement>('.scrub');
        if (scrub === null) throw new Error('no range input to scrub with');
        scrub.value = String(t);
        scrub.dispatchEvent(new InputEvent('input', { bubbles: true }));
        await settled();
      };
      const steps = Number(document.querySelector('.scrub')?.getAttribute('max'));
      const found = new Map<string, string>();
      let pictures = 0;
      const note = (where: string): void => {
        pictures += 1;
        const { scenario, step } = player();
        for (const flaw of find()) {
          const key = `${where} ${flaw}`;
          if (!found.has(key)) found.set(key, `${scenario} ${where} ${step}: ${flaw}`);
        }
      };

      for (const each of all) {
        const [view = '', tab] = each.split('/');
        await press(view, true);
        await press('Home');
        const button = document.querySelector<HTMLElement>(`#tab-${tab}`);
        if (button === null) continue;
        button.click();
        await settled();
        note(each);
        for (let t = Math.min(every, steps); ; t = Math.min(t + every, steps)) {
          if (every === 1) await press('ArrowRight');
          else await scrubTo(t);
          note(each);
          if (t === steps) break;
        }
      }
      if (isAsking) {
        await press('1', true);
        await press('Home');
        await press('p');
        const isOpen = (): boolean => player()['asking'] !== undefined;
        // The last step is as far as the next question lets one go.
        let left = steps;
        for (await press('End'); isOpen(); await press('End')) {
          left -= 1;
          if (left < 0) throw new Error('more questions than steps: one of them is never told');
          note('question open');
          for (const key of ['1', 'Enter']) await press(key);
          note('question tried');
          // The first Step brings the question to mind, the second tells; the next question may open at once.
          for (let more = 2; more > 0 && isOpen(); more -= 1) await press('ArrowRight');
          note('question told');
        }
        await press('w');
      }
      return { pictures, steps, flaws: [...found.values()] };
    },
    [looks, stride, asks] as const,
  );
}
