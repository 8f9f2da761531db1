// An acceptable ACK: what the peer has is forgotten here, its window may have moved, and what is still missing shows.
// RFC 9293 §3.10.7.4 fifth; RFC 6298 §5.2, §5.3; three duplicates ask for a segment, RFC 5681 §3.2, without the congestion
// window that goes with it there.
import { FIN, has, type TcpSegment } from '../wire/packet.js';
import { distance, isBefore } from '../wire/sequence.js';
import type { Kernel } from '../world/kernel.js';
import { runOf } from '../world/sockets.js';
import type { ConnectionId, SocketId } from '../world/tables.js';
import { forgetOutgoing, hasMoreToSend, pushText } from './outgoing.js';
import { resendFirst } from './retransmit.js';
import { measureRoundTrip } from './round-trip.js';
import { connectionOf } from './send.js';
import { hasSendRoom } from './send-buffer.js';
import { rest, startPersist, startRetransmission } from './timers.js';
import { takeWindow } from './window.js';

/** Something new is acknowledged. */
export function takeAck(kernel: Kernel, socket: SocketId, segment: TcpSegment): void {
  const { world } = kernel;
  const { connections, run } = world;
  const connection = connectionOf(kernel, socket);
  const before = connections.sendUnacknowledged.get(connection);
  const isSynCovered = before === connections.initialSend.get(connection);
  measureRoundTrip(kernel, connection, segment);
  const covered = distance(segment.acknowledgment, before) - (isSynCovered ? 1 : 0);
  const wasFull = !hasSendRoom(world, connection);
  if (covered > 0) forgetOutgoing(world, connection, covered);
  connections.sendUnacknowledged.set(connection, segment.acknowledgment);
  for (const count of [connections.retries, connections.duplicateAcks, connections.challenges])
    count.set(connection, 0);
  connections.stalledSince.set(connection, run.now.get(runOf(world)));
  takeWindow(world, connection, segment);
  recover(kernel, socket, connection);
  pushText(kernel, socket);
  setTimer(kernel, socket, connection);
  if (wasFull && hasSendRoom(world, connection)) kernel.wake(socket);
}

/** Nothing new: perhaps another window, or the third in a row that asks for the same. */
export function noteAck(kernel: Kernel, socket: SocketId, segment: TcpSegment): void {
  const { world } = kernel;
  const { connections } = world;
  const connection = connectionOf(kernel, socket);
  const first = connections.sendUnacknowledged.get(connection);
  const isDuplicate =
    first !== connections.sendNext.get(connection) &&
    segment.acknowledgment === first &&
    segment.payload.length === 0 &&
    !has(segment, FIN) &&
    segment.window === connections.sendWindow.get(connection);
  const room = connections.sendWindow.get(connection);
  takeWindow(world, connection, segment);
  if (isDuplicate) return noteDuplicate(kernel, socket, connection);
  if (connections.sendWindow.get(connection) === room || !hasMoreToSend(world, connection)) return;
  const isPersisting = connections.purpose.get(connection) === 'persist';
  if (isPersisting && connections.sendWindow.get(connection) > 0) rest(kernel, connection);
  pushText(kernel, socket);
}

/** RFC 5681 §3.2, steps 2 and 3 without congestion window: the third duplicate says that the first segment is missing. */
function noteDuplicate(kernel: Kernel, socket: SocketId, connection: ConnectionId): void {
  const { connections } = kernel.world;
  connections.duplicateAcks.add(connection, 1);
  if (connections.duplicateAcks.get(connection) !== 3 || connections.isRecovering.get(connection)) return;
  connections.isRecovering.set(connection, true);
  connections.recover.set(connection, connections.sendNext.get(connection));
  resendFirst(kernel, socket, 'gap');
  startRetransmission(kernel, connection);
}

/** RFC 6582 §3.2: an ACK of only a part of what was on its way says that the next segment is missing as well. */
function recover(kernel: Kernel, socket: SocketId, connection: ConnectionId): void {
  const { connections } = kernel.world;
  if (!connections.isRecovering.get(connection)) return;
  const first = connections.sendUnacknowledged.get(connection);
  if (isBefore(first, connections.recover.get(connection))) return resendFirst(kernel, socket, 'gap');
  connections.isRecovering.set(connection, false);
}

/** RFC 6298 §5.2 and §5.3: anew while something is unacknowledged; else it is the window, or nothing, that we wait for. */
function setTimer(kernel: Kernel, socket: SocketId, connection: ConnectionId): void {
  const { connections } = kernel.world;
  if (connections.sendUnacknowledged.get(connection) !== connections.sendNext.get(connection))
    return startRetransmission(kernel, connection);
  rest(kernel, connection);
  if (hasMoreToSend(kernel.world, connection)) startPersist(kernel, socket);
}
