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
  /** What is cut off: parts outside the window, words wider than their box, words that leave the stage. */
  readonly cut: readonly string[];
}

export const repeat = (key: string, times: number): string[] => Array.from({ length: times }, () => key);

/** The first snapshot is before the first key. */
export async function walk(page: Page, keys: readonly string[]): Promise<Snapshot[]> {
  return page.evaluate(async (pressed) => {
    const app = document.querySelector<HTMLElement>('#app');
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

    const cutOff = (): string[] => {
      const found: string[] = [];
      const { scrollWidth, scrollHeight } = document.documentElement;
      if (scrollWidth > innerWidth || scrollHeight > innerHeight)
        found.push(`page ${scrollWidth}x${scrollHeight}`);
      for (const name of ['.caption', '.stage', '.sockets', '.panel', '.transport']) {
        const box = document.querySelector(name)?.getBoundingClientRect();
        if (box === undefined || box.bottom > innerHeight + 1 || box.right > innerWidth + 1) found.push(name);
      }
      for (const element of document.querySelectorAll(
        '.caption .words, .crumb h1, .candidate, .btn, .skip',
      )) {
        if (element.scrollWidth > element.clientWidth + 1) found.push(`cut: ${element.textContent}`);
      }
      const stage = document.querySelector('.stage')?.getBoundingClientRect();
      for (const text of document.querySelectorAll('.stage-svg text')) {
        const box = text.getBoundingClientRect();
        if (stage === undefined || text.textContent === '') continue;
        if (box.left < stage.left - 1 || box.right > stage.right + 1 || box.bottom > stage.bottom + 1)
          found.push(`outside: ${text.textContent}`);
      }
      for (const group of document.querySelectorAll('.stage-svg .socket, .stage-svg .process')) {
        const box = group.querySelector('.socket-box, .process-box')?.getBoundingClientRect();
        for (const text of group.querySelectorAll('text')) {
          const { width } = text.getBoundingClientRect();
          if (box !== undefined && text.textContent !== '' && width > box.width + 1)
            found.push(`wider than its box: ${text.textContent}`);
        }
      }
      return found;
    };
    const read = (): Snapshot => {
      const svg = document.querySelector('.stage-svg');
      return {
        step: Number(document.querySelector('.player')?.getAttribute('data-step')),
        stage: svg === null ? '' : write(svg),
        sentence: textOf('.caption .sentence'),
        spoken: textOf('#live'),
        scrubber: document.querySelector('.scrub')?.getAttribute('aria-valuetext') ?? '',
        cut: cutOff(),
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
