// Sentences about arrivals: a packet has reached a host, and somebody gets it, or nobody.
import { decodeText } from '../wire/bytes.js';
import { flagWord } from '../wire/notation.js';
import { ACK, FIN, has, type Packet, RST, SYN } from '../wire/packet.js';
import { ERRNOS } from '../world/errno.js';
import type { Fact, Sent } from '../world/facts.js';
import type { HostId } from '../world/tables.js';
import { quoted } from './call-sentence.js';
import { chosenOf, fitting, onPort, others, owner } from './choice-words.js';
import { kindOfMany, takerNames } from './copies-reason.js';
import { isGivingWay, isOver } from './delivery-reason.js';
import { capital, chip, code, counted, sign, strong, text } from './parts.js';
import { passedOn, stoppedAtRouter } from './router-sentence.js';
import type { DeliveryReason, EndpointView, Part, SocketView } from './scene.js';
import { oddSentence } from './segment-sentence.js';
import { deliveryReasonOf, type Told } from './told.js';

type Delivered = Extract<Fact, { kind: 'delivered' }>;
type Refused = Extract<Fact, { kind: 'refused' }>;
type Dropped = Extract<Fact, { kind: 'dropped' }>;

export function arrivalSentence(told: Told): readonly Part[] {
  for (const fact of told.step.facts) {
    if (fact.kind === 'delivered') return delivered(told, fact);
    if (fact.kind === 'refused') return refused(told, fact);
    if (fact.kind === 'dropped') return dropped(told, fact);
    if (fact.kind === 'sent' && fact.sent.passage?.from !== undefined) return passedOn(told, fact.sent);
  }
  return text`A packet arrives.`;
}

function delivered(told: Told, fact: Delivered): readonly Part[] {
  const { packet } = fact.sent;
  const reason = deliveryReasonOf(told);
  const host = hostName(told, fact.host);
  const from = chip(sourceOf(told, fact.sent));
  const taker = reason?.candidates.find((each) => each.socket.id === reason.winner)?.socket;
  if (packet.protocol === 'icmp') return complaint(told, packet.error, taker, host);
  if (fact.rule === 'broadcast' || fact.rule === 'multicast') return copied(packet, reason, from, host);
  if (packet.protocol === 'udp') return datagram(told, packet, reason, taker, from, host);
  const odd = oddSentence(told, fact, packet, taker, from, host);
  if (odd !== undefined) return odd;
  if (has(packet, RST)) return reset(told, fact, taker, from, host);
  if (has(packet, SYN) && !has(packet, ACK) && taker?.state === 'SYN-SENT')
    return text`A SYN from ${from} reaches ${host}, whose own SYN is on its way there: ${strong('both call at once')}. No listener is needed, and ${code('SYN-SENT')} becomes ${code('SYN-RECEIVED')}.`;
  if (has(packet, SYN) && !has(packet, ACK))
    return knock(told, packet.destinationPort, reason, taker, from, host);
  if (has(packet, SYN))
    return text`The SYN ACK from ${from} finds ${sign(taker?.mark, 'the caller')} on ${host} by all four numbers: ${strong(`${owner(taker)} is connected`)}. An ACK goes back.`;
  if (has(packet, FIN)) return farewell(told, taker, from, host);
  if (packet.payload.length > 0) return data(packet, reason, taker, from, host);
  return acknowledgement(told, taker, from, host);
}

/** An ICMP error has found its socket: a call that waits comes back, the next one is told, or nobody is (soft errors). */
function complaint(told: Told, error: string, taker: SocketView | undefined, host: string): readonly Part[] {
  const what = text`ICMP ${code(error.replace('-', ' '))} reaches ${host}. The ports quoted inside find ${owner(taker)}`;
  const result = returned(told);
  if (result !== undefined) return text`${what}, who gets ${result}.`;
  const news = told.step.facts.find((each) => each.kind === 'told');
  if (news?.kind === 'told') return text`${what}: its next call is told ${code(news.errno)}.`;
  return text`${what}, and ${strong('its program is not told')}: this may pass.`;
}

/** Nothing more is said: the peer has gone, or never was there. */
function reset(
  told: Told,
  fact: Delivered,
  taker: SocketView | undefined,
  from: Part,
  host: string,
): readonly Part[] {
  const result = returned(told);
  if (result !== undefined) return text`A RST from ${from} reaches ${host}: ${owner(taker)} gets ${result}.`;
  if (taker !== undefined && taker.process === undefined && isOver(taker))
    return text`A RST from ${from} reaches ${host}: ${sign(taker.mark)} is over at once. No process holds it any more, so ${strong('nobody is told')}.`;
  const news = told.step.facts.find((each) => each.kind === 'told' && each.socket === fact.socket);
  const later =
    news?.kind === 'told' ? text`, and ${owner(taker)} is told ${code(news.errno)} at its next call` : [];
  return text`A RST from ${from} reaches ${host}: ${sign(taker?.mark)} is over at once${later}.`;
}

/** The other side has said all it has to say. */
function farewell(told: Told, taker: SocketView | undefined, from: Part, host: string): readonly Part[] {
  const change = told.step.facts.find((each) => each.kind === 'state');
  const mark = sign(taker?.mark);
  if (change?.kind !== 'state')
    return text`The FIN of ${from} reaches ${mark} on ${host}: the other side sends no more.`;
  if (change.to === 'TIME-WAIT')
    return text`The FIN of ${from} reaches ${mark} on ${host}. Both sides are done, and ${strong('this one closed first')}: it stays in ${code('TIME-WAIT')}.${comesBack(told)}`;
  return text`The FIN of ${from} reaches ${mark} on ${host}: the other side sends no more, and ${code(change.from)} becomes ${code(change.to)}.`;
}

/** A SYN for a listener: the first of a conversation. */
function knock(
  told: Told,
  port: number,
  reason: DeliveryReason | undefined,
  taker: SocketView | undefined,
  from: Part,
  host: string,
): readonly Part[] {
  const listeners = fitting(reason);
  if (listeners.length > 1)
    return text`A SYN from ${from} reaches ${host}. ${strong(chosenOf(told, listeners, taker))}. A new socket is made, on the same port.`;
  if (reason?.candidates.some(isGivingWay))
    return text`A SYN from ${from} reaches ${host}. An old conversation with these four numbers is in ${code('TIME-WAIT')} and ${strong('gives way')}: ${owner(taker)}'s listener makes a new socket, on the same port.`;
  const why =
    onPort(reason) > listeners.length
      ? text`${strong('None of the conversations')} on port ${port} has these four numbers, so the listener takes it`
      : text`${strong(`Port ${port} belongs to ${owner(taker)}`)}, who listens there and takes it`;
  return text`A SYN from ${from} reaches ${host}. ${why}: a new socket is made, on the same port.`;
}

function data(
  packet: Packet & { protocol: 'tcp' },
  reason: DeliveryReason | undefined,
  taker: SocketView | undefined,
  from: Part,
  host: string,
): readonly Part[] {
  const sharing = onPort(reason);
  const port = packet.destinationPort;
  const crowd =
    sharing > 1
      ? text`${strong(`${capital(counted(sharing, 'socket'))} use port ${port}`)}, so all four numbers decide: only ${sign(taker?.mark, 'one')} has them, and`
      : text`One socket has these four numbers:`;
  const who =
    taker?.process === undefined
      ? text`${quoted(payloadOf(packet))} waits for whoever accepts it`
      : text`${taker.process.name} gets ${quoted(payloadOf(packet))}`;
  return text`A segment from ${from} reaches ${host}. ${crowd} ${who}.`;
}

function datagram(
  told: Told,
  packet: Packet & { protocol: 'udp' },
  reason: DeliveryReason | undefined,
  taker: SocketView | undefined,
  from: Part,
  host: string,
): readonly Part[] {
  const port = packet.destinationPort;
  const twins =
    reason?.candidates.filter((each) => each.question === 'protocol' && each.socket.local.port === port) ??
    [];
  const twin = twins[0]?.socket.process?.name;
  const apart = twin === undefined ? [] : text` TCP port ${port} is another port; ${twin} holds that one.`;
  const all = fitting(reason);
  const aside = others(reason, port);
  const why =
    all.length > 1
      ? text`${strong(chosenOf(told, all, taker))}`
      : reason?.rule === 'connected'
        ? text`All four numbers are those of ${owner(taker)}`
        : aside !== ''
          ? text`${aside}, so ${strong(`${owner(taker)} gets it`)}`
          : text`${strong(`UDP port ${port} belongs to ${owner(taker)}`)}`;
  const woken = returned(told) === undefined ? '' : ', who was waiting for it';
  return text`A datagram from ${from} reaches ${host}. ${why}${woken}.${apart}`;
}

/** One datagram for everybody. */
function copied(
  packet: Packet,
  reason: DeliveryReason | undefined,
  from: Part,
  host: string,
): readonly Part[] {
  const takers = reason?.candidates.filter((each) => each.verdict === 'match') ?? [];
  const port = packet.protocol === 'udp' ? packet.destinationPort : 0;
  const everybody =
    kindOfMany(packet.destination) === 'broadcast' ? 'everybody' : `all of ${packet.destination}`;
  if (takers.length === 1)
    return text`A datagram for ${everybody} from ${from} reaches ${host}. ${strong(`One socket there is on UDP port ${port}`)}: ${takerNames(takers)} gets it.`;
  return text`A datagram for ${everybody} from ${from} reaches ${host}. ${strong(`Each of ${counted(takers.length, 'socket')} on UDP port ${port} gets a copy`)}: ${takerNames(takers)}.`;
}

function acknowledgement(
  told: Told,
  taker: SocketView | undefined,
  from: Part,
  host: string,
): readonly Part[] {
  const opened = told.step.facts.some((fact) => fact.kind === 'state' && fact.to === 'ESTABLISHED');
  if (opened && taker?.process === undefined)
    return text`The ACK from ${from} completes the handshake: ${sign(taker?.mark)} is ${code('ESTABLISHED')} on ${host} and ${strong('waits to be accepted')}.`;
  const change = told.step.facts.find((fact) => fact.kind === 'state');
  if (change?.kind === 'state')
    return text`The ACK from ${from} reaches ${sign(taker?.mark)} on ${host}: ${code(change.from)} becomes ${code(change.to)}.${comesBack(told)}`;
  return text`The ACK from ${from} reaches ${sign(taker?.mark)} on ${host}: what it sent has arrived.${goesOn(told)}${comesBack(told)}`;
}

/** Text that waited for this ACK: Nagle's algorithm, or the window. */
function goesOn({ step }: Told): string {
  const isSent = step.facts.some(
    (each) =>
      each.kind === 'sent' &&
      !each.isRetry &&
      each.sent.packet.protocol === 'tcp' &&
      each.sent.packet.payload.length > 0,
  );
  return isSent ? ' What waited is sent.' : '';
}

/** A call that waited for what it handed over to be acknowledged. */
function comesBack({ step, world }: Told): readonly Part[] {
  const fact = step.facts.find((each) => each.kind === 'returned');
  if (fact?.kind !== 'returned' || !['close', 'send', 'sendto'].includes(fact.call)) return [];
  return text` For that ${world.processes.name.get(fact.process)} has waited: ${strong(`${fact.call} comes back`)}.`;
}

function refused(told: Told, fact: Refused): readonly Part[] {
  const { packet } = fact.sent;
  const host = hostName(told, fact.host);
  const from = chip(sourceOf(told, fact.sent));
  if (packet.protocol === 'icmp')
    return text`ICMP ${code(packet.error.replace('-', ' '))} reaches ${host}. The socket that sent the datagram has no peer, so ${strong('its program is not told')}.`;
  const port = packet.destinationPort;
  const place = `${packet.protocol.toUpperCase()} port ${port}`;
  if (fact.socket !== undefined && fact.answer === 'rst')
    return text`A segment from ${from} reaches ${host}. No conversation has its four numbers, and ${strong('the listener wants a SYN')}: ${host} answers RST.`;
  if (fact.socket !== undefined) return fallen(told, fact, from, host);
  if (packet.protocol === 'udp' && fact.answer === 'silence')
    return text`A datagram for ${kindOfMany(packet.destination) === 'broadcast' ? 'everybody' : `all of ${packet.destination}`} from ${from} reaches ${host}. No socket there takes UDP port ${port}, and ${strong('nobody is told')}.`;
  const aside = others(deliveryReasonOf(told), port);
  if (fact.answer === 'rst' && packet.protocol === 'tcp' && !has(packet, SYN))
    return text`A segment from ${from} reaches ${host}. ${strong('Nobody there knows this conversation')}: ${host} answers RST.`;
  if (fact.answer === 'rst' && aside !== '')
    return text`A SYN from ${from} reaches ${host} at ${packet.destination}. On port ${port} ${strong(aside)}: ${host} answers RST.`;
  if (fact.answer === 'rst')
    return text`A SYN from ${from} reaches ${host}. ${strong(`Nothing listens on ${place}`)}: ${host} answers RST.`;
  if (fact.answer === 'icmp' && aside !== '')
    return text`A datagram from ${from} reaches ${host} at ${packet.destination}. On ${place} ${strong(aside)}: ${host} answers ICMP port unreachable.`;
  if (fact.answer === 'icmp')
    return text`A datagram from ${from} reaches ${host}. ${strong(`No socket holds ${place}`)}: ${host} answers ICMP port unreachable.`;
  return text`A packet from ${from} for ${place} reaches ${host}. Nobody takes it, and nothing is answered.`;
}

/** A listener that does not take it. */
function fallen(told: Told, fact: Refused, from: Part, host: string): readonly Part[] {
  const taker = deliveryReasonOf(told)?.candidates.find((each) => each.socket.id === fact.socket)?.socket;
  if (taker?.state === 'LISTEN' && taker.queued > taker.backlog)
    return text`A SYN from ${from} reaches ${host}. ${strong(`${capital(counted(taker.queued, 'connection'))} wait already`)} for ${owner(taker)} to accept, so it falls. Nothing is answered.`;
  return text`A segment from ${from} reaches ${host}, and the listener lets it fall. Nothing is answered.`;
}

function dropped(told: Told, fact: Dropped): readonly Part[] {
  const { packet } = fact.sent;
  const stopped = stoppedAtRouter(told, fact);
  if (stopped !== undefined) return stopped;
  const from = chip(sourceOf(told, fact.sent));
  const port = packet.protocol === 'icmp' ? '' : ` for port ${packet.destinationPort}`;
  if (fact.why === 'firewall' && fact.host !== undefined)
    return text`A packet from ${from}${port} meets the firewall of ${hostName(told, fact.host)} and vanishes: ${strong('no answer is sent')}.`;
  if (packet.protocol !== 'tcp')
    return text`A packet from ${from}${port} is ${strong('lost on the way')}. Nobody notices.`;
  const what = {
    SYN: 'A SYN',
    'SYN-ACK': 'A SYN ACK',
    ACK: 'An ACK',
    FIN: 'A FIN',
    RST: 'A RST',
    DATA: 'A segment',
  } as const;
  return text`${what[flagWord(packet)]} from ${from}${port} is ${strong('lost on the way')}. Nobody is told.`;
}

/** What a waiting call came back with in this step, as words. */
function returned(told: Told): Part | undefined {
  const fact = told.step.facts.find((each) => each.kind === 'returned');
  if (fact?.kind !== 'returned') return undefined;
  const errno = ERRNOS.find((each) => each === fact.outcome);
  return errno === undefined ? `the end of its wait in ${fact.call}` : code(errno);
}

function payloadOf(packet: Packet & { protocol: 'tcp' }): string {
  return decodeText(packet.payload);
}

function sourceOf(told: Told, sent: Sent): EndpointView {
  const { packet } = sent;
  return told.cast.endpoint(packet.source, packet.protocol === 'icmp' ? 0 : packet.sourcePort, sent.host);
}

function hostName(told: Told, host: HostId): string {
  return told.world.hosts.name.get(host);
}
