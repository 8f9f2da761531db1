// A connection moves: an event comes in, the compiled machine says where to and what to do, the deeds are done here.
// Nobody else writes a TCP state. It knows its own socket and the segment in hand; who found it is ../demux/, where the
// segments it makes go is the kernel's `transmit`. What remains when it is over: release.ts.
import { NO_BYTES } from '../wire/bytes.js';
import { ACK, RST, SYN, type TcpSegment } from '../wire/packet.js';
import { plus } from '../wire/sequence.js';
import { hasWayBack } from '../world/interfaces.js';
import type { Kernel } from '../world/kernel.js';
import { hostOf, setState } from '../world/sockets.js';
import { sysctl } from '../world/sysctls.js';
import type { SocketId, SocketState, TcpState, World } from '../world/tables.js';
import { noteAck, takeAck } from './acknowledge.js';
import type { TcpAction } from './actions.js';
import { challenge } from './challenge.js';
import { keepFin, keepText, takeText } from './incoming.js';
import type { TcpEvent } from './machine.js';
import { pushText, unsentCount } from './outgoing.js';
import { release, splitTimeWait } from './release.js';
import { reject } from './reset.js';
import { probePeer, probeWindow, repeatSynAck, resend } from './retransmit.js';
import { rulesOf } from './rules.js';
import { takeSegmentSize } from './segment-size.js';
import { connectionOf, send, transmit } from './send.js';
import { tellEnd } from './tell.js';
import { startOrphanTimer, startRetransmission, startTimeWait } from './timers.js';
import { TCP_TABLE, transitionOf } from './transition-table.js';
import { setWindow, startReceiving } from './window.js';

/**
 * Lets one event happen to a socket: its state changes as the machine says, then the machine's actions run in order.
 * `segment` is what caused it, if anything did.
 */
export function advance(kernel: Kernel, socket: SocketId, event: TcpEvent, segment?: TcpSegment): void {
  const { sockets } = kernel.world;
  const from = tcpState(sockets.state.get(socket));
  const { next, actions } = transitionOf(TCP_TABLE, from, event, guardBitsOf(kernel.world, socket));
  if (next !== from) {
    kernel.log.add({ kind: 'state', socket, from, to: next, event });
    setState(kernel.world, socket, next);
  }
  for (const action of actions) perform(kernel, socket, action, segment);
  // Linux: a socket, or its listener, that was shut for writing before says FIN once it stands; not after a SYN-ACK.
  const isAnswered = from === 'SYN-RECEIVED' || from === 'LISTEN';
  if (next !== 'ESTABLISHED' || !isAnswered) return;
  if (sockets.isSendShut.get(socket)) advance(kernel, socket, 'CLOSE');
}

/** What the machine's guards find for a socket now: bit i is the truth of GUARDS[i]. */
export function guardBitsOf(world: World, socket: SocketId): number {
  const { sockets, connections } = world;
  const connection = sockets.connection.get(socket);
  const rules = rulesOf(world, hostOf(world, socket));
  const isPassive = connection !== 0 && connections.isOpenedPassively.get(connection);
  const receiverGone = isOrphan(world, socket) || sockets.isReceiveShut.get(socket);
  const hasUnsent = connection !== 0 && unsentCount(world, connection) > 0;
  return (
    (isPassive ? 1 : 0) |
    (receiverGone ? 2 : 0) |
    (hasUnsent ? 4 : 0) |
    (isPassive && rules.resetsHalfOpenOnSyn ? 8 : 0) |
    (rules.tellsWhileClosing ? 16 : 0)
  );
}

/** No process has it, nor will one get it by accept(). */
function isOrphan({ sockets }: World, socket: SocketId): boolean {
  return sockets.descriptors.get(socket) === 0 && !sockets.isQueued.get(socket);
}

/** Linux: what an orphan leaves behind answers like a host without a socket, and may find no way back. */
function isMuteRemnant(kernel: Kernel, socket: SocketId, segment: TcpSegment | undefined): boolean {
  const { world } = kernel;
  if (segment === undefined || world.sockets.state.get(socket) !== 'TIME-WAIT') return false;
  return isOrphan(world, socket) && !hasWayBack(world, hostOf(world, socket), segment, '');
}

function perform(kernel: Kernel, socket: SocketId, action: TcpAction, segment: TcpSegment | undefined): void {
  const { world } = kernel;
  switch (action) {
    case 'sendSyn':
      send(kernel, socket, SYN);
      return startRetransmission(kernel, connectionOf(kernel, socket));
    case 'sendSynAck':
      sendSynAck(kernel, socket);
      return startRetransmission(kernel, connectionOf(kernel, socket));
    case 'sendAck':
      return isMuteRemnant(kernel, socket, segment) ? undefined : send(kernel, socket, ACK);
    case 'sendText':
      return pushText(kernel, socket);
    case 'sendFin':
      world.connections.isFinWanted.set(connectionOf(kernel, socket), true);
      return pushText(kernel, socket);
    case 'deferFin':
      return world.sockets.isSendShut.set(socket, true);
    case 'sendRst':
      return send(kernel, socket, RST | ACK);
    case 'challenge':
      return segment && !isMuteRemnant(kernel, socket, segment)
        ? challenge(kernel, socket, segment)
        : undefined;
    case 'rejectSegment':
      if (segment) reject(kernel, hostOf(world, socket), segment, '', { socket });
      return;
    case 'hurryRetry':
      return hurryRetry(kernel, socket);
    case 'resend':
      return resend(kernel, socket);
    case 'repeatSynAck':
      return repeatSynAck(kernel, socket);
    case 'probeWindow':
      return probeWindow(kernel, socket);
    case 'probePeer':
      return probePeer(kernel, socket);
    case 'takeSyn':
      return segment && takeSyn(kernel, socket, segment);
    case 'takeAck':
      return segment && takeAck(kernel, socket, segment);
    case 'noteAck':
      return segment && noteAck(kernel, socket, segment);
    case 'takeText':
      return segment && takeText(kernel, socket, segment);
    case 'keepText':
      return segment && keepText(kernel, socket, segment);
    case 'keepFin':
      return segment && keepFin(kernel, socket, segment);
    case 'takeFin':
      world.connections.receiveNext.add(connectionOf(kernel, socket), 1);
      world.sockets.isReceiveShut.set(socket, true);
      world.sockets.hasPeerFin.set(socket, true);
      return kernel.wake(socket);
    case 'announce':
      return announce(kernel, socket);
    case 'awaitFin':
      return awaitFin(kernel, socket);
    case 'startTimeWait': {
      const waiting = splitTimeWait(kernel, socket);
      kernel.wake(socket);
      return waiting && startTimeWait(kernel, connectionOf(kernel, waiting));
    }
    case 'tellRefused':
    case 'tellUnreachable':
    case 'tellReset':
    case 'tellTimedOut':
    case 'noteError':
      return tellEnd(kernel, socket, action);
    case 'dropQueued':
      return dropQueued(kernel, socket);
    case 'returnToListener':
    case 'release':
      return release(kernel, socket);
  }
}

/** After a SYN of our own (both opened at once) the SYN-ACK repeats it: RFC 9293 §3.5, figure 7. */
function sendSynAck(kernel: Kernel, socket: SocketId): void {
  const { connections } = kernel.world;
  const connection = connectionOf(kernel, socket);
  const initial = connections.initialSend.get(connection);
  if (connections.sendNext.get(connection) === initial) return send(kernel, socket, SYN | ACK);
  transmit(kernel, socket, SYN | ACK, initial, NO_BYTES);
}

/** The peer's numbers begin behind its SYN. Text that came with it is not taken: it is sent again. */
function takeSyn(kernel: Kernel, socket: SocketId, segment: TcpSegment): void {
  const connection = connectionOf(kernel, socket);
  startReceiving(kernel.world, socket, connection, plus(segment.sequence, 1));
  setWindow(kernel.world, connection, segment);
  takeSegmentSize(kernel.world, socket, connection, segment);
}

/** An orphan in FIN-WAIT-2 waits for a while; with no room for remnants (`tcp_max_tw_buckets` = 0) not at all. Linux. */
function awaitFin(kernel: Kernel, socket: SocketId): void {
  const { world } = kernel;
  kernel.wake(socket); // a close() that lingers has waited for this
  if (!isOrphan(world, socket)) return;
  if (sysctl(world, hostOf(world, socket), 'net.ipv4.tcp_max_tw_buckets') === 0)
    return release(kernel, socket);
  startOrphanTimer(kernel, connectionOf(kernel, socket));
}

/** Linux: an old connection answered our SYN; it has just been reset, so the SYN is sent again almost at once. */
function hurryRetry(kernel: Kernel, socket: SocketId): void {
  const connection = connectionOf(kernel, socket);
  const { hurriesSyn } = rulesOf(kernel.world, hostOf(kernel.world, socket));
  if (hurriesSyn && kernel.world.connections.retries.get(connection) === 0)
    startRetransmission(kernel, connection, SOON_NANOS);
}
const SOON_NANOS = 2e6; // TCP_TIMEOUT_MIN

/** connect() may return; or, for a passive open, the listener has one more to accept, in order of completion. */
function announce(kernel: Kernel, socket: SocketId): void {
  const { sockets } = kernel.world;
  const listener = sockets.listener.get(socket);
  if (!listener) return kernel.wake(socket);
  kernel.world.acceptQueue.push(listener, socket);
  sockets.isQueued.set(socket, true);
  sockets.acceptableCount.add(listener, 1);
  kernel.wake(listener);
}

/** Whoever waits to be accepted is reset; half-open connections wait for their timer. Linux, as recorded. */
function dropQueued(kernel: Kernel, listener: SocketId): void {
  const { sockets, acceptQueue } = kernel.world;
  const heir = heirOf(kernel, listener);
  for (let child = acceptQueue.shift(listener); child; child = acceptQueue.shift(listener)) {
    if (heir !== undefined) {
      sockets.listener.set(child, heir);
      acceptQueue.push(heir, child);
      sockets.acceptableCount.add(heir, 1);
      continue;
    }
    sockets.listener.set(child, 0);
    sockets.isQueued.set(child, false);
    if (sockets.state.get(child) === 'CLOSED') release(kernel, child);
    else advance(kernel, child, 'ABORT');
  }
  sockets.acceptableCount.set(listener, 0);
  for (const child of sockets.rows)
    if (sockets.listener.get(child) === listener) sockets.listener.set(child, 0);
  sockets.halfOpenCount.set(listener, 0);
}

/** `tcp_migrate_req`: another listener of the same SO_REUSEPORT group takes the queue over. */
function heirOf(kernel: Kernel, listener: SocketId): SocketId | undefined {
  const { world } = kernel;
  const { sockets } = world;
  const host = hostOf(world, listener);
  if (!sockets.sharesPort.get(listener) || sysctl(world, host, 'net.ipv4.tcp_migrate_req') === 0)
    return undefined;
  const port = sockets.localPort.get(listener);
  for (const other of world.holders.of(host, sockets.protocolNumber.get(listener), port, port)) {
    const isSibling =
      sockets.state.get(other) === 'LISTEN' &&
      sockets.sharesPort.get(other) &&
      sockets.user.get(other) === sockets.user.get(listener) &&
      sockets.localAddress.get(other) === sockets.localAddress.get(listener);
    if (other !== listener && isSibling) return other;
  }
  return undefined;
}

function tcpState(state: SocketState): TcpState {
  if (state === 'UNCONNECTED' || state === 'CONNECTED') throw new Error('a UDP socket has no TCP state');
  return state;
}
