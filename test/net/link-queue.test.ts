// A link with a bandwidth: how long packets take to get out, who waits behind whom, and what a full queue does.
import { describe, expect, test } from 'vitest';
import { checkScenario } from '../../src/check/check-scenario.js';
import { encodeText } from '../../src/wire/bytes.js';
import { encodePacket, sizeOfPacket } from '../../src/wire/packet-bytes.js';
import { type Bound, Internetwork } from '../builders/internetwork.js';
import { MILLI } from '../builders/network.js';

/** With IP and UDP in front of them a thousand bytes: 8 ms at a megabit a second. */
const LOAD = encodeText('x'.repeat(972));
const CID = '203.0.113.9';

function network({ kilobits = 1000, queue = 0 } = {}) {
  const on = (address: string) => ({ on: [['wan', address] as const] });
  const net = new Internetwork({ ana: on('203.0.113.7'), ben: on('203.0.113.8'), cid: on(CID) }, {});
  net.event(() => {
    for (const row of net.world.networks.rows) {
      net.world.networks.kilobits.set(row, kilobits);
      net.world.networks.queueLimit.set(row, queue);
    }
  });
  net.udp('cid', 6000);
  return { net, ana: net.udp('ana', 5000), ben: net.udp('ben', 5000) };
}

/** Datagrams that leave at one instant; in milliseconds, after how long each is delivered, the way itself being one. */
function burst(net: Internetwork, senders: readonly Bound[], data = LOAD): number[] {
  const begin = net.now;
  const known = net.recorder.steps.length;
  for (const { process, socket } of senders)
    net.call(process, { call: 'sendto', socket, data, address: CID, port: 6000 });
  net.settle();
  return net.recorder.steps
    .slice(known)
    .filter(({ facts }) => facts.some(({ kind }) => kind === 'delivered'))
    .map(({ at }) => (at - begin) / MILLI);
}

describe('bandwidth', () => {
  test('is how long the bits of a packet take, and those behind it wait', () => {
    const { net, ana } = network();
    expect(burst(net, [ana, ana, ana])).toEqual([9, 17, 25]);
    const slow = network({ kilobits: 64 });
    expect(burst(slow.net, [slow.ana, slow.ana])).toEqual([126, 251]);
    const open = network({ kilobits: 0 });
    expect(burst(open.net, [open.ana, open.ana])).toEqual([1, 1]);
  });

  test('is each host’s own: nobody waits for what another sends', () => {
    const { net, ana, ben } = network();
    expect(burst(net, [ana, ben, ana, ben])).toEqual([9, 9, 17, 17]);
  });

  test('that nobody has used meanwhile is not saved up, nor owed', () => {
    const { net, ana } = network();
    burst(net, [ana, ana, ana]);
    net.pass(1000 * MILLI);
    expect(burst(net, [ana, ana])).toEqual([9, 17]);
    expect(net.world.transmissions.rows.count).toBe(2);
  });

  test('counts the bytes that a capture has', () => {
    const { net, ana } = network();
    burst(net, [ana], encodeText(''));
    const packets = net.facts('sent').map(({ sent }) => sent.packet);
    net.dial('ana', CID, 81);
    net.udp('ana', 7000);
    for (const { sent } of net.facts('sent')) packets.push(sent.packet);
    expect(packets.length).toBeGreaterThan(3);
    for (const packet of packets) expect(sizeOfPacket(packet)).toBe(encodePacket(packet).length);
  });

  test('puts one copy on the link, however many hear it', () => {
    const { net, ana } = network();
    net.udp('ben', 6000);
    net.call(ana.process, { call: 'setsockopt', socket: ana.socket, options: { mayBroadcast: true } });
    const { process, socket } = ana;
    net.call(process, { call: 'sendto', socket, data: LOAD, address: '203.0.113.255', port: 6000 });
    net.settle();
    expect(net.now).toBe(9 * MILLI);
    expect(net.facts('delivered')).toHaveLength(2);
    expect(net.world.transmissions.rows.count).toBe(1);
  });
});

describe('a queue with an end', () => {
  test('holds so many behind the one that is being sent; what comes then is dropped', () => {
    const { net, ana } = network({ queue: 2 });
    expect(burst(net, [ana, ana, ana, ana, ana])).toEqual([9, 17, 25]);
    const [one, other, ...more] = net.facts('dropped');
    expect([one?.why, one?.host, other?.why]).toEqual(['queue', net.host('ana'), 'queue']);
    expect(more).toEqual([]);
    expect(burst(net, [ana])).toEqual([9]);
  });

  test('steps back with everything else', () => {
    const { net, ana, ben } = network({ queue: 1 });
    burst(net, [ana, ben, ana, ana]);
    const { memory } = net.world;
    const digest = memory.digest();
    memory.seek(0);
    expect(memory.firstLeak()).toBeUndefined();
    memory.seek(memory.end);
    expect(memory.digest()).toBe(digest);
  });

  const scenario = (network: string) => `fourtuple: 1
title: A narrow way
networks: { home: { ${network} } }
hosts:
  laptop: { ip: 10.0.0.7, net: home, runs: firefox }
  web: { ip: 10.0.0.80, net: home, runs: nginx }
script:
  - nginx: { listen: 80 }
  - firefox: { connect: web:80, as: ● }
  - nginx: { accept: 80 }
  - firefox: { setsockopt: { nodelay: true }, using: ● }
  - together:
      - firefox: { send: first, using: ● }
      - firefox: { send: one, using: ● }
      - firefox: { send: two, using: ● }
      - firefox: { send: three, using: ● }
  - wait: 60s
  - nginx: { recv: ●@nginx, max: 5, reads: first }
  - nginx: { recv: ●@nginx, reads: onetwothree }
expect:
  - { delivered: SYN, to: nginx }
`;

  test('in a script is told by its reason, and what was dropped is sent again', () => {
    const narrow = scenario('bandwidth: 100kbit, queue: 1, delay: 5ms');
    const expected = `  - { dropped: tcp laptop:* > web:80 DATA, why: queue, times: 1+ }\n`;
    expect(checkScenario(narrow + expected).verdicts.filter(({ passed }) => !passed)).toEqual([]);
    const wide = checkScenario(scenario('delay: 5ms') + expected);
    expect(wide.problems).toEqual([]);
    expect(wide.exitCode).toBe(1);
  });

  test.each([
    ['bandwidth: 10', 'missing-unit'],
    ['bandwidth: 0kbit', 'missing-unit'],
    ['bandwidth: 10MB', 'missing-unit'],
    ['queue: 3', 'missing-key'],
    ['bandwidth: 1Mbit, queue: 0', 'bad-count'],
  ])('`%s` is told: %s', (written, code) => {
    expect(checkScenario(scenario(written)).problems.map((problem) => problem.code)).toEqual([code]);
  });
});
