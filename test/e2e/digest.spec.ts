// One scenario, one seed, one digest, on every machine: every step of every scenario is digested in Chromium and in Node,
// from the same sources, and the two lists are held together; the sentences too. What would be seen if it were wrong: a
// sort, a hash or a number that the two engines do differently.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { expect, test } from '@playwright/test';
import { build, type Rollup } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Told {
  readonly digests: readonly string[];
  readonly sentences: readonly string[];
}

/** The simulator as one script that leaves `fourtuple.openRun` behind. */
async function bundle(): Promise<string> {
  const built = (await build({
    root,
    configFile: false,
    logLevel: 'silent',
    publicDir: false,
    build: { write: false, lib: { entry: join(root, 'src/index.ts'), formats: ['iife'], name: 'fourtuple' } },
  })) as Rollup.RollupOutput[];
  const [chunk] = [built].flat()[0]?.output ?? [];
  if (chunk === undefined) throw new Error('nothing was bundled');
  return chunk.code;
}

/** Runs where `fourtuple` is: digest at every position, and the sentence of every step. */
const TELL = `(source) => {
  const { run } = fourtuple.openRun(source);
  return {
    digests: Array.from({ length: run.total + 1 }, (_, t) => run.digestAt(t)),
    sentences: run.steps.map((step) => step.plain),
  };
}`;

const scenarios = readdirSync(join(root, 'scenarios'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yaml'))
  .sort();

test('every digest and every sentence in Chromium equals that of Node', async ({ page }) => {
  test.slow(); // every step of every scenario, played twice
  const code = await bundle();
  await page.addScriptTag({ content: code });
  const inNode = runInNewContext(`${code}; (${TELL})`, { TextEncoder, TextDecoder, structuredClone }) as (
    source: string,
  ) => Told;
  expect(scenarios.length).toBeGreaterThanOrEqual(5);
  for (const name of scenarios) {
    const source = readFileSync(join(root, 'scenarios', name), 'utf8');
    const asked = page.evaluate(`(${TELL})(${JSON.stringify(source)})`); // at work while Node is
    const here = inNode(source);
    const inBrowser = (await asked) as Told;
    expect(inBrowser.digests, name).toEqual([...here.digests]);
    expect(inBrowser.sentences, name).toEqual([...here.sentences]);
    expect(new Set(here.digests).size, name).toBeGreaterThan(here.digests.length / 2); // they do tell positions apart
  }
});
