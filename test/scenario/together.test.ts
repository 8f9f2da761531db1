// `together`: one instant for all that stands in it, whichever word it is said with. And what hosts and calls can be told
// besides: a first timeout of their own, a badge, whom an accepted connection goes to, whom a datagram must come from.
import { expect, test } from 'vitest';
import { checkScenario } from '../../src/check/check-scenario.js';
import { openRun } from '../../src/scenario/run.js';
import { formatProblem } from '../../src/scenario/text/problems.js';

function play(script: string, hosts = 'laptop: { ip: 10.0.0.7, runs: [a, b] }', rest = '') {
  const source = `fourtuple: 1
title: At once
hosts:
  ${hosts}
  web: { ip: 10.0.0.80, runs: [nginx, worker] }
${rest}
script:
${script}
`;
  const { run, problems } = openRun(source);
  if (run === undefined) throw new Error(problems.map(formatProblem).join('\n'));
  const called = run.steps.filter(({ plain }) => plain.includes(' calls '));
  return {
    source,
    run,
    problems: problems.filter(({ severity }) => severity === 'error').map(formatProblem),
    times: called.map(({ at }) => at / 1e6),
  };
}

test('repeat, use and together inside together begin at the same instant', () => {
  const { problems, times, run } = play(
    `  - nginx: { serve: http }
  - together:
      - repeat: 2
        steps: [ { a: { connect: "web:80", as: c$n } } ]
      - use: knock
      - together: [ { b: { connect: "web:80" } }, { b: { connect: "web:80" } } ]
    id: all`,
    undefined,
    'fragments: { knock: [ { b: { connect: "web:80", as: k } } ] }',
  );
  expect(problems).toEqual([]);
  expect(times).toEqual([0, 0, 0, 0, 0]);
  expect(run.lines.map(({ path }) => path.join('.'))).toContain('script.1.together.0.steps.0');
  expect(run.lines.map(({ path }) => path.join('.'))).toContain('fragments.knock.0');
});

test('a line of together may begin later, and a wait says how long the whole takes at least', () => {
  const { problems, times } = play(`  - nginx: { serve: http }
  - together:
      - a: { connect: "web:80", as: one }
      - b: { connect: "web:80", as: two }
        after: 500ms
      - wait: 2s
  - a: { connect: "web:80", as: three }`);
  expect(problems).toEqual([]);
  expect(times).toEqual([0, 500, 2000]);
});

test('a wait for a fact inside together counts from the instant', () => {
  const { problems, times } = play(`  - nginx: { serve: http }
  - together:
      - a: { connect: "web:80", as: one }
      - wait: { until: { delivered: SYN, to: nginx }, atMost: 1s }
  - b: { connect: "web:80", as: two }`);
  expect(problems).toEqual([]);
  expect(times[1]).toBeLessThan(10);
});

test('a host may have a first timeout of its own', () => {
  const gaps = (rto: string) => {
    const { run } = play(
      '  - a: { connect: "web:81", gives: ETIMEDOUT }',
      `laptop: { ip: 10.0.0.7, runs: [a, b]${rto} }`,
      'networks: { network: { loss: 100% } }',
    );
    const tries = run.steps.filter(({ plain }) => /calls|sent again/.test(plain)).map(({ at }) => at / 1e6);
    return tries.slice(0, 2);
  };
  expect(gaps('')).toEqual([0, 1000]);
  expect(gaps(', knobs: { rto: 200ms }')).toEqual([0, 200]);
});

test('a badge is the letter on screen', () => {
  const { run } = play('  - nginx: { serve: http }', 'laptop: { ip: 10.0.0.7, runs: [a, b], badge: L }');
  const letters = run.sceneAt(run.total).hosts.map(({ owner }) => owner.letter);
  expect(letters).toEqual(['L', 'S']);
});

test('accept into another process: that one has the connection, the acceptor has not', () => {
  const { problems, source: whole } = play(`  - nginx: { listen: 80 }
  - a: { connect: "web:80", as: ● }
  - nginx: { accept: 80, as: ●, into: worker }
  - a: { send: hi, using: ● }
  - worker: { recv: ●, reads: hi }
  - worker: { close: ● }
    expect: { state: FIN-WAIT-2, of: ●@worker }`);
  expect(problems).toEqual([]);
  expect(checkScenario(whole).exitCode).toBe(0);
  const { source } = play(`  - nginx: { listen: 80 }
  - a: { connect: "web:80", as: ● }
  - nginx: { accept: 80, as: d, into: a, gives: any }`);
  expect(openRun(source).problems.map(formatProblem)[0]).toContain('does not run on this host');
});

test('recvfrom from: a datagram of somebody else is a failed expectation', () => {
  const { source } = play(`  - nginx: { bind: udp 53, as: u }
  - a: { sendto: hi, to: "udp web:53", from: 4000 }
  - nginx: { recvfrom: u, from: "laptop:4000", reads: hi }
  - a: { sendto: ho, to: "udp web:53" }
  - nginx: { recvfrom: u, from: "laptop:4001" }`);
  const failed = checkScenario(source).verdicts.filter(({ passed }) => !passed);
  expect(failed.map(({ claim }) => claim)).toEqual(['nginx recvfrom u comes from laptop:4001']);
  expect(failed[0]?.failure).toMatchObject({ expected: '10.0.0.7:4001', got: '10.0.0.7:4000' });
});
