// The library in other orders of simultaneous events and with other delays: every expectation holds, or the scenario says why
// not (`pinned`). And a run in which every answer is the usual one is the run of the file, bit for bit.
import { expect, test } from 'vitest';
import { checkScenario } from '../../src/check/check-scenario.js';
import { Choices } from '../../src/engine/choices.js';
import { openRun } from '../../src/scenario/run.js';
import { scenarioFiles } from '../builders/scenarios.js';
import { fuzz } from './share.js';

const FEW = 2;
const ALL = 200;
const files = scenarioFiles();

test.each(files.map(({ path, source }) => [path, source]))(
  '%s keeps its expectations',
  (_, source) => {
    const { verdicts } = checkScenario(source, { orders: fuzz.share(FEW, ALL) });
    const orders = verdicts.filter(({ about }) => about === 'order');
    expect(orders.filter(({ passed }) => !passed)).toEqual([]);
    expect(orders[0]?.claim).toMatch(
      /^(holds in \d+ other orders|holds in every order: \d+|there is no other)/,
    );
  },
  fuzz.timeout,
);

test('the usual answers give the usual run, and any others one that reads the same in both directions', () => {
  const every = fuzz.share(8, 1);
  for (const { source } of files.filter((_, index) => index % every === 0)) {
    const usual = openRun(source).run;
    const asked = openRun(source, { choices: new Choices([]) }).run;
    expect(asked?.digestAt(asked.total)).toBe(usual?.digestAt(usual.total));
    const other = openRun(source, { choices: new Choices([1, 0, 1, 2, 1]) }).run;
    const [end, , again] = [other?.total ?? 0, 3, other?.total ?? 0].map((t) => other?.digestAt(t));
    expect(again).toBe(end);
  }
});
