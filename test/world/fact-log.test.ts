import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeText } from '../../src/wire/bytes.js';
import type { Packet } from '../../src/wire/packet.js';
import { FactLog } from '../../src/world/fact-log.js';
import { type Fact, SEND_REASONS, type Sent } from '../../src/world/facts.js';
import { PackedFacts } from '../../src/world/packed-facts.js';
import type { HostId, ProcessId, SocketId } from '../../src/world/tables.js';

const addresses = fc.constantFrom('10.0.0.1', '10.0.0.2', '2001:db8::1', '255.255.255.255');
const port = fc.integer({ min: 0, max: 65_535 });
const word = fc.oneof(fc.constantFrom(0, 1, 2 ** 31, 2 ** 32 - 1), fc.integer({ min: 0, max: 2 ** 32 - 1 }));
const id = fc.integer({ min: 1, max: 2 ** 31 - 1 });
const maybe = <Value>(some: fc.Arbitrary<Value>) => fc.option(some, { nil: undefined });
const ported = {
  source: addresses,
  destination: addresses,
  ttl: fc.constantFrom(undefined, undefined, undefined, 1, 64),
  sourcePort: port,
  destinationPort: port,
  payload: fc.string({ maxLength: 4 }).map(encodeText),
};
const segment = fc.record({
  protocol: fc.constant('tcp' as const),
  ...ported,
  sequence: word,
  acknowledgment: word,
  flags: fc.integer({ min: 0, max: 255 }),
  window: port,
  mss: maybe(port),
});
const datagram = fc.record({ protocol: fc.constant('udp' as const), ...ported });
const error = fc.record({
  protocol: fc.constant('icmp' as const),
  source: addresses,
  destination: addresses,
  error: fc.constant('port-unreachable' as const),
  quoted: datagram,
});
const packet: fc.Arbitrary<Packet> = fc.oneof(segment, segment, datagram, error);

/** What becomes of one packet: sent, and then some of the rest; sometimes as a router has written it anew. */
const stories = fc.array(
  fc.record({
    packet,
    host: id,
    to: maybe(id),
    socket: maybe(id),
    conversation: maybe(id),
    isAlike: fc.boolean(),
    isRetry: fc.boolean(),
    why: maybe(fc.constantFrom(...SEND_REASONS)),
    isRewritten: fc.boolean(),
    created: fc.constantFrom(undefined, undefined, 7),
    heard: maybe(fc.subarray(['ACK_NEW', 'TEXT', 'FIN'])),
    event: maybe(fc.constantFrom('SYN', 'CLOSE')),
  }),
  { maxLength: 60 },
);
type Story = typeof stories extends fc.Arbitrary<(infer One)[]> ? One : never;

function factsOf(all: readonly Story[]): Fact[] {
  return all.flatMap((story, index): Fact[] => {
    const host = story.host as HostId;
    const socket = story.socket as SocketId | undefined;
    const to = story.to as HostId | undefined;
    const sent: Sent = {
      number: index + 1,
      packet: story.packet,
      host,
      socket,
      conversation: story.conversation as Sent['conversation'],
      owners: { source: story.isAlike ? host : undefined, destination: to },
      passage: undefined,
    };
    const passage = { from: sent, before: story.packet, rewrites: [] };
    const arrived: Sent = story.isRewritten ? { ...sent, passage } : sent;
    const by = { host, sent: arrived, device: 'eth0', socket: 5 as SocketId, rule: 'exact' };
    const created = story.created as SocketId | undefined;
    return [
      { kind: 'sent', host, sent, to, isRetry: story.isRetry, why: story.why },
      { kind: 'called', call: 'send', process: 3 as ProcessId, socket, outcome: 'ok' },
      { kind: 'arrived', host, sent: arrived },
      { kind: 'delivered', ...by, created, heard: story.heard },
      {
        kind: 'state',
        socket: 9 as SocketId,
        from: 'LISTEN',
        to: 'SYN-RECEIVED',
        ...(story.event ? { event: story.event } : {}),
      },
    ];
  });
}

describe('packed facts', () => {
  // A field that has no place, a bit that runs over into its neighbour, a zero that is none.
  test('are the same facts when they are read again', () => {
    fc.assert(
      fc.property(stories, (all) => {
        const facts = factsOf(all);
        const packed = new PackedFacts();
        for (const fact of facts) packed.add(fact);
        expect(packed.between(0, facts.length)).toEqual(facts);
        const middle = facts.length >> 1;
        expect(packed.takeBack(middle)).toEqual(facts.slice(middle));
        for (const fact of facts.slice(middle)) packed.add(fact);
        expect(packed.between(1, facts.length)).toEqual(facts.slice(1));
      }),
      { seed: 2601, numRuns: 100 },
    );
  });

  test('keep a packet one object over the facts of one look', () => {
    const [story] = fc.sample(
      stories.filter((all) => all[0]?.packet.protocol === 'tcp'),
      { seed: 1, numRuns: 1 },
    );
    const packed = new PackedFacts();
    for (const fact of factsOf((story ?? []).slice(0, 1).map((one) => ({ ...one, isRewritten: false }))))
      packed.add(fact);
    const sents = packed.between(0, packed.length).flatMap((fact) => ('sent' in fact ? [fact.sent] : []));
    expect(new Set(sents).size).toBe(1);
  });
});

describe('the fact log', () => {
  const freed = (port: number): Fact => ({ kind: 'freed', socket: 1 as SocketId, port });

  test('gives any stretch in order, packed or not, whatever was put in between', () => {
    const log = new FactLog();
    const facts: Fact[] = [];
    for (let count = 0; count < 5000; count++) {
      const place = Math.max(0, facts.length - (count % 7) * (count % 500 === 0 ? 400 : 1));
      if (count % 3 === 0) {
        log.insert(place, freed(count));
        facts.splice(place, 0, freed(count));
      } else {
        log.add(freed(count));
        facts.push(freed(count));
      }
    }
    expect(log.length).toBe(facts.length);
    for (const [from, to] of [
      [0, 5000],
      [10, 20],
      [3000, 4500],
      [4990, 5000],
      [700, 700],
    ] as const)
      expect(log.between(from, to)).toEqual(facts.slice(from, to));
  });

  test('finds the last arrival among the last thousand facts only', () => {
    const log = new FactLog();
    const packet = {
      protocol: 'udp',
      source: '1.1.1.1',
      destination: '2.2.2.2',
      sourcePort: 1,
      destinationPort: 2,
      payload: encodeText(''),
    } as const;
    const host = 4 as HostId;
    const sent: Sent = {
      number: 1,
      packet,
      host,
      socket: undefined,
      conversation: undefined,
      owners: { source: host, destination: host },
    };
    log.add({ kind: 'arrived', host, sent });
    for (let count = 0; count < 999; count++) log.add(freed(count));
    expect(log.lastArrival(host, () => true)).toBe(sent);
    log.add(freed(999));
    expect(log.lastArrival(host, () => true)).toBeUndefined();
  });
});
