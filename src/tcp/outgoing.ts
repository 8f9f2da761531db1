// Text on its way out: kept from the moment a process hands it over until the peer has acknowledged it, so that nothing is
// lost silently. As much goes at once as the peer's window takes; a FIN follows the last byte. No congestion control.
// What is sent a second time: retransmit.ts.
import { type Bytes, joinBytes, sliceBytes } from '../wire/bytes.js';
import { ACK, FIN, PSH } from '../wire/packet.js';
import { distance } from '../wire/sequence.js';
import type { Kernel } from '../world/kernel.js';
import { hostOf } from '../world/sockets.js';
import type { ConnectionId, SocketId, World } from '../world/tables.js';
import { holdsSmall, noteSize } from './nagle.js';
import { rulesOf } from './rules.js';
import { connectionOf, send } from './send.js';
import { startPersist, startRetransmissionIfIdle } from './timers.js';

/** The text will be sent, whatever else is called. */
export function queueText(world: World, connection: ConnectionId, text: Bytes): void {
  if (text.length === 0) return;
  const item = world.outgoing.rows.create();
  world.outgoing.data.set(item, text);
  world.outgoingOf.push(connection, item);
  world.connections.outgoingCount.add(connection, text.length);
}

/** Bytes that were sent and are not acknowledged: SND.NXT - SND.UNA without SYN and FIN. */
export function sentCount({ connections }: World, connection: ConnectionId): number {
  const first = connections.sendUnacknowledged.get(connection);
  const next = connections.sendNext.get(connection);
  const isSynOut = first === connections.initialSend.get(connection) && next !== first;
  return (
    distance(next, first) -
    (isSynOut ? 1 : 0) -
    (connections.isFinSent.get(connection) && next !== first ? 1 : 0)
  );
}

export function unsentCount(world: World, connection: ConnectionId): number {
  return world.connections.outgoingCount.get(connection) - sentCount(world, connection);
}

/** Is something to be sent that was never sent: text, or a FIN? */
export function hasMoreToSend(world: World, connection: ConnectionId): boolean {
  const { isFinWanted, isFinSent } = world.connections;
  return unsentCount(world, connection) > 0 || (isFinWanted.get(connection) && !isFinSent.get(connection));
}

/** Bytes `from` up to `to` of what is kept, counted from SND.UNA. */
export function readOutgoing(world: World, connection: ConnectionId, from: number, to: number): Bytes {
  const parts: Bytes[] = [];
  let at = 0;
  for (const item of world.outgoingOf.of(connection)) {
    if (at >= to) break;
    const data = world.outgoing.data.get(item) as Bytes;
    if (at + data.length > from) parts.push(sliceBytes(data, Math.max(0, from - at), to - at));
    at += data.length;
  }
  return joinBytes(...parts);
}

/** The peer has so many bytes more: they are forgotten here. */
export function forgetOutgoing(world: World, connection: ConnectionId, count: number): void {
  const { outgoing, outgoingOf, connections } = world;
  let left = Math.min(count, connections.outgoingCount.get(connection));
  connections.outgoingCount.set(connection, connections.outgoingCount.get(connection) - left);
  while (left > 0) {
    const item = connections.firstOutgoing.get(connection);
    if (!item) return;
    const data = outgoing.data.get(item) as Bytes;
    if (data.length > left) return outgoing.data.set(item, sliceBytes(data, left));
    left -= data.length;
    outgoingOf.shift(connection);
    outgoing.rows.remove(item);
  }
}

/**
 * Sends what the window takes, in segments of at most one MSS, the last one with PSH (RFC 9293 §3.9.1.2); then the FIN, if
 * one is wanted. A part of a segment goes only if it is all there is or half of the largest window (§3.8.6.2.1); all there is,
 * if it is small, not while Nagle's algorithm holds it back.
 */
export function pushText(kernel: Kernel, socket: SocketId): void {
  const { world } = kernel;
  const { connections } = world;
  const connection = connectionOf(kernel, socket);
  const size = connections.segmentSize.get(connection);
  for (let unsent = unsentCount(world, connection); unsent > 0; unsent = unsentCount(world, connection)) {
    const wanted = Math.min(unsent, size);
    const length = Math.min(wanted, usableWindow(world, connection));
    const isCrumb = length < wanted && length < connections.maximumWindow.get(connection) / 2;
    if (length <= 0 || isCrumb) return startPersist(kernel, socket);
    if (wanted < size && holdsSmall(kernel, socket, connection)) return;
    sendNextText(kernel, socket, length);
  }
  if (!connections.isFinWanted.get(connection) || connections.isFinSent.get(connection)) return;
  if (usableWindow(world, connection) <= 0) return startPersist(kernel, socket);
  sendNextFin(kernel, socket);
}

/** The next bytes that were never sent; with the last of them the FIN, where the system and the window allow it. */
export function sendNextText(kernel: Kernel, socket: SocketId, length: number): void {
  const { world } = kernel;
  const { connections } = world;
  const connection = connectionOf(kernel, socket);
  const from = sentCount(world, connection);
  const isLast = length >= unsentCount(world, connection);
  const text = readOutgoing(world, connection, from, from + length);
  const hasFin =
    isLast &&
    connections.isFinWanted.get(connection) &&
    usableWindow(world, connection) > length &&
    rulesOf(world, hostOf(world, socket)).finGoesWithText;
  noteSize(world, connection, length);
  send(kernel, socket, (isLast ? PSH | ACK : ACK) | (hasFin ? FIN : 0), text);
  if (hasFin) connections.isFinSent.set(connection, true);
  startRetransmissionIfIdle(kernel, connection);
}

export function sendNextFin(kernel: Kernel, socket: SocketId): void {
  const connection = connectionOf(kernel, socket);
  send(kernel, socket, FIN | ACK);
  kernel.world.connections.isFinSent.set(connection, true);
  startRetransmissionIfIdle(kernel, connection);
}

/** SND.UNA + SND.WND - SND.NXT; negative if the peer took some of it back. */
export function usableWindow({ connections }: World, connection: ConnectionId): number {
  const inTransit = distance(
    connections.sendNext.get(connection),
    connections.sendUnacknowledged.get(connection),
  );
  return connections.sendWindow.get(connection) - inTransit;
}
