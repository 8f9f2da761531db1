// The page in a real Chromium, measured through the DevTools protocol: a first visit, a press in a crowd, scrubbing, moving, resting.
// `npm run -s bench -- page` builds the app twice, as it is and with two large scenarios more, and needs a few minutes.
// What is measured how stands in the file of that name in page/.
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { type Visit, visit } from './page/first-visit.js';
import { animating, scrubbing } from './page/frames.js';
import { idle } from './page/idle.js';
import { interactions } from './page/interaction.js';
import { buildApp, type Site, serve } from './page/site.js';
import { fps, millis, spreadOf } from './page/spread.js';

const VISITS = 5;
const LESSON = 'three-conversations-one-port';

export async function benchPage(): Promise<void> {
  const browser = await chromium.launch(await launchOptions());
  const [plain, crowded] = await Promise.all([serve(await buildApp(false)), serve(await buildApp(true))]);
  try {
    console.log(`page: Chromium ${browser.version()}, 1440×900, no graphics processor`);
    await firstVisits(browser, plain);
    await resting(browser, plain);
    await presses(browser, crowded);
    await frames(browser, plain, crowded);
  } finally {
    await browser.close();
    plain.close();
    crowded.close();
  }
}

/** From test/browser.mjs, which the compiled bench has no copy of. */
async function launchOptions(): Promise<Parameters<typeof chromium.launch>[0]> {
  const file = join(fileURLToPath(new URL('../../../../', import.meta.url)), 'test/browser.mjs');
  const found = (await import(pathToFileURL(file).href)) as typeof import('../browser.mjs');
  return found.launchOptions();
}

async function firstVisits(browser: Browser, site: Site): Promise<void> {
  for (const isSlow of [false, true]) {
    const visits: Visit[] = [];
    for (let turn = 0; turn < VISITS; turn++) visits.push(await visit(browser, site, isSlow));
    const [first] = visits;
    if (first === undefined) return;
    const median = (of: (each: Visit) => number): string => spreadOf(visits.map(of)).median.toFixed(0);
    if (!isSlow) {
      console.log(
        '  a first visit downloads, in kB as they go over the wire (headers included, text by gzip -9)',
      );
      console.log(`    in all        ${sizes(first.whole)} in ${first.requests} responses`);
      continue;
    }
    console.log(`    to first step ${sizes(first.early)} in ${first.requestsEarly} responses (slow network)`);
    console.log(
      `  processor a quarter as fast, 10 Mbit/s, 40 ms; medians of ${VISITS} cold visits, ms since the navigation`,
    );
    console.log(`    first contentful paint   ${median(({ firstPaint }) => firstPaint)}`);
    console.log(`    largest contentful paint ${median(({ largestPaint }) => largestPaint)}`);
    console.log(`    hero drawn               ${median(({ heroDrawn }) => heroDrawn)}`);
    console.log(`    first step painted       ${median(({ firstStep }) => firstStep)}`);
    console.log(`    last response            ${median(({ loaded }) => loaded)}`);
  }
}

function sizes(bytes: ReadonlyMap<string, number>): string {
  const sum = [...bytes.values()].reduce((total, each) => total + each, 0);
  const kinds = [...bytes].map(([kind, size]) => `${kind.slice(1)} ${(size / 1000).toFixed(1)}`);
  return `${(sum / 1000).toFixed(1)} = ${kinds.join(' + ')}`;
}

async function resting(browser: Browser, site: Site): Promise<void> {
  for (const fragment of ['', `#/s/${LESSON}?t=8`]) {
    const { timers, frames, requests, animations, busy } = await idle(browser, site, fragment);
    console.log(
      `  idle for 3 s, ${fragment === '' ? 'gallery' : 'scenario'}: ${timers} timers, ${frames} frames, ${requests} requests, ${animations} animations, main thread ${busy.toFixed(1)} ms`,
    );
  }
}

async function presses(browser: Browser, site: Site): Promise<void> {
  console.log(
    '  from a key to its frame, 201 sockets on six hosts, 998 steps: presented (Event Timing, to 8 ms) | page done with it',
  );
  for (const view of ['stage', 'ladder', 'ports', 'states'])
    for (const { what, presented, worked } of await interactions(browser, site, view, view !== 'stage'))
      console.log(`    ${view.padEnd(7)} ${what.padEnd(14)} ${millis(presented)} | ${millis(worked)}`);
}

async function frames(browser: Browser, plain: Site, crowded: Site): Promise<void> {
  const line = (name: string, intervals: readonly number[]): void =>
    console.log(
      `    ${name.padEnd(34)} ${fps(intervals).toFixed(1)} fps, frames ${millis(spreadOf(intervals))}`,
    );
  console.log('  frames');
  line('a step moves', await animating(browser, plain, LESSON));
  for (const view of ['stage', 'ports'])
    line(`scrubbing, 500 in flight, ${view}`, await scrubbing(browser, crowded, 'flock', view));
  for (const view of ['stage', 'ports'])
    line(`scrubbing, 201 sockets, ${view}`, await scrubbing(browser, crowded, 'crowd', view, 990));
}
