// The matchers of `fourtuple/vitest`, used as a course would use them, and what the package lets be imported.
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import '../src/vitest.js';
import * as surface from '../src/index.js';

const SCENARIO = `fourtuple: 1
title: One call
hosts: { laptop: { ip: 10.0.0.7, runs: firefox, ephemeral: [51004] }, web: { ip: 10.0.0.80, runs: nginx } }
script:
  - nginx: { serve: http }
  - firefox: { connect: web:80, as: ● }
expect:
  - { delivered: SYN, to: nginx, times: 1, points: 3 }
  - { state: ESTABLISHED, of: ● }
`;
const FAILING = SCENARIO.replace('times: 1', 'times: 2');
const BROKEN = SCENARIO.replace('serve', 'serv');

test('toHold holds for a scenario that does, and for no other', () => {
  expect(SCENARIO).toHold();
  expect(SCENARIO).toHold({ orders: 5 });
  expect(FAILING).not.toHold();
  expect(BROKEN).not.toHold();
  expect(() => expect(SCENARIO).not.toHold()).toThrow('“One call” holds, and was expected not to');
  expect(() => expect(3).toHold()).toThrow('the text of a scenario is expected, not number');
});

test('a failure says both sides, the step and how to get there; a broken file its problems', () => {
  expect(() => expect(FAILING).toHold({ id: 'one-call' })).toThrow(
    /^“One call” does not hold\n8:5 ✗ delivered SYN to nginx, twice\n {2}expected SYN → nginx, twice\n {2}got {6}once: .*\n {2}open {5}\S+#\/s\/one-call\?t=3$/,
  );
  expect(() => expect(BROKEN).toHold()).toThrow(/5:14 unknown-key .* did you mean `serve`\?/);
});

test('toEarn counts the points of what holds', () => {
  expect(SCENARIO).toEarn(4);
  expect(FAILING).toEarn(1);
  expect(FAILING).not.toEarn(2);
  expect(BROKEN).not.toEarn(0);
  expect(() => expect(FAILING).toEarn(4)).toThrow('earned 1 of 4 points, 4 expected');
});

test('the package names its two ways in, and both are built from a file that is there', () => {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    exports: Record<string, string>;
  };
  const entries = Object.entries(manifest.exports).filter(([, file]) => file.endsWith('.js'));
  expect(entries.map(([name]) => name)).toEqual(['.', './vitest']);
  for (const [, file] of entries) {
    const source = file.replace('./dist/lib/', '../src/').replace(/\.js$/, '.ts');
    expect(existsSync(new URL(source, import.meta.url)), source).toBe(true);
  }
  expect(Object.keys(surface)).toEqual(expect.arrayContaining(['checkScenario', 'openRun', 'parseScenario']));
});
