// The MSS option: which segments bear it, and what it says. RFC 9293 §3.7.1.
import { expect, test } from 'vitest';
import { openRun } from '../../src/scenario/run.js';
import { encodeText, NO_BYTES } from '../../src/wire/bytes.js';
import { ACK, has, SYN, type TcpSegment } from '../../src/wire/packet.js';
import { plus } from '../../src/wire/sequence.js';
import type { SocketId } from '../../src/world/tables.js';
import { LAPTOP, WEB } from '../builders/connection.js';
import { DELAY, Net } from '../builders/network.js';
import { scenarioFiles } from '../builders/scenarios.js';

const segmentsOf = (source: string): TcpSegment[] =>
  (openRun(source).run?.recording.steps ?? [])
    .flatMap(({ facts }) => facts)
    .flatMap((fact) =>
      fact.kind === 'sent' && fact.sent.packet.protocol === 'tcp' ? [fact.sent.packet] : [],
    );

// 1500 bytes of an Ethernet frame, less 20 of TCP and 20 or 40 of IP; 65536 on the loopback interface.
test('every SYN says how much text fits, 1460 bytes or over IPv6 1440, and no other segment says it', () => {
  const seen = new Set<string>();
  for (const { id, source } of scenarioFiles())
    for (const segment of segmentsOf(source)) {
      const isInside = segment.source === segment.destination || segment.source.startsWith('127.');
      const expected = (isInside ? 65536 : 1500) - (segment.source.includes(':') ? 60 : 40);
      expect(segment.mss, id).toBe(has(segment, SYN) ? expected : undefined);
      seen.add(`${segment.mss}`);
    }
  expect([...seen].sort()).toEqual(expect.arrayContaining(['1440', '1460', 'undefined']));
});

/** A listener with a socket for `caller`, and a caller that says `mss` or nothing in its SYN; its ACK opens the connection. */
function answerTo(mss: number | undefined, isCookie: boolean) {
  const net = new Net({ laptop: LAPTOP, web: WEB });
  const web = net.process('web');
  const listener = net.listener(web, 80, { backlog: 0 });
  const anyone = { address: undefined, ports: undefined };
  net.block({ host: net.host('laptop'), protocol: 'tcp', source: anyone, destination: anyone }); // no answer of its own
  const segment = (sourcePort: number, over: Partial<TcpSegment>): TcpSegment => ({
    protocol: 'tcp',
    source: LAPTOP,
    sourcePort,
    destination: WEB,
    destinationPort: 80,
    sequence: 1000,
    acknowledgment: 0,
    flags: SYN,
    window: 65535,
    payload: NO_BYTES,
    ...over,
  });
  const arrive = (packet: TcpSegment) => {
    net.inject('laptop', packet);
    net.pass(DELAY);
  };
  if (isCookie) arrive(segment(50000, {})); // the half-open queue is full
  arrive(segment(51004, { mss }));
  const answer = net.segmentsFrom('web').at(-1);
  if (answer === undefined) throw new Error('no SYN-ACK');
  const acknowledgment = plus(answer.sequence, 1);
  arrive(segment(51004, { sequence: 1001, acknowledgment, flags: ACK }));
  const socket = net.accepted(web, listener);
  const before = net.segmentsFrom('web').length;
  net.send(web, socket, 'x'.repeat(5000));
  return net
    .segmentsFrom('web')
    .slice(before)
    .map(({ payload }) => payload.length);
}

test.each([
  [1000, false, 1000],
  [9000, false, 1460],
  [undefined, false, 536], // RFC 9293 §3.7.1
  [1000, true, 536], // a cookie remembers one of four
  [1400, true, 1300],
  [1460, true, 1460],
] as const)('a peer that says %s (cookie: %s) gets segments of %i', (mss, isCookie, size) => {
  expect(answerTo(mss, isCookie).slice(0, 3)).toEqual([size, size, size]);
});

test('what the network carries is the bound: mtu', () => {
  const sizes = (mtu: string) =>
    segmentsOf(`fourtuple: 1
title: A small network
teaches: Segments are smaller there.
networks: { lan: { mtu: ${mtu} } }
hosts:
  laptop: { ip: 10.0.0.7, runs: firefox }
  web: { ip: 10.0.0.80, runs: nginx }
script:
  - nginx: { listen: any:80, as: door }
  - firefox: { connect: web:80, as: ● }
  - nginx: { accept: door }
  - firefox: { send: ${'x'.repeat(2000)} }
`).flatMap(({ mss, payload }) => (payload.length > 0 ? [payload.length] : (mss ?? [])));
  expect(sizes('600')).toEqual([560, 560, 560, 560, 560, 320]);
});

test('no datagram is larger than IP can carry: EMSGSIZE', () => {
  const net = new Net({ laptop: { addresses: [LAPTOP, '2001:db8::7'] } });
  const laptop = net.process('laptop');
  const [small, large] = [
    net.socket(laptop, 'udp'),
    net.call(laptop, { call: 'socket', protocol: 'udp', family: 6 }).socket,
  ];
  if (large === undefined) throw new Error('no socket');
  const send = (socket: SocketId, address: string, count: number) =>
    net.call(laptop, { call: 'sendto', socket, data: encodeText('x'.repeat(count)), address, port: 53 })
      .outcome;
  expect([65507, 65508, 70000].map((count) => send(small, LAPTOP, count))).toEqual([
    'ok',
    'EMSGSIZE',
    'EMSGSIZE',
  ]);
  expect([65527, 65528].map((count) => send(large, '2001:db8::7', count))).toEqual(['ok', 'EMSGSIZE']);
});
