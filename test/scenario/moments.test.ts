// `during`: what is said, asked and expected at a moment inside a line stands where the run comes to it.
import { expect, test } from 'vitest';
import { checkScenario } from '../../src/check/check-scenario.js';
import { openRun } from '../../src/scenario/run.js';
import { formatProblem } from '../../src/scenario/text/problems.js';

const source = (during: string) => `fourtuple: 1
title: A question too big for UDP
hosts:
  laptop: { ip: 10.0.0.7, runs: resolver }
  dns-1: { ip: 10.0.0.53, runs: named }
script:
  - named: { serve: dns, zone: { big.test: 900 } }
  - resolver: { resolve: big.test, at: "dns-1:53" }
    say: A question leaves.
    during:
${during}
`;
const CUT = '{ packet: "udp dns-1:53 > laptop:*", with: truncated }';

test('before and after an event: the words stand with the step that has it, or the next', () => {
  for (const [where, step] of [
    ['before', 5],
    ['after', 6],
  ] as const) {
    const { run, problems } = openRun(source(`      - ${where}: ${CUT}\n        say: It did not fit.`));
    expect(problems).toEqual([]);
    const said = run?.steps.filter((each) => each.say !== undefined).map(({ number, say }) => [number, say]);
    expect(said).toEqual([
      [3, 'A question leaves.'],
      [step, 'It did not fit.'],
    ]);
    expect(run?.steps[4]?.plain).toContain('truncated');
  }
});

test('a question at a moment is answered by the rest of its line', () => {
  const ask = '{ which: claim, claim: { packet: "tcp laptop:* > dns-1:53 SYN" }, answer: true }';
  const { run, problems } = openRun(source(`      - after: ${CUT}\n        ask: ${ask}`));
  expect(problems).toEqual([]);
  expect(run?.asked).toMatchObject([{ step: 6, answer: 'true' }]);
  expect(run?.asked[0]?.path).toEqual(['script', 1, 'during', 0, 'ask']);
});

test('an expectation at a moment is judged over the line up to there', () => {
  const expectation = (fact: string) =>
    checkScenario(source(`      - after: ${CUT}\n        expect: ${fact}`)).verdicts.at(-1);
  expect(expectation('{ never: { packet: "tcp * > *" } }')?.passed).toBe(true);
  expect(expectation('{ packet: "udp laptop:* > dns-1:53", times: 1 }')?.passed).toBe(true);
  const late = expectation('{ packet: "tcp laptop:* > dns-1:53 SYN" }');
  expect(late?.passed).toBe(false);
  expect(late?.path).toEqual(['script', 1, 'during', 0, 'expect']);
});

test('a moment may be a state that comes about', () => {
  const state = '{ row: "tcp ESTABLISHED dns-1:53 laptop:* *", in: dns-1 }';
  const { run, problems } = openRun(source(`      - after: ${state}\n        say: Now over TCP.`));
  expect(problems).toEqual([]);
  const at = run?.steps.find(({ say }) => say === 'Now over TCP.')?.number ?? 0;
  expect(run?.steps[at - 2]?.plain).toContain('completes the handshake');
});

test('a moment that never comes is a problem at its place', () => {
  const { problems } = openRun(source('      - before: { packet: "icmp * > *" }\n        say: Never.'));
  expect(problems.map(formatProblem)).toEqual([
    '11:17 question-no-event nothing like this happens in this line; see the steps of the line with `fourtuple run`',
  ]);
});
