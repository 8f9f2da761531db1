// Why a packet went where it went, as the panel and `explain` show it: the questions in order, each candidate once.
// The decision is ../demux/explain.ts, read at the position before the step; here it only gets words. A datagram for many
// has its own: ../demux/explain-takers.ts, and copies-reason.ts.
import { type Candidate, type Explanation, explainDemux } from '../demux/explain.js';
import { explainTakers } from '../demux/explain-takers.js';
import { DEMUX_RULES } from '../demux/rules.js';
import { ACK, type FourTuple, fourTupleOf, has, type Packet, type Protocol, SYN } from '../wire/packet.js';
import type { Fact } from '../world/facts.js';
import { isForManyBy } from '../world/interfaces.js';
import { type HostId, PROTOCOL_NUMBERS, type World } from '../world/tables.js';
import type { Cast } from './cast.js';
import { copies } from './copies-reason.js';
import { capital, chip, code, counted, listed, sign, strong, text } from './parts.js';
import {
  addressText,
  type CandidateView,
  type DeliveryReason,
  type EndpointView,
  type PacketView,
  type Part,
  type SocketView,
} from './scene.js';
import { viewSocket } from './views.js';

export type DecisionFact = Extract<Fact, { kind: 'delivered' | 'refused' }>;

/** `world` stands before the step. */
export function delivery(world: World, cast: Cast, fact: DecisionFact, packet: PacketView): DeliveryReason {
  const { protocol, tuple } = questionOf(fact.sent.packet);
  const { device } = fact;
  if (fact.sent.packet.protocol === 'udp' && isForManyBy(world, fact.host, tuple.localAddress, device)) {
    const taking = explainTakers(world, fact.host, tuple, device);
    const seen = taking.map((each) => viewCandidate(world, cast, each, 'copy'));
    const asked = [askProtocol(protocol, seen, fact.sent.packet), askPort(fact.sent.packet, tuple, seen)];
    return copies(fact, packet, seen, asked);
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
    headline: headline(fact, packet, taker, reason.rule, candidates),
    questions: [
      askProtocol(protocol, candidates, fact.sent.packet),
      askPort(fact.sent.packet, tuple, candidates),
      askConversation(candidates, theirEnd(cast, fact, packet), taker),
      conclude(world, fact, taker, candidates),
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
  return { ...rest, socket: view, words: words(candidate, view, rule) };
}

/** At most four words. */
function words(candidate: Candidate, socket: SocketView, rule: string | undefined): string {
  if (candidate.verdict === 'match' && rule === 'copy') return 'gets a copy';
  if (candidate.verdict === 'match' && (rule === 'exact' || rule === 'connected')) return 'all four';
  if (candidate.verdict === 'match')
    return socket.protocol === 'udp' ? 'takes any sender' : 'takes newcomers';
  if (candidate.verdict === 'fallback' && candidate.question === 'member') return 'equal, not picked';
  if (candidate.verdict === 'fallback')
    return socket.state === 'LISTEN' ? 'LISTEN · fallback' : 'less specific';
  switch (candidate.field) {
    case 'protocol':
      return 'other protocol';
    case 'local address':
      return ADDRESS_WORDS[candidate.got] ?? 'other local address';
    case 'device':
      return 'other interface';
    case 'remote address':
      return 'other host';
    case 'state':
      return candidate.got === 'TIME-WAIT' ? 'TIME-WAIT gives way' : 'not listening';
    default:
      return `port ${candidate.got} ≠ ${candidate.expected}`;
  }
}

const ADDRESS_WORDS: Readonly<Record<string, string>> = {
  'not joined': 'has not joined',
  IPv4: 'IPv4 only',
  IPv6: 'IPv6 only',
};

function headline(
  fact: DecisionFact,
  packet: PacketView,
  taker: SocketView | undefined,
  rule: string | undefined,
  candidates: readonly CandidateView[],
): readonly Part[] {
  const thing = packet.protocol === 'udp' ? 'datagram' : 'segment';
  if (packet.protocol === 'icmp') return text`The error finds its socket by the ports quoted inside it.`;
  const near = candidates.filter(
    (each) => each.question !== 'protocol' && each.socket.local.port === packet.destination.port,
  );
  if (fact.kind === 'refused' && taker === undefined && near.length > 0)
    return text`${packet.protocol.toUpperCase()} port ${packet.destination.port} is held here, but not for this: nobody can take the ${thing}.`;
  if (fact.kind === 'refused' && taker === undefined)
    return text`Nothing here holds ${packet.protocol.toUpperCase()} port ${packet.destination.port}, so nobody can take the ${thing}.`;
  if (fact.kind === 'refused' && hasNoRoom(fact, taker))
    return text`The listener on port ${packet.destination.port} is the one, and it has no room for another newcomer.`;
  if (fact.kind === 'refused')
    return text`The socket on port ${packet.destination.port} is the only one that fits, and it does not want this.`;
  if (rule === 'exact' || rule === 'connected')
    return text`The ${thing} carries four numbers. Only one socket has the same four.`;
  if (candidates.filter((each) => each.verdict !== 'reject').length > 1)
    return taker?.local.address === '*'
      ? text`Several sockets fit, and none says more about this ${thing} than the other.`
      : text`Several sockets fit. The one that says most about this ${thing} gets it.`;
  if (candidates.some(isGivingWay))
    return text`An old conversation with these four numbers is in ${code('TIME-WAIT')}. It gives way to a new SYN.`;
  if (packet.protocol === 'udp')
    return text`No socket is connected to this sender, so the one bound to port ${packet.destination.port} gets it.`;
  return text`Nobody has these four numbers yet, so the socket that takes newcomers on port ${packet.destination.port} gets it.`;
}

type Asked = DeliveryReason['questions'][number];

function askProtocol(protocol: Protocol, candidates: readonly CandidateView[], packet: Packet): Asked {
  const aside = candidates.filter((each) => each.question === 'protocol');
  const other = protocol === 'tcp' ? 'UDP' : 'TCP';
  const quoted = packet.protocol === 'icmp' ? 'The quoted header says ' : 'IP says ';
  const rest =
    aside.length === 0
      ? `This host has no ${other} socket.`
      : `${capital(counted(aside.length, `${other} socket`))} ${aside.length === 1 ? 'is' : 'are'} not asked: ${other} ports are a separate set.`;
  return {
    id: 'protocol',
    title: 'Which protocol?',
    answer: text`${quoted}${strong(`${PROTOCOL_NUMBERS[protocol]} = ${protocol.toUpperCase()}`)}. ${rest}`,
    candidates: aside,
  };
}

function askPort(packet: Packet, tuple: FourTuple, candidates: readonly CandidateView[]): Asked {
  const aside = candidates.filter((each) => each.question === 'local port');
  const left = candidates.filter((each) => each.question !== 'protocol' && each.question !== 'local port');
  const found = left.length === 0 ? 'no socket here holds it.' : `${holders(left)}.`;
  const others = [...new Set(aside.map((each) => whose(each)))].join(', ');
  const asked = packet.protocol === 'icmp' ? 'The quoted source port' : 'Destination port';
  return {
    id: 'local port',
    title: 'Which local port?',
    answer: text`${asked} ${strong(String(tuple.localPort))}: ${found}${others === '' ? '' : ` Put aside: ${others}.`}`,
    candidates: aside,
  };
}

/** `two sockets of wide and narrow hold it`, `three sockets hold it, those of nginx, and one connection without a process`. */
function holders(left: readonly CandidateView[]): string {
  const names = [...new Set(left.flatMap(({ socket }) => socket.process?.name ?? []))];
  const alone = left.filter(({ socket }) => socket.process === undefined).length;
  const [all, hold] = [counted(left.length, 'socket'), left.length === 1 ? 'holds' : 'hold'];
  if (alone === 0) return `${all} of ${listed(names)} ${hold} it`;
  if (names.length === 0) return `${all} ${hold} it, and no process has ${left.length === 1 ? 'it' : 'them'}`;
  return `${all} hold it, ${left.length - alone === 1 ? 'that' : 'those'} of ${listed(names)}, and ${counted(alone, 'connection')} without a process`;
}

function whose({ socket, field }: CandidateView): string {
  const where =
    field === 'local address'
      ? `${addressText(socket.local.address)}:${socket.local.port}`
      : String(socket.local.port);
  return `${socket.process?.name ?? 'a connection'} on ${where}`;
}

/** Where the packet comes from; of an ICMP error, where the packet that it quotes was to go. */
function theirEnd(cast: Cast, { host, sent }: DecisionFact, packet: PacketView): EndpointView {
  if (sent.packet.protocol !== 'icmp') return packet.source;
  const { destination, destinationPort } = sent.packet.quoted;
  return cast.endpoint(destination, destinationPort, host);
}

function askConversation(
  candidates: readonly CandidateView[],
  source: EndpointView,
  taker: SocketView | undefined,
): Asked {
  const left = candidates.filter((each) => each.question === 'conversation' || each.question === 'member');
  const answer =
    left.length === 0
      ? text`Nobody is left to ask.`
      : taker === undefined
        ? text`None of them fits ${chip(source)}.`
        : text`Compared with their end of each: ${chip(source)}.`;
  return { id: 'conversation', title: 'Whose conversation?', answer, candidates: left };
}

function conclude(
  world: World,
  fact: DecisionFact,
  taker: SocketView | undefined,
  candidates: readonly CandidateView[],
): Asked {
  const id = 'deliver';
  if (fact.kind === 'refused') {
    const title = fact.answer === 'silence' ? 'Drop' : 'Refuse';
    const answer = {
      rst: text`${hostName(world, fact.host)} answers with a ${code('RST')}: the sender learns that nobody is there.`,
      icmp: text`${hostName(world, fact.host)} answers with ICMP ${code('port unreachable')}, which quotes the datagram.`,
      silence: text`Nothing is answered.`,
    }[fact.answer];
    const unwilling = taker === undefined ? [] : whyUnwilling(fact, taker);
    return { id, title, answer: [...unwilling, ...answer], candidates: [] };
  }
  if (fact.created !== undefined)
    return {
      id,
      title: 'Create',
      answer: text`A new socket is made for this conversation, on the ${strong('same local port')}. The listener stays as it is.`,
      candidates: [],
    };
  const mark = sign(taker?.mark, 'this socket');
  if (taker?.process === undefined)
    return {
      id,
      title: 'Deliver',
      answer: text`It belongs to ${mark}, a connection ${ownerless(taker)}.`,
      candidates: [],
    };
  const { packet } = fact.sent;
  const hasPayload = packet.protocol !== 'icmp' && packet.payload.length > 0;
  const what = hasPayload ? 'The bytes join the receive queue of' : 'It is news for';
  const listener =
    hasPayload && candidates.some((each) => each.verdict === 'fallback' && each.socket.state === 'LISTEN')
      ? ' The listener is not involved: it is for new conversations.'
      : '';
  return {
    id,
    title: 'Deliver',
    answer: text`${what} ${taker.process.name}, descriptor ${taker.descriptor}.${listener}`,
    candidates: [],
  };
}

/** A newcomer's SYN that the listener would take at another time. */
function hasNoRoom({ sent: { packet } }: DecisionFact, taker: SocketView | undefined): boolean {
  return taker?.state === 'LISTEN' && packet.protocol === 'tcp' && has(packet, SYN) && !has(packet, ACK);
}

/** The accept queue holds backlog + 1, and so does the queue of half-open connections (Linux). */
function whyUnwilling(fact: DecisionFact, taker: SocketView): readonly Part[] {
  if (!hasNoRoom(fact, taker)) return text`${taker.state} takes a SYN and nothing else. `;
  const { queued, backlog } = taker;
  if (queued <= backlog)
    return text`Handshakes that are not finished fill its queue: a backlog of ${backlog} lets ${backlog + 1} in. `;
  return text`${capital(counted(queued, 'connection'))} wait to be accepted: a backlog of ${backlog} lets ${backlog + 1} in. The caller tries again later. `;
}

/** A TIME-WAIT that had all four numbers and made room for a new SYN. */
export function isGivingWay({ verdict, field, got }: CandidateView): boolean {
  return verdict === 'reject' && field === 'state' && got === 'TIME-WAIT';
}

/** What a connection without a process is: not accepted yet, or left over when its program had closed it. */
export function ownerless(socket: SocketView | undefined): string {
  return isOver(socket) ? 'that no process holds any more' : 'that nobody has accepted';
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

function hostName(world: World, host: HostId): string {
  return capital(world.hosts.name.get(host));
}
