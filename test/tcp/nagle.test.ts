// Small writes while something is unacknowledged: Nagle's algorithm, as the RFC has it and as Linux does (Minshall).
// What would be seen if it were wrong: a segment for every write, or text that waits for ever.
import { describe, expect, test } from 'vitest';
import { setSystem } from '../../src/ports/profiles.js';
import { openRun } from '../../src/scenario/run.js';
import { formatFlags } from '../../src/wire/notation.js';
import type { System } from '../../src/world/tables.js';
import { connectionIn } from '../builders/connection.js';
import { DELAY } from '../builders/network.js';

function writer(system: System, options: object = {}) {
  const pair = connectionIn('ESTABLISHED');
  const { net, laptop, client } = pair;
  net.event(() => setSystem(net.world, net.host('laptop'), system));
  net.call(laptop, { call: 'setsockopt', socket: client, options });
  const from = net.segmentsFrom('laptop').length;
  return {
    ...pair,
    write: (count: number) => net.send(laptop, client, 'x'.repeat(count)),
    /** Lengths of what was sent, a FIN as F behind it. */
    sent: () =>
      net
        .segmentsFrom('laptop')
        .slice(from)
        .map((each) => `${each.payload.length}${formatFlags(each).includes('FIN') ? 'F' : ''}`),
  };
}

describe.each(['linux', 'textbook'] as const)('%s', (system) => {
  test('the first small write goes at once, the next ones together when it is acknowledged', () => {
    const { net, web, server, write, sent } = writer(system);
    for (const count of [3, 4, 5]) write(count);
    expect(sent()).toEqual(['3']);
    net.pass(DELAY);
    expect(sent()).toEqual(['3']);
    net.pass(DELAY);
    expect(sent()).toEqual(['3', '9']);
    net.settle();
    expect(net.recv(web, server)).toBe('x'.repeat(12));
  });

  test('a full segment never waits', () => {
    const { write, sent } = writer(system);
    write(3);
    write(1460 + 10);
    expect(sent()).toEqual(['3', '1460']);
  });

  test('TCP_NODELAY: nothing waits, and what waited goes', () => {
    const { net, laptop, client, write, sent } = writer(system);
    write(3);
    write(4);
    expect(sent()).toEqual(['3']);
    net.call(laptop, { call: 'setsockopt', socket: client, options: { sendsAtOnce: true } });
    expect(sent()).toEqual(['3', '4']);
    write(5);
    expect(sent()).toEqual(['3', '4', '5']);
  });

  test('close does not let it wait, and every byte arrives before the end', () => {
    const { net, laptop, web, client, server, write, sent } = writer(system);
    write(3);
    write(4);
    net.call(laptop, { call: 'close', socket: client });
    expect(sent()).toEqual(system === 'linux' ? ['3', '4F'] : ['3', '4', '0F']);
    net.settle();
    expect([net.recv(web, server), net.recv(web, server)]).toEqual(['x'.repeat(7), '!eof']);
    expect(net.stateOf(client)).toBe('FIN-WAIT-2');
  });
});

test('behind full segments only a small one waits on a textbook host, on Linux none does', () => {
  const sizes = (system: System) => {
    const { write, sent } = writer(system);
    write(1460);
    write(10);
    return sent();
  };
  expect(sizes('linux')).toEqual(['1460', '10']);
  expect(sizes('textbook')).toEqual(['1460']);
});

test('the step says that it waits for the ACK, and the ACK that it goes', () => {
  const { run, problems } = openRun(`fourtuple: 1
title: Two small writes
teaches: The second waits for the ACK of the first.
hosts:
  laptop: { ip: 10.0.0.7, runs: firefox }
  web: { ip: 10.0.0.80, runs: nginx }
script:
  - nginx: { listen: any:80, as: door }
  - firefox: { connect: web:80, as: ● }
  - together:
      - firefox: { send: one }
      - firefox: { send: two }
`);
  if (run === undefined) throw new Error(JSON.stringify(problems));
  const told = run.steps.map((step) => step.plain);
  expect(told).toContainEqual(
    "firefox sends “two”: something small is still unacknowledged, so it waits for the ACK (Nagle's algorithm).",
  );
  expect(told).toContainEqual(
    expect.stringMatching(/^The ACK .* what it sent has arrived\. What waited is sent\.$/),
  );
});
