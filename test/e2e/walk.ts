// Walking a run inside the page: keys are pressed there and every still picture is read there, so that hundreds of steps
// take the time of a handful from outside. What is read is text: two walks can be compared, and flaws have names.
import type { Page } from '@playwright/test';

export interface Snapshot {
  readonly step: number;
  /** The stage with its attributes in alphabetical order, without what belongs to the reader's focus. */
  readonly stage: string;
  readonly sentence: string;
  readonly spoken: string;
  readonly scrubber: string;
  /** What the finder of a prepared page says (look.ts); none without it. */
  readonly flaws: readonly string[];
}

export const repeat = (key: string, times: number): string[] => Array.from({ length: times }, () => key);

/** The first snapshot is before the first key. */
export async function walk(page: Page, keys: readonly string[]): Promise<Snapshot[]> {
  return page.evaluate(async (pressed) => {
    const app = document.querySelector<HTMLElement>('#app');
    const find = (window as unknown as { findFlaws?: () => string[] }).findFlaws;
    // What moves is put to its end: the picture is final before it moves, and motion has a test of its own.
    const settled = async (): Promise<void> => {
      do {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        for (const animation of document.getAnimations()) animation.finish();
      } while (app?.dataset['anim'] !== 'idle');
    };
    const write = (element: Element): string => {
      const attributes = [...element.attributes]
        .filter(({ name }) => name !== 'tabindex')
        .map(({ name, value }) => `${name}=${value}`)
        .sort();
      const text = element.children.length === 0 ? (element.textContent ?? '') : '';
      const children = [...element.children].map(write).join('');
      return `<${element.tagName} ${attributes.join(' ')}>${text}\n${children}`;
    };
    const textOf = (selector: string): string => document.querySelector(selector)?.textContent?.trim() ?? '';

    const read = (): Snapshot => {
      const svg = document.querySelector('.stage-svg');
      return {
        step: Number(document.querySelector('.player')?.getAttribute('data-step')),
        stage: svg === null ? '' : write(svg),
        sentence: textOf('.caption .sentence'),
        spoken: textOf('#live'),
        scrubber: document.querySelector('.scrub')?.getAttribute('aria-valuetext') ?? '',
        flaws: find?.() ?? [],
      };
    };
    await settled();
    const seen = [read()];
    for (const key of pressed) {
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      await settled();
      seen.push(read());
    }
    return seen;
  }, keys);
}
