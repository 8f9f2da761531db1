// The guide in the README: the scenario that grows in it, put together from its pieces, is a lesson that plays and holds.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { checkScenario } from '../src/check/check-scenario.js';
import { HELP } from '../src/cli/help.js';
import { lintScenario } from '../src/scenario/lint-scenario.js';
import { formatProblem } from '../src/scenario/text/problems.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const blocks = [...readme.matchAll(/```yaml\n(.*?)```/gs)].map(([, text = '']) => text);

it('the pieces of the guide make one lesson, which holds and lacks only what the guide adds last', () => {
  const [begin = '', ask = '', expectations = ''] = blocks;
  const [line = ''] = ask.split('\n');
  expect(begin).toContain(line);
  const text = begin.replace(`${line}\n`, ask) + expectations;
  expect(lintScenario(text).problems.map(formatProblem)).toEqual([
    '2:1 no-misconception no misconception is named; say which belief it breaks: `breaks: M1`',
  ]);
  const { exitCode, total } = checkScenario(text);
  expect([exitCode, total]).toEqual([0, 4]);
});

it('calls only commands that there are', () => {
  const called = [
    ...readme.matchAll(/fourtuple (?:-- )?([a-z]+) (?=[\w<>-]+(?:\/|\.yaml|-lesson|\.schema))/g),
  ];
  expect(called.length).toBeGreaterThan(5);
  for (const [, command] of called) expect(HELP).toContain(`fourtuple ${command}`);
});
