// Why a packet went where it went, as the panel and `explain` show it: the questions in order, each candidate once.
// The decision is ../demux/explain.ts, read at the position before the step; here it gets words (words/english/reasons.ts). A datagram for many
// has its own: ../demux/explain-takers.ts, and copies-reason.ts.
import { type Candidate, type Explanation, explainDemux } from '../demux/explain.js';
import { explainTakers } from '../demux/explain-takers.js';
import { DEMUX_RULES } from '../demux/rules.js';
import { ACK, type FourTuple, fourTupleOf, has, type Packet, type Protocol, SYN } from '../wire/packet.js';
import type { Fact } from '../world/facts.js';
import { isForManyBy } from '../world/interfaces.js';
import { PROTOCOL_NUMBERS, type World } from '../world/tables.js';
import type { Cast } from './cast.js';
import { copies } from './copies-reason.js';
import {
  addressText,
  type CandidateView,
  type DeliveryReason,
  type EndpointView,
  type PacketView,
  type SocketView,
} from './scene.js';
import { viewSocket } from './views.js';
import { capital, chip, code, type Hole, plain } from './words/telling.js';
import type { Said } from './words/words.js';

export type DecisionFact = Extract<Fact, { kind: 'delivered' | 'refused' }>;

/** `world` stands before the step. */
export function delivery(world: World, cast: Cast, fact: DecisionFact, packet: PacketView): DeliveryReason {
  const { protocol, tuple } = questionOf(fact.sent.packet);
  const { device } = fact;
  if (fact.sent.packet.protocol === 'udp' && isForManyBy(world, fact.host, tuple.localAddress, device)) {
    const taking = explainTakers(world, fact.host, tuple, device);
    const seen = taking.map((each) => viewCandidate(world, cast, each, 'copy'));
    const asked = [
      askProtocol(cast, protocol, seen, fact.sent.packet),
      askPort(cast, fact.sent.packet, tuple, seen),
    ];
    return copies(cast, fact, packet, seen, asked);
  }
  const explained = withoutTimeWait(fact, explainDemux(world, fact.host, protocol, tuple, device));
  const candidates = explained.candidates.map((each) =>
    viewCandidate(world, cast, each, explained.winner?.rule),
  );
  const isRefused = fact.kind === 'refused';
  const winner = explained.winner?.socket;
  const reason = { candidates, rule: explained.winner?.rule, winner };
  const taker = candidates.find((each) => each.socket.id === winner)?.socket;
  return {
    kind: 'delivery',
    host: fact.host,
    packet,
    headline: headline(cast, fact, packet, taker, reason.rule, candidates).parts,
    questions: [
      askProtocol(cast, protocol, candidates, fact.sent.packet),
      askPort(cast, fact.sent.packet, tuple, candidates),
      askConversation(cast, candidates, theirEnd(cast, fact, packet), taker),
      conclude(world, cast, fact, taker, candidates),
    ],
    ...reason,
    answer: isRefused ? fact.answer : 'delivered',
  };
}

/**
 * RFC 9293 §3.6.1: a TIME-WAIT gives way to a SYN if somebody listens. The lookup found it, the delivery (../host/deliver.ts)
 * went on to the listener; so the fact says who took it, and the one that was found first made room.
 */
function withoutTimeWait(fact: DecisionFact, explained: Explanation): Explanation {
  const { winner, candidates } = explained;
  if (fact.kind !== 'delivered' || winner === undefined || winner.socket === fact.socket) return explained;
  const rule = DEMUX_RULES.find((each) => each.id === fact.rule)?.id ?? winner.rule;
  return {
    winner: { socket: fact.socket, rule },
    candidates: candidates.map((each): Candidate => {
      if (each.socket === fact.socket) return { ...each, verdict: 'match' };
      if (each.socket !== winner.socket) return each;
      return { ...each, verdict: 'reject', field: 'state', expected: 'LISTEN', got: 'TIME-WAIT' };
    }),
  };
}

/** What the host asks the rules: the packet's own four numbers, or for an ICMP error those of the packet it quotes. */
export function questionOf(packet: Packet): { protocol: Protocol; tuple: FourTuple } {
  if (packet.protocol !== 'icmp') return { protocol: packet.protocol, tuple: fourTupleOf(packet) };
  const { quoted } = packet;
  return {
    protocol: quoted.protocol,
    tuple: {
      localAddress: quoted.source,
      localPort: quoted.sourcePort,
      remoteAddress: quoted.destination,
      remotePort: quoted.destinationPort,
    },
  };
}

function viewCandidate(
  world: World,
  cast: Cast,
  candidate: Candidate,
  rule: string | undefined,
): CandidateView {
  const { socket, ...rest } = candidate;
  const view = viewSocket(world, cast, socket);
  return { ...rest, socket: view, words: plain(words(cast, candidate, view, rule).parts) };
}

/** At most four words. */
function words(cast: Cast, candidate: Candidate, socket: SocketView, rule: string | undefined): Said {
  const { verdict, question, field, got, expected } = candidate;
  if (verdict === 'match' && rule === 'copy') return cast.say('verdict.copy');
  if (verdict === 'match' && (rule === 'exact' || rule === 'connected')) return cast.say('verdict.exact');
  if (verdict === 'match') return cast.say(socket.protocol === 'udp' ? 'verdict.any' : 'verdict.newcomers');
  if (verdict === 'fallback' && question === 'member') return cast.say('verdict.equal');
  if (verdict === 'fallback')
    return socket.state === 'LISTEN'
      ? cast.say('verdict.listen', { state: 'LISTEN' })
      : cast.say('verdict.less');
  switch (field) {
    case 'protocol':
      return cast.say('verdict.protocol');
    case 'local address':
      if (got === 'not joined') return cast.say('verdict.not joined');
      return got === 'IPv4' || got === 'IPv6'
        ? cast.say('verdict.family', { family: got })
        : cast.say('verdict.address');
    case 'device':
      return cast.say('verdict.device');
    case 'remote address':
      return cast.say('verdict.host');
    case 'state':
      return got === 'TIME-WAIT' ? cast.say('verdict.gives-way', { state: got }) : cast.say('verdict.state');
    default:
      return cast.say('verdict.port', { got, expected });
  }
}

function headline(
  cast: Cast,
  fact: DecisionFact,
  packet: PacketView,
  taker: SocketView | undefined,
  rule: string | undefined,
  candidates: readonly CandidateView[],
): Said {
  const { port } = packet.destination;
  const isDatagram = packet.protocol === 'udp';
  const place = { protocol: packet.protocol.toUpperCase(), port, isDatagram };
  if (packet.protocol === 'icmp') return cast.say('why.icmp');
  const near = candidates.filter((each) => each.question !== 'protocol' && each.socket.local.port === port);
  if (fact.kind === 'refused' && taker === undefined)
    return cast.say(near.length > 0 ? 'why.not-for-this' : 'why.nobody', place);
  if (fact.kind === 'refused')
    return cast.say(hasNoRoom(fact, taker) ? 'why.full' : 'why.unwilling', { port });
  if (rule === 'exact' || rule === 'connected') return cast.say('why.exact', { isDatagram });
  if (candidates.filter((each) => each.verdict !== 'reject').length > 1)
    return cast.say(taker?.local.address === '*' ? 'why.equals' : 'why.most', { isDatagram });
  if (candidates.some(isGivingWay)) return cast.say('why.timewait', { state: code('TIME-WAIT') });
  return cast.say(isDatagram ? 'why.unconnected' : 'why.listener', { port });
}

type Asked = DeliveryReason['questions'][number];

function askProtocol(
  cast: Cast,
  protocol: Protocol,
  candidates: readonly CandidateView[],
  packet: Packet,
): Asked {
  const aside = candidates.filter((each) => each.question === 'protocol');
  const { parts } = cast.say('answer.protocol', {
    isQuoted: packet.protocol === 'icmp',
    number: PROTOCOL_NUMBERS[protocol],
    protocol: protocol.toUpperCase(),
    other: protocol === 'tcp' ? 'UDP' : 'TCP',
    count: aside.length,
  });
  return { id: 'protocol', title: cast.phrase('ask.protocol'), answer: parts, candidates: aside };
}

function askPort(cast: Cast, packet: Packet, tuple: FourTuple, candidates: readonly CandidateView[]): Asked {
  const aside = candidates.filter((each) => each.question === 'local port');
  const left = candidates.filter((each) => each.question !== 'protocol' && each.question !== 'local port');
  const { parts } = cast.say('answer.port', {
    isQuoted: packet.protocol === 'icmp',
    port: tuple.localPort,
    found: holders(cast, left),
    aside: [...new Set(aside.map((each) => whose(cast, each)))],
  });
  return { id: 'local port', title: cast.phrase('ask.local port'), answer: parts, candidates: aside };
}

/** `two sockets of wide and narrow hold it`, `three sockets hold it, those of nginx, and one connection without a process`. */
function holders(cast: Cast, left: readonly CandidateView[]): string {
  const count = left.length;
  if (count === 0) return cast.phrase('holds.none');
  const names = [...new Set(left.flatMap(({ socket }) => socket.process?.name ?? []))];
  const alone = left.filter(({ socket }) => socket.process === undefined).length;
  if (alone === 0) return cast.phrase('holds.all', { count, names });
  if (names.length === 0) return cast.phrase('holds.alone', { count });
  return cast.phrase('holds.both', { count, alone, names });
}

function whose(cast: Cast, { socket: { process, local }, field }: CandidateView): string {
  const where =
    field === 'local address' ? `${addressText(local.address)}:${local.port}` : String(local.port);
  return cast.phrase('aside.on', { who: process?.name ?? cast.phrase('aside.connection'), where });
}

/** Where the packet comes from; of an ICMP error, where the packet that it quotes was to go. */
function theirEnd(cast: Cast, { host, sent }: DecisionFact, packet: PacketView): EndpointView {
  if (sent.packet.protocol !== 'icmp') return packet.source;
  const { destination, destinationPort } = sent.packet.quoted;
  return cast.endpoint(destination, destinationPort, host);
}

function askConversation(
  cast: Cast,
  candidates: readonly CandidateView[],
  source: EndpointView,
  taker: SocketView | undefined,
): Asked {
  const left = candidates.filter((each) => each.question === 'conversation' || each.question === 'member');
  const from = chip(source);
  const answer =
    left.length === 0
      ? cast.say('answer.nobody-left')
      : cast.say(taker === undefined ? 'answer.none-fits' : 'answer.compared', { from });
  return {
    id: 'conversation',
    title: cast.phrase('ask.conversation'),
    answer: answer.parts,
    candidates: left,
  };
}

function conclude(
  world: World,
  cast: Cast,
  fact: DecisionFact,
  taker: SocketView | undefined,
  candidates: readonly CandidateView[],
): Asked {
  const id = 'deliver';
  if (fact.kind === 'refused') {
    const title = cast.phrase(fact.answer === 'silence' ? 'ask.drop' : 'ask.refuse');
    return { id, title, answer: refusal(world, cast, fact, taker).parts, candidates: [] };
  }
  if (fact.created !== undefined)
    return {
      id,
      title: cast.phrase('ask.create'),
      answer: cast.say('answer.create').parts,
      candidates: [],
    };
  return {
    id,
    title: cast.phrase('ask.deliver'),
    answer: handedTo(cast, fact, taker, candidates).parts,
    candidates: [],
  };
}

function refusal(
  world: World,
  cast: Cast,
  fact: Extract<DecisionFact, { kind: 'refused' }>,
  taker: SocketView | undefined,
): Said {
  const host = capital(world.hosts.name.get(fact.host));
  const answer = {
    rst: () => cast.say('answer.rst', { host, flag: code('RST') }),
    icmp: () => cast.say('answer.icmp', { host, error: code('port unreachable') }),
    silence: () => cast.say('answer.silence'),
  }[fact.answer]();
  if (taker === undefined) return answer;
  return cast.say('answer.unwilling', { why: whyUnwilling(cast, fact, taker), answer: answer.parts });
}

function handedTo(
  cast: Cast,
  { sent: { packet } }: DecisionFact,
  taker: SocketView | undefined,
  candidates: readonly CandidateView[],
): Said {
  if (taker?.process === undefined)
    return cast.say('answer.ownerless', { mark: taker?.mark, isOver: isOver(taker) });
  const to = { who: taker.process.name, descriptor: taker.descriptor };
  if (packet.protocol === 'icmp' || packet.payload.length === 0) return cast.say('answer.news', to);
  const isListening = candidates.some(
    (each) => each.verdict === 'fallback' && each.socket.state === 'LISTEN',
  );
  return cast.say('answer.bytes', { ...to, isListening });
}

/** A newcomer's SYN that the listener would take at another time. */
function hasNoRoom({ sent: { packet } }: DecisionFact, taker: SocketView | undefined): boolean {
  return taker?.state === 'LISTEN' && packet.protocol === 'tcp' && has(packet, SYN) && !has(packet, ACK);
}

/** The accept queue holds backlog + 1, and so does the queue of half-open connections (Linux). */
function whyUnwilling(cast: Cast, fact: DecisionFact, taker: SocketView): Hole {
  if (!hasNoRoom(fact, taker)) return cast.phrase('unwilling.state', { state: taker.state });
  const { queued, backlog } = taker;
  return queued <= backlog
    ? cast.phrase('unwilling.half', { backlog })
    : cast.phrase('unwilling.full', { count: queued, backlog });
}

/** A TIME-WAIT that had all four numbers and made room for a new SYN. */
export function isGivingWay({ verdict, field, got }: CandidateView): boolean {
  return verdict === 'reject' && field === 'state' && got === 'TIME-WAIT';
}

/** Left over when its program had closed it. */
export function isOver(socket: SocketView | undefined): boolean {
  return socket !== undefined && OVER.has(socket.state);
}
const OVER: ReadonlySet<SocketView['state']> = new Set([
  'FIN-WAIT-1',
  'FIN-WAIT-2',
  'CLOSING',
  'LAST-ACK',
  'TIME-WAIT',
]);
