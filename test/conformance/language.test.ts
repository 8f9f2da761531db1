// Recordings of a real kernel, rewritten as scenarios: `check` holds them. A sample here; all of them:
// npm run -s conformance -- --language.
import { expect, test } from 'vitest';
import { readAll } from './folder.js';
import { judgeInLanguage } from './judge-language.js';
import type { Op, OpResult, Recording } from './recording.js';

const EVERY = 90;
/** Routers are described otherwise there: by interfaces and routes. */
const recordings = readAll().filter(({ scenario }) =>
  scenario.hosts.every(({ ifaces }) => ifaces === undefined),
);
const sample = recordings.filter((_, index) => index % EVERY === 0);

test('a sample of the recordings holds in the language, calls and rows', () => {
  const verdicts = sample.map(judgeInLanguage);
  expect(verdicts.flatMap(({ name, misses }) => (misses === undefined ? [] : `${name}: ${misses}`))).toEqual(
    [],
  );
  expect(verdicts.reduce((sum, { calls }) => sum + calls, 0)).toBeGreaterThan(500);
  expect(verdicts.reduce((sum, { rows }) => sum + rows, 0)).toBeGreaterThan(50);
});

test('what the kernel did not do is seen: another outcome, another row', () => {
  const change = (
    recording: Recording,
    of: (result: OpResult, op: Op | undefined) => OpResult,
  ): Recording => ({
    ...recording,
    result: {
      ...recording.result,
      ops: recording.result.ops.map((result, index) => of(result, recording.scenario.ops[index])),
    },
  });
  const binding = sample
    .filter(({ scenario, result }) =>
      scenario.ops.some(({ op }, at) => op === 'bind' && result.ops[at]?.r === 'ok'),
    )
    .slice(0, 4);
  expect(binding).toHaveLength(4);
  for (const recording of binding) {
    const refused = change(recording, (result, op) =>
      op?.op === 'bind' && result.r === 'ok' ? { ...result, r: 'EPERM' } : result,
    );
    expect(judgeInLanguage(refused).misses).toMatch(/ bind .* gives EPERM; got ok/);
  }
  const tables = sample
    .filter(({ result }) => result.ops.some(({ table = [] }) => table.length > 0))
    .slice(0, 4);
  expect(tables).toHaveLength(4);
  for (const recording of tables) {
    const moved = change(recording, ({ table, ...result }) =>
      table === undefined
        ? result
        : {
            ...result,
            table: table.map(([host = '', protocol = '', , ...rest]) => [
              host,
              protocol,
              '10.9.9.9:9',
              ...rest,
            ]),
          },
    );
    expect(judgeInLanguage(moved).misses).toMatch(/^row .*10\.9\.9\.9:9/);
  }
});
