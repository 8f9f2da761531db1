// Which message tells of an arrival: a packet has reached a host, and somebody gets it. What nobody gets:
// refusal-sentence.ts; what is out of order: segment-sentence.ts; routers: router-sentence.ts.
// Wording: words/english/arrivals.ts.
import { decodeText } from '../wire/bytes.js';
import { ACK, FIN, has, type Packet, RST, SYN } from '../wire/packet.js';
import { ERRNOS } from '../world/errno.js';
import type { Fact } from '../world/facts.js';
import { chosenOf, fitting, onPort, others, owner } from './choice-words.js';
import { groupOf, takerNames } from './copies-reason.js';
import { isGivingWay, isOver } from './delivery-reason.js';
import { dropped, refused, sourceOf } from './refusal-sentence.js';
import { passedOn } from './router-sentence.js';
import type { DeliveryReason, Part, SocketView } from './scene.js';
import { oddSentence } from './segment-sentence.js';
import { deliveryReasonOf, hostName, type Told } from './told.js';
import { payloadLine } from './transfer-sentence.js';
import { chip, code, type Hole } from './words/telling.js';
import type { Said } from './words/words.js';

type Delivered = Extract<Fact, { kind: 'delivered' }>;

/** What most sentences about an arrival name: who had it sent, where it is now, who gets it there. */
interface Arrival {
  readonly from: Part;
  readonly host: string;
  readonly taker: SocketView | undefined;
  readonly reason: DeliveryReason | undefined;
}

export function arrivalSentence(told: Told): Said {
  for (const fact of told.step.facts) {
    if (fact.kind === 'delivered') return delivered(told, fact);
    if (fact.kind === 'refused') return refused(told, fact);
    if (fact.kind === 'dropped') return dropped(told, fact);
    if (fact.kind === 'sent' && fact.sent.passage?.from !== undefined) return passedOn(told, fact.sent);
  }
  return told.cast.say('arrive.unknown');
}

function delivered(told: Told, fact: Delivered): Said {
  const { cast } = told;
  const { packet } = fact.sent;
  const reason = deliveryReasonOf(told);
  const taker = reason?.candidates.find((each) => each.socket.id === reason.winner)?.socket;
  const host = hostName(told, fact.host);
  const from = chip(sourceOf(told, fact.sent));
  const arrival = { from, host, taker, reason };
  if (packet.protocol === 'icmp') return complaint(told, packet.error, arrival);
  if (fact.rule === 'broadcast' || fact.rule === 'multicast') return copied(told, packet, arrival);
  if (packet.protocol === 'udp') return datagram(told, packet, arrival);
  const odd = oddSentence(told, fact, packet, taker, from, host);
  if (odd !== undefined) return odd;
  if (has(packet, RST)) return reset(told, fact, arrival);
  if (has(packet, SYN) && !has(packet, ACK) && taker?.state === 'SYN-SENT')
    return cast.say('arrive.crossing', { from, host, was: code('SYN-SENT'), now: code('SYN-RECEIVED') });
  if (has(packet, SYN) && !has(packet, ACK)) return knock(told, packet.destinationPort, arrival);
  if (has(packet, SYN))
    return cast.say('arrive.synack', { from, host, mark: taker?.mark, who: owner(cast, taker) });
  if (has(packet, FIN)) return farewell(told, arrival);
  if (packet.payload.length > 0) return data(told, packet, arrival);
  return acknowledgement(told, arrival);
}

/** An ICMP error has found its socket: a call that waits comes back, the next one is told, or nobody is (soft errors). */
function complaint(told: Told, kind: string, { taker, host }: Arrival): Said {
  const { cast } = told;
  const [error, who] = [code(kind.replace('-', ' ')), owner(cast, taker)];
  const result = returned(told);
  if (result !== undefined) return cast.say('arrive.icmp.returns', { error, host, who, result });
  const news = told.step.facts.find((each) => each.kind === 'told');
  return news?.kind === 'told'
    ? cast.say('arrive.icmp.later', { error, host, who, errno: code(news.errno) })
    : cast.say('arrive.icmp.soft', { error, host, who });
}

/** Nothing more is said: the peer has gone, or never was there. */
function reset(told: Told, fact: Delivered, { from, host, taker }: Arrival): Said {
  const { cast } = told;
  const [who, mark] = [owner(cast, taker), taker?.mark];
  const result = returned(told);
  if (result !== undefined) return cast.say('arrive.rst.returns', { from, host, who, result });
  if (taker !== undefined && taker.process === undefined && isOver(taker))
    return cast.say('arrive.rst.orphan', { from, host, mark });
  const news = told.step.facts.find((each) => each.kind === 'told' && each.socket === fact.socket);
  return news?.kind === 'told'
    ? cast.say('arrive.rst.later', { from, host, mark, who, errno: code(news.errno) })
    : cast.say('arrive.rst', { from, host, mark });
}

/** The other side has said all it has to say. */
function farewell(told: Told, { from, host, taker }: Arrival): Said {
  const { cast } = told;
  const change = told.step.facts.find((each) => each.kind === 'state');
  const args = { from, host, mark: taker?.mark };
  if (change?.kind !== 'state') return cast.say('arrive.fin', args);
  if (change.to === 'TIME-WAIT')
    return cast.say('arrive.fin.last', { ...args, state: code('TIME-WAIT'), news: comesBack(told) });
  return cast.say('arrive.fin.state', { ...args, was: code(change.from), now: code(change.to) });
}

/** A SYN for a listener: the first of a conversation. */
function knock(told: Told, port: number, { from, host, taker, reason }: Arrival): Said {
  const { cast } = told;
  const listeners = fitting(reason);
  if (listeners.length > 1)
    return cast.say('arrive.syn.several', { from, host, choice: chosenOf(told, listeners, taker) });
  const who = owner(cast, taker);
  if (reason?.candidates.some(isGivingWay))
    return cast.say('arrive.syn.timewait', { from, host, state: code('TIME-WAIT'), who });
  return onPort(reason) > listeners.length
    ? cast.say('arrive.syn.new', { from, host, port })
    : cast.say('arrive.syn', { from, host, port, who });
}

function data(
  { cast }: Told,
  packet: Packet & { protocol: 'tcp' },
  { from, host, taker, reason }: Arrival,
): Said {
  const payload = payloadLine(cast, decodeText(packet.payload));
  const who = taker?.process?.name;
  const taken =
    who === undefined ? cast.phrase('taken.waits', { payload }) : cast.phrase('taken.by', { who, payload });
  const count = onPort(reason);
  const port = packet.destinationPort;
  return count > 1
    ? cast.say('arrive.data.among', { from, host, count, port, mark: taker?.mark, taken })
    : cast.say('arrive.data', { from, host, taken });
}

function datagram(told: Told, packet: Packet & { protocol: 'udp' }, arrival: Arrival): Said {
  const { cast } = told;
  const { from, host, reason } = arrival;
  const port = packet.destinationPort;
  const twins =
    reason?.candidates.filter((each) => each.question === 'protocol' && each.socket.local.port === port) ??
    [];
  const twin = twins[0]?.socket.process?.name;
  const apart = twin === undefined ? undefined : cast.say('datagram.twin', { port, who: twin }).parts;
  const isWoken = returned(told) !== undefined;
  return cast.say('arrive.datagram', { from, host, why: whyHis(told, port, arrival), isWoken, apart });
}

function whyHis(told: Told, port: number, { taker, reason }: Arrival): Hole {
  const { cast } = told;
  const who = owner(cast, taker);
  const all = fitting(reason);
  if (all.length > 1) return cast.say('datagram.chosen', { choice: chosenOf(told, all, taker) }).parts;
  if (reason?.rule === 'connected') return cast.say('datagram.connected', { who }).parts;
  const aside = others(cast, reason, port);
  return aside === ''
    ? cast.say('datagram.bound', { port, who }).parts
    : cast.say('datagram.aside', { others: aside, who }).parts;
}

/** One datagram for everybody. */
function copied({ cast }: Told, packet: Packet, { from, host, reason }: Arrival): Said {
  const takers = reason?.candidates.filter((each) => each.verdict === 'match') ?? [];
  const port = packet.protocol === 'udp' ? packet.destinationPort : 0;
  const args = { group: groupOf(packet.destination), from, host, port, who: takerNames(cast, takers) };
  return takers.length === 1
    ? cast.say('arrive.copy', args)
    : cast.say('arrive.copies', { ...args, count: takers.length });
}

function acknowledgement(told: Told, { from, host, taker }: Arrival): Said {
  const { cast } = told;
  const { facts } = told.step;
  const args = { from, host, mark: taker?.mark };
  const opened = facts.some((fact) => fact.kind === 'state' && fact.to === 'ESTABLISHED');
  if (opened && taker?.process === undefined)
    return cast.say('arrive.ack.opens', { ...args, state: code('ESTABLISHED') });
  const news = comesBack(told);
  const change = facts.find((fact) => fact.kind === 'state');
  return change?.kind === 'state'
    ? cast.say('arrive.ack.state', { ...args, was: code(change.from), now: code(change.to), news })
    : cast.say('arrive.ack', { ...args, isSending: goesOn(told), news });
}

/** Text that waited for this ACK: Nagle's algorithm, or the window. */
function goesOn({ step }: Told): boolean {
  return step.facts.some(
    (each) =>
      each.kind === 'sent' &&
      !each.isRetry &&
      each.sent.packet.protocol === 'tcp' &&
      each.sent.packet.payload.length > 0,
  );
}

/** A call that waited for what it handed over to be acknowledged. */
function comesBack({ step, world, cast }: Told): Hole {
  const fact = step.facts.find((each) => each.kind === 'returned');
  if (fact?.kind !== 'returned' || !['close', 'send', 'sendto'].includes(fact.call)) return undefined;
  return cast.say('news.returns', { who: world.processes.name.get(fact.process), call: fact.call }).parts;
}

/** What a waiting call came back with in this step, as words. */
function returned({ step, cast }: Told): Hole {
  const fact = step.facts.find((each) => each.kind === 'returned');
  if (fact?.kind !== 'returned') return undefined;
  const errno = ERRNOS.find((each) => each === fact.outcome);
  return errno === undefined ? cast.phrase('result.end', { call: fact.call }) : code(errno);
}
