// Calls that wait for the other side, told: send with a full buffer, close that lingers, and O_NONBLOCK, which does not wait.
import { expect, test } from 'vitest';
import { openRun } from '../../src/scenario/run.js';

const plain = (script: string) => {
  const { run, problems } = openRun(`fourtuple: 1
title: Waiting
teaches: Calls that wait.
hosts:
  laptop: { ip: 10.0.0.7, runs: firefox }
  web: { ip: 10.0.0.80, runs: nginx }
script:
  - nginx: { listen: any:80, as: door }
  - firefox: { connect: web:80, as: ● }
  - nginx: { accept: door }
${script}`);
  if (run === undefined) throw new Error(JSON.stringify(problems));
  return run.steps.map((step) => step.plain);
};

test('send says how much had room, and that it comes back', () => {
  const told = plain(`  - firefox: { setsockopt: { sndbuf: 5 } }
  - firefox: { send: abcdefgh }
`);
  expect(told).toContainEqual(
    expect.stringContaining(
      'its send buffer has room for five bytes until the other side acknowledges, so send waits',
    ),
  );
  expect(told).toContainEqual(
    expect.stringMatching(/^The ACK .* For that firefox has waited: send comes back\.$/),
  );
  expect(told.filter((each) => each.includes('has waited'))).toHaveLength(1);
});

test('close says that it waits, and comes back with the ACK of the FIN or with the time', () => {
  const told = plain(`  - firefox: { setsockopt: { linger: 3s } }
  - firefox: { close: ● }
`);
  expect(told).toContainEqual(expect.stringContaining('close will wait up to 3s'));
  expect(told).toContainEqual(expect.stringMatching(/^firefox closes ●, and close waits/));
  expect(told.at(-1)).toMatch(
    /FIN-WAIT-1 becomes FIN-WAIT-2\. For that firefox has waited: close comes back\.$/,
  );
  const late = plain(`  - firefox: { setsockopt: { linger: 3s } }
  - web: { block: tcp * > *:80 }
  - firefox: { close: ● }
`);
  expect(late.at(-1)).toMatch(/^The time of SO_LINGER is over: close comes back to firefox/);
});

test('with O_NONBLOCK the SYN leaves all the same', () => {
  const told = plain(`  - firefox: { socket: tcp, as: two }
  - firefox: { setsockopt: { nonblocking: true }, using: two }
  - firefox: { connect: web:80, using: two, gives: EINPROGRESS }
  - firefox: { recv: two, gives: EAGAIN }
`);
  expect(told).toContainEqual(
    expect.stringMatching(/a SYN leaves.* connect does not wait: it gives EINPROGRESS\.$/),
  );
  expect(told.at(-1)).toBe('firefox: recv gives EAGAIN, nothing is available now.');
});
