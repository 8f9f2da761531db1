// Three readers of one question: the lookup through hash tables, the explanation socket by socket, and a scorer written
// here from the sentence in the textbook. They must name the same socket and rule, for any crowd and any packet.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Explanation, explainDemux } from '../../src/demux/explain.js';
import { findSocket } from '../../src/demux/find.js';
import { DEMUX_RULES, type DemuxRule } from '../../src/demux/rules.js';
import type { FourTuple, Protocol } from '../../src/wire/packet.js';
import type { SocketId } from '../../src/world/tables.js';
import { type Crowd, crowds, gather, questionsFor, tupleOf } from '../builders/crowd.js';
import { fuzz } from './share.js';

interface Verdict {
  readonly rule: string;
  /** All that fit equally well; the last is the one that came last. */
  readonly equals: readonly SocketId[];
}

/** Each number that a socket has chosen must be the packet's; the one that has chosen most wins. */
function bruteForce({ net, order }: Crowd, protocol: Protocol, packet: FourTuple): Verdict | undefined {
  const { sockets } = net.world;
  let best = -1;
  let equals: SocketId[] = [];
  for (const socket of order) {
    if (!sockets.rows.has(socket) || sockets.host.get(socket) !== net.host('box')) continue;
    if (sockets.protocol.get(socket) !== protocol || sockets.state.get(socket) === 'CLOSED') continue;
    const own = tupleOf(net, socket);
    if (own.localPort === 0 || own.localPort !== packet.localPort) continue;
    if (own.localAddress !== '' && own.localAddress !== packet.localAddress) continue;
    const isConnected = own.remoteAddress !== '';
    if (isConnected && own.remoteAddress !== packet.remoteAddress) continue;
    // Linux: a datagram socket that is connected to port 0 hears every port of its peer.
    const isWholeHost = isConnected && protocol === 'udp' && own.remotePort === 0;
    if (isConnected && !isWholeHost && own.remotePort !== packet.remotePort) continue;
    const score = (isWholeHost ? 1 : isConnected ? 2 : 0) + (own.localAddress === '' ? 0 : 1);
    if (score > best) equals = [];
    if (score >= best) equals.push(socket);
    best = Math.max(best, score);
  }
  if (best < 0) return undefined;
  const names = {
    tcp: ['listener-any', 'listener-here', '', 'exact'],
    udp: ['bound-any', 'bound-here', 'connected-host', 'connected'],
  };
  return { rule: names[protocol][best] ?? '', equals };
}

const QUESTIONS = 100;
const worlds = fuzz.share(1_010, 20_000);
const tally = new Map<string, number>();

test(`lookup, explanation and brute force agree on ${worlds * QUESTIONS} packets`, {
  timeout: fuzz.timeout,
}, () => {
  let cases = 0;
  fc.assert(
    fc.property(crowds, fc.nat(), (deeds, seed) => {
      const crowd = gather(deeds);
      const { net, order } = crowd;
      const { sockets } = net.world;
      const host = net.host('box');
      const holders = order.filter(
        (each) =>
          sockets.rows.has(each) && sockets.host.get(each) === host && sockets.localPort.get(each) !== 0,
      );
      for (const { protocol, tuple } of questionsFor(crowd, seed, QUESTIONS)) {
        const found = findSocket(net.world, host, protocol, tuple);
        const explained = explainDemux(net.world, host, protocol, tuple);
        const wanted = bruteForce(crowd, protocol, tuple);
        cases++;
        tally.set(wanted?.rule ?? 'nobody', (tally.get(wanted?.rule ?? 'nobody') ?? 0) + 1);
        const flaw = flawOf(crowd, holders, protocol, tuple, found, wanted, explained);
        if (flaw !== undefined) expect.fail(`${flaw}: ${protocol} ${JSON.stringify(tuple)}`);
      }
    }),
    fuzz.settings('demux', worlds),
  );
  expect(cases).toBeGreaterThanOrEqual(100_000);
  // The crowds are worth asking: every rule wins often, and often nobody does.
  for (const rule of [...DEMUX_RULES.map(({ id }) => id), 'nobody'])
    expect(tally.get(rule) ?? 0, rule).toBeGreaterThan(500);
});

// A scorer that agreed with everything would be no judge.
test('brute force sees every two rules that have changed places', () => {
  const rules = DEMUX_RULES as DemuxRule[];
  const original = [...rules];
  const pairs = original.flatMap((one, at) => {
    const other = original[at + 1];
    return other?.protocol === one.protocol ? [[at, one, other] as const] : [];
  });
  expect(pairs).toHaveLength(5);
  try {
    for (const [at, one, other] of pairs) {
      rules.splice(at, 2, other, one);
      const isSeen = fc.check(
        fc.property(crowds, fc.nat(), (deeds, seed) => {
          const crowd = gather(deeds);
          for (const { protocol, tuple } of questionsFor(crowd, seed, QUESTIONS)) {
            const found = findSocket(crowd.net.world, crowd.net.host('box'), protocol, tuple);
            if (found?.rule !== bruteForce(crowd, protocol, tuple)?.rule) return false;
          }
          return true;
        }),
        { seed: 1122, numRuns: 400, endOnFailure: true },
      ).failed;
      expect(isSeen, `${other.id} before ${one.id}`).toBe(true);
      rules.splice(0, rules.length, ...original);
    }
  } finally {
    rules.splice(0, rules.length, ...original);
  }
});

type Found = ReturnType<typeof findSocket>;

/** What speaks against an answer; undefined if nothing does. */
function flawOf(
  crowd: Crowd,
  holders: readonly SocketId[],
  protocol: Protocol,
  tuple: FourTuple,
  found: Found,
  wanted: Verdict | undefined,
  { winner, candidates }: Explanation,
): string | undefined {
  if (winner?.socket !== found?.socket || winner?.rule !== found?.rule)
    return 'the explanation has another winner';
  if (found?.rule !== wanted?.rule) return `${found?.rule} instead of ${wanted?.rule}`;
  if (found !== undefined && wanted !== undefined) {
    // A group that shares by SO_REUSEPORT may pick any member; else the last one wins.
    const isGroup = wanted.equals.some((each) => crowd.net.world.sockets.sharesPort.get(each));
    const good = isGroup ? wanted.equals : wanted.equals.slice(-1);
    if (!good.includes(found.socket)) return `socket ${found.socket} instead of ${good}`;
  }
  if (candidates.map((each) => each.socket).join() !== holders.join())
    return 'not every candidate once, in order of creation';
  for (const { socket, verdict, field, expected, got } of candidates) {
    const alone = bruteForce({ net: crowd.net, order: [socket] }, protocol, tuple) !== undefined;
    const due = socket === found?.socket ? 'match' : alone ? 'fallback' : 'reject';
    if (verdict !== due) return `${verdict} instead of ${due} for ${socket}`;
    if ((verdict === 'reject') !== (field !== undefined)) return `no field, or one too many, for ${socket}`;
    if (verdict === 'reject' && expected === got)
      return `${field} of ${socket} is said to differ and does not`;
  }
  return undefined;
}
