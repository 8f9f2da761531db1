// What is wrong with the page as it stands, in both themes: the rules of axe that are broken, and words of a picture that are
// too faint, which axe leaves open. One line for each, none if all is well.
// It refuses to know pages: whoever calls has opened one. What is too faint: faint.ts.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { faintWords } from './faint.js';

const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

interface Options {
  readonly resultTypes: readonly string[];
  readonly runOnly?: readonly string[];
}

interface Finding {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

interface Scanner {
  readonly axe: {
    run(part: Element, options: Options): Promise<{ readonly violations: readonly Finding[] }>;
  };
  readonly faint: (part: Element) => string[];
}

/** Rules that ask for colours: all others answer the same in the other theme. */
const COLOURED = ['color-contrast', 'link-in-text-block'];

/** After this the page has `scan()`, of a part of it or of all. */
export async function installScan(page: Page): Promise<void> {
  if (await page.evaluate(() => 'scan' in window)) return;
  await page.evaluate(axe);
  await page.evaluate(`window.faint = ${faintWords}`);
  await page.evaluate((coloured) => {
    const { axe: reader, faint } = window as unknown as Scanner;
    const scan = async (part = document.documentElement): Promise<string[]> => {
      const { dataset } = document.documentElement;
      const chosen = dataset['theme'];
      const lines: string[] = [];
      for (const theme of ['light', 'dark']) {
        dataset['theme'] = theme;
        for (const animation of document.getAnimations()) animation.finish(); // colours that fade
        const resultTypes = ['violations']; // does not write down what is well
        const { violations: found } = await reader.run(
          part,
          theme === chosen ? { resultTypes } : { resultTypes, runOnly: coloured },
        );
        for (const { id, nodes } of found)
          lines.push(`${theme} ${id}: ${nodes.map(({ html }) => html).join(' ')}`);
        lines.push(...faint(part).map((line) => `${theme} ${line}`));
      }
      dataset['theme'] = chosen;
      return lines;
    };
    Object.assign(window, { scan });
  }, COLOURED);
}

export async function violations(page: Page): Promise<string[]> {
  await installScan(page);
  return page.evaluate(() => (window as unknown as { readonly scan: () => Promise<string[]> }).scan());
}
