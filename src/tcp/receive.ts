// A TCP segment has found its socket: is that one willing, and what does the segment mean to it?
// Lookup was ../demux/find.ts; naming is name-segment.ts; what follows is connection.ts.
import { ACK, has, type IcmpError, RST, SYN, type TcpSegment } from '../wire/packet.js';
import { distance, plus } from '../wire/sequence.js';
import { sourceAddressFor } from '../world/interfaces.js';
import type { Kernel } from '../world/kernel.js';
import { hostOf, runOf } from '../world/sockets.js';
import { sysctl } from '../world/sysctls.js';
import type { SocketId } from '../world/tables.js';
import { advance } from './connection.js';
import { answerWithCookie, bringsCookie, sizeInCookie, usesCookies } from './cookie.js';
import { isFinDue } from './incoming.js';
import type { TcpEvent } from './machine.js';
import { nameSegment, type SequenceState } from './name-segment.js';
import { openFromListener } from './open.js';
import { release } from './release.js';
import { reject } from './reset.js';
import { rulesOf, type TcpRules } from './rules.js';
import { takeSegmentSize } from './segment-size.js';
import { connectionOf } from './send.js';
import { noteIcmp } from './tell.js';
import { rest } from './timers.js';
import { receiveWindow, setWindow, startReceiving } from './window.js';

export type Reception =
  | {
      readonly willing: true;
      readonly created: SocketId | undefined;
      readonly heard?: readonly TcpEvent[] | undefined;
    }
  /** The rule found it and it does not want the segment: what the host says. */
  | {
      readonly willing: false;
      readonly answer: 'rst' | 'silence';
      /** A queue of the listener is full. */
      readonly why?: 'backlog' | undefined;
    };

/**
 * A listener wants a SYN and nothing else. Its accept queue holds backlog + 1, and so does the queue of half-open
 * connections; what comes beyond is answered by a cookie, or dropped without a word (Linux, as recorded).
 */
export function willingness(
  kernel: Kernel,
  listener: SocketId,
  segment: TcpSegment,
): 'yes' | 'cookie' | 'established' | 'rst' | 'silence' | 'backlog' {
  if (has(segment, RST)) return 'silence';
  if (has(segment, ACK)) return willingForAck(kernel, listener, segment);
  if (!has(segment, SYN)) return 'silence';
  const { world } = kernel;
  const { sockets } = world;
  // Linux: no way for the SYN-ACK by the interface that the listener is bound to (SO_BINDTODEVICE).
  const tied = sockets.device.get(listener);
  if (sourceAddressFor(world, hostOf(world, listener), segment.source, tied) === undefined) return 'silence';
  const backlog = sockets.backlog.get(listener);
  if (isQueueFull(kernel, listener)) return 'backlog';
  if (sockets.halfOpenCount.get(listener) <= backlog) return 'yes';
  return usesCookies(kernel, listener) ? 'cookie' : 'backlog';
}

/**
 * Lets the socket have the segment. A listener makes a new socket for a SYN; a refusal sends its own answer. `initial`: the
 * new socket's number, where it takes over from a TIME-WAIT.
 */
export function receiveSegment(
  kernel: Kernel,
  socket: SocketId,
  segment: TcpSegment,
  initial?: number,
): Reception {
  const { sockets } = kernel.world;
  const state = sockets.state.get(socket);
  if (state === 'LISTEN') {
    const rules = rulesOf(kernel.world, hostOf(kernel.world, socket));
    const [event = 'NO_ACK'] = nameSegment(segment, listening, rules);
    const answer = willingness(kernel, socket, segment);
    if (answer === 'yes' && event === 'SYN') {
      const created = openFromListener(kernel, socket, segment, initial);
      advanceChild(kernel, created, segment);
      return { willing: true, created };
    }
    if (answer === 'established') return { willing: true, created: openFromCookie(kernel, socket, segment) };
    if (answer === 'cookie') {
      answerWithCookie(kernel, socket, segment);
      return { willing: true, created: undefined };
    }
    advance(kernel, socket, answer === 'rst' ? event : 'NO_ACK', segment);
    return answer === 'rst' ? { willing: false, answer } : silenceFor(answer);
  }
  if (state === 'SYN-RECEIVED' && has(segment, ACK) && !has(segment, RST)) {
    const refusal = refuseCompletion(kernel, socket, segment);
    if (refusal !== undefined) return refusal;
  }
  hear(kernel, socket);
  const heard = eventsOf(kernel, socket, segment);
  for (const event of heard) {
    if (!isThere(kernel, socket)) break; // an earlier event ended it
    advance(kernel, socket, event, segment);
  }
  if (isThere(kernel, socket) && isFinDue(kernel.world, connectionOf(kernel, socket)))
    advance(kernel, socket, 'FIN', segment);
  return { willing: true, created: undefined, heard };
}

/** What the segment means here. `tcp_rfc1337`: in TIME-WAIT a RST means nothing. */
function eventsOf(kernel: Kernel, socket: SocketId, segment: TcpSegment): readonly TcpEvent[] {
  const { world } = kernel;
  const host = hostOf(world, socket);
  const isIgnored =
    has(segment, RST) &&
    world.sockets.state.get(socket) === 'TIME-WAIT' &&
    sysctl(world, host, 'net.ipv4.tcp_rfc1337') !== 0;
  if (isIgnored) return ['RST_OUTSIDE'];
  return nameSegment(segment, sequenceStateOf(kernel, socket), rulesOf(world, host));
}

/** Whoever speaks is alive: SO_KEEPALIVE begins to count anew. */
function hear(kernel: Kernel, socket: SocketId): void {
  const { connections, run } = kernel.world;
  const connection = connectionOf(kernel, socket);
  connections.heardAt.set(connection, run.now.get(runOf(kernel.world)));
  if (connections.purpose.get(connection) === 'keepalive') rest(kernel, connection);
}

function isThere({ world: { sockets } }: Kernel, socket: SocketId): boolean {
  return sockets.rows.has(socket) && sockets.connection.get(socket) !== 0;
}

/**
 * An ICMP error that quotes a segment of this connection. RFC 5927 §4: about something that is not on its way it is
 * ignored. Hard is what says that nobody is there, or that nobody may; rules.ts says what a system makes of the rest.
 */
export function receiveIcmp(kernel: Kernel, socket: SocketId, error: IcmpError): void {
  const { world } = kernel;
  const { quoted } = error;
  if (quoted.protocol !== 'tcp' || !isInFlight(kernel, socket, quoted.sequence)) return;
  noteIcmp(kernel, socket, error.error);
  advance(kernel, socket, nameIcmp(kernel, socket, error, rulesOf(world, hostOf(world, socket))));
}

function nameIcmp(kernel: Kernel, socket: SocketId, { error }: IcmpError, rules: TcpRules): TcpEvent {
  const isHard = error === 'port-unreachable';
  if (!rules.softErrorsEndOpening) return isHard ? 'ICMP_HARD' : 'ICMP_SOFT';
  const { connections, sockets } = kernel.world;
  const isHalfOpenHere =
    sockets.state.get(socket) === 'SYN-RECEIVED' &&
    connections.isOpenedPassively.get(connectionOf(kernel, socket));
  // Linux tcp_req_err(): only what says that there is no way.
  if (isHalfOpenHere)
    return error === 'port-unreachable' || error === 'admin-prohibited' ? 'ICMP_SOFT' : 'ICMP_HARD';
  return 'ICMP_HARD';
}

function isInFlight(kernel: Kernel, socket: SocketId, sequence: number): boolean {
  const { connections, sockets } = kernel.world;
  const connection = sockets.connection.get(socket);
  if (!connection) return false;
  const first = connections.sendUnacknowledged.get(connection);
  return distance(sequence, first) >= 0 && distance(sequence, connections.sendNext.get(connection)) < 0;
}

/** An ACK for a listener is an error, unless it brings back a cookie; with a full queue that is ignored. */
function willingForAck(
  kernel: Kernel,
  listener: SocketId,
  segment: TcpSegment,
): 'established' | 'rst' | 'backlog' {
  if (has(segment, SYN) || !usesCookies(kernel, listener) || !bringsCookie(segment)) return 'rst';
  return isQueueFull(kernel, listener) ? 'backlog' : 'established';
}

/** The connection that a cookie stands for, as if it had been half open all the time. */
function openFromCookie(kernel: Kernel, listener: SocketId, segment: TcpSegment): SocketId {
  const { connections } = kernel.world;
  const child = openFromListener(kernel, listener, segment);
  const connection = connectionOf(kernel, child);
  connections.initialSend.set(connection, plus(segment.acknowledgment, -1));
  connections.sendUnacknowledged.set(connection, segment.acknowledgment);
  connections.sendNext.set(connection, segment.acknowledgment);
  connections.smallEnd.set(connection, segment.acknowledgment);
  startReceiving(kernel.world, child, connection, segment.sequence);
  setWindow(kernel.world, connection, segment);
  takeSegmentSize(kernel.world, child, connection, { mss: sizeInCookie(segment) });
  advance(kernel, child, 'OPEN_PASSIVE');
  advance(kernel, child, 'ACK_OF_COOKIE', segment);
  return child;
}

/** The last ACK of a handshake finds the listener gone (RST), or its accept queue full: ignored, or RST by sysctl. */
function refuseCompletion(kernel: Kernel, child: SocketId, segment: TcpSegment): Reception | undefined {
  const { world } = kernel;
  const { sockets, connections } = world;
  if (!connections.isOpenedPassively.get(connectionOf(kernel, child))) return undefined;
  const listener = sockets.listener.get(child);
  const isGone = !listener;
  if (!isGone && !isQueueFull(kernel, listener)) return undefined;
  if (!isGone && sysctl(world, hostOf(world, child), 'net.ipv4.tcp_abort_on_overflow') === 0)
    return silenceFor('backlog');
  const isTold = reject(kernel, hostOf(world, child), segment, '', { socket: child });
  release(kernel, child);
  return { willing: false, answer: isTold ? 'rst' : 'silence', why: isGone ? undefined : 'backlog' };
}

function silenceFor(why: string): Reception {
  return { willing: false, answer: 'silence', why: why === 'backlog' ? why : undefined };
}

function isQueueFull({ world: { sockets } }: Kernel, listener: SocketId): boolean {
  return sockets.acceptableCount.get(listener) > sockets.backlog.get(listener);
}

/** The new socket stands where its listener stands, and meets the SYN there. */
function advanceChild(kernel: Kernel, child: SocketId, segment: TcpSegment): void {
  advance(kernel, child, 'OPEN_PASSIVE');
  advance(kernel, child, 'SYN', segment);
}

const listening: SequenceState = {
  state: 'LISTEN',
  isOpenedPassively: false,
  initialSend: 0,
  sendUnacknowledged: 0,
  sendNext: 0,
  maximumWindow: 0,
  receiveNext: 0,
  receiveWindow: 0,
  isFinSent: false,
};

export function sequenceStateOf(kernel: Kernel, socket: SocketId): SequenceState {
  const { sockets, connections } = kernel.world;
  const state = sockets.state.get(socket);
  const connection = sockets.connection.get(socket);
  if (!connection || state === 'UNCONNECTED' || state === 'CONNECTED') return listening;
  return {
    state,
    isOpenedPassively: connections.isOpenedPassively.get(connection),
    initialSend: connections.initialSend.get(connection),
    sendUnacknowledged: connections.sendUnacknowledged.get(connection),
    sendNext: connections.sendNext.get(connection),
    maximumWindow: connections.maximumWindow.get(connection),
    receiveNext: connections.receiveNext.get(connection),
    receiveWindow: receiveWindow(kernel.world, connection),
    isFinSent: connections.isFinSent.get(connection),
  };
}
