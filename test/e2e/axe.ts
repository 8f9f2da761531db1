// Asks axe what is wrong with the page as it stands, in both themes: one line for each rule that is broken, none if all is
// well. It refuses to know pages: whoever calls has opened one.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';

const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

interface Options {
  readonly resultTypes: readonly string[];
  readonly runOnly?: readonly string[];
}

interface Axe {
  run(options: Options): Promise<{
    violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
  }>;
}

/** Rules that ask for colours: all others answer the same in the other theme. */
const COLOURED = ['color-contrast', 'link-in-text-block'];

export async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  return page.evaluate(async (coloured) => {
    const { axe: reader } = window as unknown as { readonly axe: Axe };
    const { dataset } = document.documentElement;
    const chosen = dataset['theme'];
    const lines: string[] = [];
    for (const theme of ['light', 'dark']) {
      dataset['theme'] = theme;
      for (const animation of document.getAnimations()) animation.finish(); // colours that fade
      const isChosen = theme === chosen;
      const resultTypes = ['violations']; // does not write down what is well
      const { violations: found } = await reader.run(
        isChosen ? { resultTypes } : { resultTypes, runOnly: coloured },
      );
      for (const { id, nodes } of found)
        lines.push(`${theme} ${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    }
    dataset['theme'] = chosen;
    return lines;
  }, COLOURED);
}
