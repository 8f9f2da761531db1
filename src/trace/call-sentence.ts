// Sentences about calls: who asks the system for what, and what comes of it.
import { unsentCount, usableWindow } from '../tcp/outgoing.js';
import { kindOf } from '../wire/address.js';
import { ERRNOS } from '../world/errno.js';
import type { Fact } from '../world/facts.js';
import { isForMany } from '../world/interfaces.js';
import type { SocketId } from '../world/tables.js';
import type { CallFact } from './call-reason.js';
import { changeSentence } from './change-sentence.js';
import { closingSentence } from './close-sentence.js';
import { errnoWords } from './errno-words.js';
import { askingSentence, processSentence, socketName } from './look-sentence.js';
import { optionEffect } from './option-words.js';
import { chip, code, counted, sign, strong, text } from './parts.js';
import type { Part, SocketView } from './scene.js';
import type { Told } from './told.js';
import { viewSocket } from './views.js';

export function callSentence(told: Told): readonly Part[] {
  const fact = told.step.facts.find((each): each is CallFact => each.kind === 'called');
  if (fact === undefined) return changeSentence(told) ?? text`Something was asked of the system.`;
  const who = processName(told, fact);
  const errno = ERRNOS.find((each) => each === fact.outcome);
  const isUnderWay = errno === 'EINPROGRESS';
  if (errno !== undefined && !isUnderWay) return refusedCall(told, fact, who, errno);
  const socket = fact.socket === undefined ? undefined : viewIfThere(told, fact.socket);
  switch (fact.call) {
    case 'socket':
      return text`${who} opens a ${(fact.protocol ?? 'tcp').toUpperCase()} socket. It has no port yet.`;
    case 'setsockopt':
      return text`${who} sets ${code(fact.text ?? 'an option')} for ${socketName(socket)}${optionEffect(fact.text)}.`;
    case 'bind':
      if (socket?.local.port === 0)
        return text`${who} takes the address ${fact.address} and no port yet: connect will choose one.`;
      return text`${who} takes ${protocolOf(fact)} port ${portWords(told, fact, socket)}${sharing(fact)}.`;
    case 'listen':
      return text`${who} ${strong(`listens on ${protocolOf(fact)} port ${socket?.local.port ?? fact.port ?? 0}`)}${onAddress(told, fact)}${sharing(fact)}: newcomers may knock there.`;
    case 'connect':
      return connecting(told, fact, who, socket);
    case 'accept':
      return accepting(told, fact, who, socket);
    case 'send':
    case 'sendto':
      return sending(told, fact, who, socket);
    case 'recv':
    case 'recvfrom':
      return reading(told, fact, who, socket);
    case 'shutdown':
      return text`${who} says that it will ${SHUT[fact.text ?? 'both']} on ${sign(socket?.mark)}.`;
    case 'close':
      return closingSentence(told, fact, who, socket);
    case 'disconnect':
      return text`${who} takes the peer off ${socketName(socket)}: ${strong('anybody may write to it again')}.`;
    case 'drain':
      return text`${who} reads until nothing is left: ${counted(fact.count ?? 0, 'message')}${fact.text ? text`, ${quoted(fact.text)}` : []}.`;
    case 'acceptall':
      return text`${who} accepts until nobody waits: ${counted(fact.count ?? 0, 'connection')}.`;
    case 'getsockname':
    case 'getpeername':
    case 'getsockopt':
    case 'poll':
      return askingSentence(told, fact, who, socket);
    case 'dup':
    case 'fork':
    case 'exit':
    case 'kill':
    case 'setuid':
      return processSentence(told, fact, who, socket);
  }
}

function refusedCall(
  told: Told,
  fact: CallFact,
  who: string,
  errno: (typeof ERRNOS)[number],
): readonly Part[] {
  const holder = told.reason?.kind === 'call' ? told.reason.holders[0] : undefined;
  if (errno === 'EADDRINUSE' && holder !== undefined) {
    const name = holder.process?.name ?? `a connection in ${holder.state}`;
    return text`${who} asks for ${chip(endpointOf(told, fact))} and is refused: ${code(errno)}, ${strong(`${name} already holds ${protocolOf(fact)} port ${holder.local.port}`)}.`;
  }
  const words = errnoWords(errno, fact);
  if (fact.port === undefined) return text`${who}: ${fact.call} gives ${code(errno)}, ${words}.`;
  if (fact.call === 'bind' || fact.call === 'listen')
    return text`${who} asks for ${chip(endpointOf(told, fact))} and is refused: ${code(errno)}, ${strong(words)}.`;
  if (fact.call !== 'connect' && fact.call !== 'sendto')
    return text`${who}: ${fact.call} gives ${code(errno)}, ${words}.`;
  const where =
    fact.port === 0 ? text`port 0 of ${fact.address ?? ''}` : text`${chip(endpointOf(told, fact))}`;
  return text`${who} wants to ${fact.call === 'connect' ? 'call' : 'write to'} ${where} and cannot: ${code(errno)}, ${strong(words)}.`;
}

function connecting(
  told: Told,
  fact: CallFact,
  who: string,
  socket: SocketView | undefined,
): readonly Part[] {
  const peer = chip(endpointOf(told, fact));
  if (socket === undefined) return text`${who} connects to ${peer}.`;
  const own = chip(socket.local);
  if (fact.protocol === 'udp')
    return text`${who} names ${peer} as the only peer of ${own}. For UDP nothing is sent: ${strong('the socket just remembers')}.`;
  const chosen = fact.isPortChosen
    ? text`Its own port, ${strong(String(socket.local.port))}, was picked for it.`
    : text`Its own port is ${socket.local.port}.`;
  const late =
    fact.outcome === 'EINPROGRESS' ? text` connect does not wait: it gives ${code('EINPROGRESS')}.` : [];
  return text`${who} calls ${peer} from ${own}: a SYN leaves. ${chosen}${late}`;
}

function accepting(
  told: Told,
  fact: CallFact,
  who: string,
  listener: SocketView | undefined,
): readonly Part[] {
  const child = fact.accepted === undefined ? undefined : viewIfThere(told, fact.accepted);
  if (child === undefined) return text`${who} waits in accept for somebody to call.`;
  return text`${who} accepts ${sign(child.mark)}: a new socket, and ${strong(`the same local port ${child.local.port}`)}. The listener on ${listener?.local.port ?? child.local.port} goes on listening.`;
}

function sending(told: Told, fact: CallFact, who: string, socket: SocketView | undefined): readonly Part[] {
  const sent = told.step.facts.find((each): each is Extract<Fact, { kind: 'sent' }> => each.kind === 'sent');
  if (fact.outcome === 'pending' || (fact.count !== undefined && fact.protocol !== 'udp'))
    return text`${who} sends ${quoted(fact.text)}: its send buffer has ${strong(fact.count === undefined ? 'no room' : `room for ${counted(fact.count, 'byte')}`)} until the other side acknowledges${fact.outcome === 'pending' ? ', so send waits' : ', so send takes no more'}.`;
  if (sent === undefined && socket?.state !== undefined && fact.outcome === 'ok' && fact.text)
    return text`${who} sends ${quoted(fact.text)}: ${isHeldBack(told, fact) ? text`${strong('something small is still unacknowledged')}, so it waits for the ACK (Nagle's algorithm)` : text`there is ${strong('no room for it over there')}, so it waits on this side`}.`;
  if (sent === undefined || socket === undefined) return text`${who} has something to send.`;
  const { packet } = sent.sent;
  if (packet.protocol === 'icmp') return text`${who} sends.`;
  const thing = packet.protocol === 'udp' ? 'a datagram' : 'a segment';
  const from = chip(told.cast.endpoint(packet.source, packet.sourcePort, sent.host));
  const to = chip(told.cast.endpoint(packet.destination, packet.destinationPort, sent.to));
  const chosen = fact.isPortChosen ? text` Port ${packet.sourcePort} was picked for it.` : [];
  const isForAll = isForMany(told.world, sent.host, packet.destination);
  const all = !isForAll
    ? ''
    : kindOf(packet.destination) === 'multicast'
      ? ' Every machine that joined the group hears it.'
      : ' Everybody on the network hears it.';
  return text`${who} sends ${quoted(fact.text)}: ${thing} leaves ${from} for ${to}.${chosen}${all}`;
}

/** The other side has room, and all the same nothing went. */
function isHeldBack({ world }: Told, { socket }: CallFact): boolean {
  const connection =
    socket !== undefined && world.sockets.rows.has(socket) && world.sockets.connection.get(socket);
  return connection ? usableWindow(world, connection) >= unsentCount(world, connection) : false;
}

function reading(told: Told, fact: CallFact, who: string, socket: SocketView | undefined): readonly Part[] {
  if (fact.outcome === 'pending') return text`${who} waits for something to read.`;
  if (fact.outcome === 'eof')
    return text`${who} reads the end of ${sign(socket?.mark)}: the other side sends no more.`;
  const from =
    fact.address === undefined
      ? []
      : text`, from ${chip(told.cast.endpoint(fact.address, fact.port ?? 0, undefined))}`;
  return text`${who} reads ${quoted(fact.text)}${from}.`;
}

const SHUT: Readonly<Record<string, string>> = {
  read: 'read no more',
  write: 'send no more',
  both: 'neither read nor send any more',
};

function processName(told: Told, fact: CallFact): string {
  return told.world.processes.name.get(fact.process);
}

function viewIfThere(told: Told, socket: SocketId): SocketView | undefined {
  return told.world.sockets.rows.has(socket) ? viewSocket(told.world, told.cast, socket) : undefined;
}

function endpointOf(told: Told, fact: CallFact) {
  const at = told.world.processes.host.get(fact.process) || undefined;
  return told.cast.endpoint(fact.address ?? '', fact.port ?? 0, at);
}

function protocolOf(fact: CallFact): string {
  return (fact.protocol ?? 'tcp').toUpperCase();
}

/** ` of 10.0.0.80` for a call that names one address; what an IPv6 socket on every address hears. */
function onAddress(told: Told, fact: CallFact): string {
  if (kindOf(fact.address ?? '') !== 'any') return ` of ${fact.address ?? ''}`;
  const { sockets } = told.world;
  if (fact.socket === undefined || !sockets.rows.has(fact.socket) || !sockets.isV6.get(fact.socket))
    return '';
  return sockets.v6Only.get(fact.socket) ? ' for IPv6' : ' for IPv6 and IPv4';
}

function portWords(told: Told, fact: CallFact, socket: SocketView | undefined): readonly Part[] {
  if (fact.port === 0 && socket !== undefined)
    return text`${strong(String(socket.local.port))}, which was picked for it`;
  const isEverywhere = kindOf(fact.address ?? '') === 'any';
  const where = isEverywhere ? ` on every address${onAddress(told, fact)}` : ` on ${fact.address ?? ''}`;
  return text`${strong(String(fact.port ?? 0))}${where}`;
}

/** Options that decide who may be beside it. */
function sharing({ options }: CallFact): readonly Part[] {
  const names = [
    ...(options?.mayRebind ? ['SO_REUSEADDR'] : []),
    ...(options?.sharesPort ? ['SO_REUSEPORT'] : []),
  ];
  return names.length === 0 ? [] : text` with ${code(names.join(' and '))}`;
}

/** Payload in quotation marks, cut to one line's length. */
export function quoted(payload: string | undefined): string {
  const line = (payload ?? '').replace(/\s+/g, ' ').trim();
  if (line === '') return 'an empty message';
  return `“${line.length > 40 ? `${line.slice(0, 39)}…` : line}”`;
}
