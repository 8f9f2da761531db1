// Text on its way in: queued for the process in order, each byte once. What comes before its turn is kept until the gap
// is filled; the receive window bounds both. RFC 9293 §3.10.7.4 seventh.
import { type Bytes, sliceBytes } from '../wire/bytes.js';
import { ACK, type TcpSegment } from '../wire/packet.js';
import { distance, isAtMost, isBefore, plus } from '../wire/sequence.js';
import type { Kernel } from '../world/kernel.js';
import type { ConnectionId, SocketId, World } from '../world/tables.js';
import { connectionOf, transmit } from './send.js';
import { isUpdateDue, receiveWindow } from './window.js';

/** Queues what is new of the segment's text, and what waited for it; what was here before is cut off. */
export function takeText(kernel: Kernel, socket: SocketId, segment: TcpSegment): void {
  const { world } = kernel;
  const connection = connectionOf(kernel, socket);
  takeFrom(world, socket, connection, segment.sequence, segment.payload);
  for (const item of world.earlyOf.of(connection)) {
    const { early, connections } = world;
    const sequence = early.sequence.get(item);
    if (isBefore(connections.receiveNext.get(connection), sequence)) break;
    takeFrom(world, socket, connection, sequence, early.data.get(item) as Bytes);
    world.earlyOf.remove(connection, item);
    early.rows.remove(item);
  }
  kernel.wake(socket);
}

function takeFrom(
  world: World,
  socket: SocketId,
  connection: ConnectionId,
  sequence: number,
  data: Bytes,
): void {
  const { connections, unread, unreadOf, sockets } = world;
  const known = Math.max(0, -distance(sequence, connections.receiveNext.get(connection)));
  const text = sliceBytes(data, known, known + receiveWindow(world, connection));
  if (text.length === 0) return;
  const item = unread.rows.create();
  unread.data.set(item, text);
  unreadOf.push(socket, item);
  sockets.unreadCount.add(socket, text.length);
  connections.receiveNext.add(connection, text.length);
  connections.challenges.set(connection, 0);
}

/** Keeps text that lies behind a gap, in order of its numbers; what is there already is not kept twice. */
export function keepText(kernel: Kernel, socket: SocketId, segment: TcpSegment): void {
  const { world } = kernel;
  const { early, earlyOf } = world;
  const connection = connectionOf(kernel, socket);
  const { sequence } = segment;
  const room = receiveWindow(world, connection);
  const data = sliceBytes(
    segment.payload,
    0,
    room - distance(sequence, world.connections.receiveNext.get(connection)),
  );
  const end = plus(sequence, data.length);
  for (const item of earlyOf.of(connection)) {
    const start = early.sequence.get(item);
    const isCovered = isAtMost(start, sequence) && isAtMost(end, plus(start, early.data.get(item).length));
    if (isCovered) return;
  }
  const later = [...earlyOf.of(connection)].filter((item) => isBefore(sequence, early.sequence.get(item)));
  for (const item of later) earlyOf.remove(connection, item);
  const fresh = early.rows.create();
  early.sequence.set(fresh, sequence);
  early.data.set(fresh, data);
  for (const item of [fresh, ...later]) earlyOf.push(connection, item);
}

/** A FIN behind a gap: its number is remembered until its turn. */
export function keepFin(kernel: Kernel, socket: SocketId, segment: TcpSegment): void {
  const { connections } = kernel.world;
  const connection = connectionOf(kernel, socket);
  connections.hasEarlyFin.set(connection, true);
  connections.earlyFin.set(connection, plus(segment.sequence, segment.payload.length));
}

/** Has everything come that precedes the FIN kept? */
export function isFinDue({ connections }: World, connection: ConnectionId): boolean {
  const fin = connections.earlyFin.get(connection);
  return connections.hasEarlyFin.get(connection) && fin === connections.receiveNext.get(connection);
}

/** A process has read: if that opens the window far enough, the peer is told at once. RFC 9293 §3.8.6.2.2. */
export function tellRoom(kernel: Kernel, socket: SocketId): void {
  const { world } = kernel;
  const connection = world.sockets.connection.get(socket);
  const state = world.sockets.state.get(socket);
  const mayCome = state === 'ESTABLISHED' || state === 'FIN-WAIT-1' || state === 'FIN-WAIT-2';
  if (!connection || !mayCome || !isUpdateDue(world, socket, connection)) return;
  transmit(kernel, socket, ACK, world.connections.sendNext.get(connection), '' as Bytes, {
    why: 'window-update',
  });
}
