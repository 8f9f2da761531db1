// The nine extras of the transition table (rfc9293-transitions.json, `extras`), by hand, and what keeps a connection alive or
// gives it up: keep-alive, TCP_USER_TIMEOUT, retransmission by RFC 6298, the pause between challenge ACKs.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { encodeText } from '../../src/wire/bytes.js';
import { ACK, FIN, isOpening, type Packet, RST } from '../../src/wire/packet.js';
import { distance, plus } from '../../src/wire/sequence.js';
import { setSysctl } from '../../src/world/sysctls.js';
import { connectionIn, fromPeer, LAPTOP, numbersOf, WEB } from '../builders/connection.js';
import { Half } from '../builders/half.js';
import { DELAY, MILLI, Net, SECOND } from '../builders/network.js';

const { extras }: { extras: { id: string }[] } = JSON.parse(
  readFileSync(new URL('rfc9293-transitions.json', import.meta.url), 'utf8'),
);
const SYSTEMS = ['linux', 'textbook'] as const;

const done = new Set<string>();
const extra = (id: string, run: (system: (typeof SYSTEMS)[number]) => void) => {
  done.add(id);
  describe(id, () => {
    test.each(SYSTEMS)('%s', run);
  });
};

extra('reset-issuer-time-wait', (system) => {
  const half = new Half('ESTABLISHED', system);
  half.net.call(half.process, { call: 'setsockopt', socket: half.socket as never, options: { linger: 0 } });
  half.net.call(half.process, { call: 'close', socket: half.socket as never });
  expect(half.state).toBe('CLOSED');
  expect(half.sent.at(-1)?.flags).toBe(RST | ACK);
});

extra('rst-with-data', (system) => {
  for (const bytes of [0, 7]) {
    const half = new Half('ESTABLISHED', system, { isIdle: true });
    const before = half.sent.length;
    half.arrive({ flags: RST, bytes });
    expect(half.state).toBe('CLOSED');
    expect(half.told).toEqual(['ECONNRESET']);
    expect(half.sent).toHaveLength(before);
    expect(half.net.recv(half.process, half.socket as never)).toBe('!ECONNRESET');
  }
});

extra('close-with-unread-data', (system) => {
  for (const state of ['ESTABLISHED', 'FIN_WAIT_1', 'FIN_WAIT_2'] as const) {
    const half = new Half(state, system);
    half.arrive({ acknowledgment: half.una, bytes: 10 });
    half.net.call(half.process, { call: 'close', socket: half.socket as never });
    expect(half.state).toBe('CLOSED');
    expect(half.sent.at(-1)).toMatchObject({ flags: RST | ACK, sequence: half.next });
  }
});

extra('data-after-close', (system) => {
  for (const state of ['FIN_WAIT_1', 'FIN_WAIT_2'] as const) {
    const half = new Half(state, system);
    half.net.call(half.process, { call: 'close', socket: half.socket as never });
    half.arrive({ bytes: 10, acknowledgment: half.next });
    expect(half.state).toBe('CLOSED');
    expect(half.sent.at(-1)).toMatchObject({ flags: RST, sequence: half.next });
  }
});

extra('linger-zero', (system) => {
  for (const state of ['ESTABLISHED', 'CLOSE_WAIT', 'FIN_WAIT_1', 'FIN_WAIT_2'] as const) {
    const half = new Half(state, system);
    half.net.call(half.process, { call: 'setsockopt', socket: half.socket as never, options: { linger: 0 } });
    half.net.call(half.process, { call: 'close', socket: half.socket as never });
    expect(half.state).toBe('CLOSED');
    expect(half.sent.at(-1)).toMatchObject({ flags: RST | ACK, sequence: half.next });
  }
});

extra('fin-wait-2-orphan-timeout', (system) => {
  const half = new Half('FIN_WAIT_2', system);
  half.net.call(half.process, { call: 'close', socket: half.socket as never });
  half.net.pass(59 * SECOND);
  expect(half.state).toBe('FIN_WAIT_2');
  half.net.pass(2 * SECOND);
  expect(half.state).toBe('CLOSED');
});

extra('listener-closed-with-embryonic', (system) => {
  const half = new Half('SYN_RCVD_PASSIVE', system);
  half.net.call(half.process, { call: 'close', socket: half.listener as never });
  const before = half.sent.length;
  half.arrive({ acknowledgment: half.next });
  expect(half.state).toBe('CLOSED');
  expect(half.sent.slice(before)[0]).toMatchObject({ flags: RST, sequence: half.next });
});

extra('keepalive', (system) => {
  for (const state of ['ESTABLISHED', 'CLOSE_WAIT'] as const) {
    const half = new Half(state, system, { isIdle: true });
    const options = { keepsAlive: true };
    half.net.call(half.process, { call: 'setsockopt', socket: half.socket as never, options });
    half.net.pass(7199 * SECOND);
    const before = half.sent.length;
    half.net.pass(2 * SECOND);
    const [probe, ...more] = half.sent.slice(before);
    expect(more).toEqual([]);
    expect(probe).toMatchObject({ flags: ACK, sequence: plus(half.next, -1), payload: '' });
    expect(half.state).toBe(state);
    // tcp_keepalive_probes 9, tcp_keepalive_intvl 75 s
    half.net.pass(9 * 75 * SECOND);
    expect(half.state).toBe('CLOSED');
    expect(half.told).toEqual(['ETIMEDOUT']);
    expect(half.sent.slice(before)).toHaveLength(9);
  }
});

extra('zero-window-probe', (system) => {
  const half = new Half('ESTABLISHED', system, { isIdle: true });
  half.arrive({ window: 0 });
  const before = half.sent.length;
  half.net.send(half.process, half.socket as never, 'waits');
  expect(half.sent).toHaveLength(before);
  half.expire();
  const [probe] = half.sent.slice(before);
  // Linux: an old number without text. RFC 9293 §3.8.6.1: the next byte.
  if (system === 'linux') expect(probe).toMatchObject({ sequence: plus(half.next, -1), payload: '' });
  else expect(probe).toMatchObject({ sequence: half.next, payload: 'w' });
  half.arrive({ acknowledgment: plus(half.next, system === 'linux' ? 0 : 1), window: 100 });
  expect(half.sent.at(-1)?.payload).toBe(system === 'linux' ? 'waits' : 'aits');
  expect(half.state).toBe('ESTABLISHED');
});

test('all nine are here', () => {
  expect([...done].sort()).toEqual(extras.map(({ id }) => id).sort());
});

const times = (half: Half, from: number) =>
  half.net.recorder.steps.flatMap(({ at, facts }) =>
    facts.some((fact) => fact.kind === 'sent' && fact.isRetry && fact.host === half.net.host('laptop')) &&
    at > from
      ? [at]
      : [],
  );

describe('patience', () => {
  // RFC 6298 §5.5: each wait is twice the last one; Linux adds 200 ms to a round trip, the RFC waits a second at least.
  test.each([
    ['linux', 200 * MILLI],
    ['textbook', SECOND],
  ] as const)(
    '%s: text that nobody acknowledges is sent again after growing waits, and given up after 924.6 s',
    (system, least) => {
      const half = new Half('ESTABLISHED', system);
      half.net.pass(1000 * SECOND);
      const at = times(half, 0);
      const waits = at.slice(1).map((time, index) => time - (at[index] ?? 0));
      expect(at[0]).toBeGreaterThanOrEqual(least);
      expect(at[0]).toBeLessThan(least + 20 * MILLI);
      for (const [index, wait] of waits.entries())
        expect(wait).toBeCloseTo(Math.min(120 * SECOND, 2 * (waits[index - 1] ?? at[0] ?? 0)), -8);
      expect(half.told).toEqual(['ETIMEDOUT']);
      expect(half.state).toBe('CLOSED');
      expect(half.net.send(half.process, half.socket as never, 'x')).toBe('ETIMEDOUT');
    },
  );

  test('TCP_USER_TIMEOUT ends the wait on time', () => {
    const half = new Half('ESTABLISHED', 'linux', { isIdle: true });
    const options = { userTimeout: 5 * SECOND };
    half.net.call(half.process, { call: 'setsockopt', socket: half.socket as never, options });
    half.net.send(half.process, half.socket as never, 'hello?');
    half.net.pass(4.9 * SECOND);
    expect(half.told).toEqual([]);
    half.net.pass(0.2 * SECOND);
    expect(half.told).toEqual(['ETIMEDOUT']);
  });

  test('tcp_retries2 is a switch of the host', () => {
    const half = new Half('ESTABLISHED', 'linux');
    half.net.event(() => setSysctl(half.net.world, half.net.host('laptop'), 'net.ipv4.tcp_retries2', '3'));
    half.net.pass(10 * SECOND);
    expect(half.told).toEqual(['ETIMEDOUT']);
  });

  test('an ICMP error that ended nothing is what is told in the end', () => {
    const half = new Half('ESTABLISHED', 'linux');
    const quoted = half.sent.at(-1);
    if (quoted === undefined) throw new Error('nothing was sent');
    half.net.inject('web', {
      protocol: 'icmp',
      source: quoted.destination,
      destination: quoted.source,
      error: 'host-unreachable',
      quoted,
    });
    half.net.pass(1000 * SECOND);
    expect(half.told).toEqual(['EHOSTUNREACH']);
  });
});

describe('lost and found', () => {
  test('three ACKs in a row that ask for the same bring the segment at once', () => {
    const half = new Half('ESTABLISHED', 'linux');
    const before = half.sent.length;
    for (let times = 0; times < 3; times++) half.arrive({ acknowledgment: half.una });
    expect(half.sent.slice(before)).toMatchObject([{ sequence: half.una, payload: 'x'.repeat(20) }]);
  });

  test('text behind a gap is kept, and read in order when the gap is filled', () => {
    const { net, laptop, client } = connectionIn('ESTABLISHED');
    const at = numbersOf(net, client).receive;
    const text = (offset: number, payload: string) => {
      net.inject(
        'web',
        fromPeer({ net, client }, { sequence: plus(at, offset), payload: encodeText(payload) }),
      );
      net.pass(DELAY);
    };
    text(6, 'ghi');
    text(3, 'def');
    text(4, 'ef');
    expect(net.recv(laptop, client)).toBe('!pending');
    text(0, 'abcd');
    expect(net.recv(laptop, client)).toBe('abcdefghi');
    expect(distance(numbersOf(net, client).receive, at)).toBe(9);
  });

  test('a FIN behind a gap waits for its turn', () => {
    const half = new Half('ESTABLISHED', 'linux', { isIdle: true });
    const start = half.receive;
    half.arrive({ flags: FIN | ACK, sequence: plus(start, 3) });
    expect(half.state).toBe('ESTABLISHED');
    half.arrive({ sequence: start, bytes: 3 });
    expect(half.state).toBe('CLOSE_WAIT');
    expect(half.net.recv(half.process, half.socket as never)).toBe('yyy');
    expect(half.net.recv(half.process, half.socket as never)).toBe('!eof');
  });
});

// RFC 5961 §7; Linux tcp_invalid_ratelimit. Two halves that disagree about their numbers answer each other's answers.
test('two halves that have lost each other fall silent', () => {
  const { net, client, server } = connectionIn('ESTABLISHED');
  net.event(() => {
    const { sockets, connections } = net.world;
    for (const socket of [client, server]) {
      const connection = sockets.connection.get(socket);
      if (!connection) throw new Error('no connection');
      connections.receiveNext.add(connection, 100_000);
      connections.receiveEdge.add(connection, 100_000);
    }
  });
  const before = net.facts('sent').length;
  net.inject('web', { ...fromPeer({ net, client }), sequence: 5 });
  net.settle();
  expect(net.facts('sent').length - before).toBeLessThan(8);
  expect(net.stateOf(client)).toBe('ESTABLISHED');
});

// RFC 6298 §5.7
test('after a SYN that had to be sent again the first timeout of text is three seconds', () => {
  const net = new Net({ laptop: LAPTOP, web: WEB });
  const [laptop, web] = [net.process('laptop'), net.process('web')];
  net.listener(web, 80);
  const [lan] = net.world.networks.rows;
  if (lan === undefined) throw new Error('no network');
  const lose = (fits: (packet: Packet) => boolean) =>
    net.event(() =>
      net.simulation.faults.add(net.world, { network: lan, kind: 'drop', times: 1, byNanos: 0, fits }),
    );
  lose(isOpening);
  const { socket, call } = net.caller(laptop, WEB, 80);
  net.pass(2 * SECOND);
  expect(call.result?.outcome).toBe('ok');
  lose((packet) => packet.protocol === 'tcp' && packet.payload === 'text');
  const start = net.now;
  net.send(laptop, socket, 'text');
  net.pass(10 * SECOND);
  const again = net.recorder.steps.find(
    ({ at, facts }) => at > start && facts.some((fact) => fact.kind === 'sent' && fact.isRetry),
  );
  expect((again?.at ?? 0) - start).toBe(3 * SECOND);
});
