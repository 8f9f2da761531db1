// The two windows of a connection: how much the peer may send (ours, RCV.WND) and how much we may (theirs, SND.WND).
// RFC 9293 §3.8.6. A told window never shrinks, and it is not opened by crumbs (silly window, §3.8.6.2.2).
// What goes out through SND.WND is outgoing.ts.
import type { TcpSegment } from '../wire/packet.js';
import { distance, isAtMost, isBefore, plus } from '../wire/sequence.js';
import type { ConnectionId, SocketId, World } from '../world/tables.js';

/** The largest that 16 bits can say; window scaling (RFC 7323) is not modelled. Linux starts at 65535 or a little less. */
export const RECEIVE_WINDOW = 65535;

/** SO_RCVBUF: how much may wait unread. */
function bufferOf({ sockets, options }: World, socket: SocketId): number {
  const row = sockets.options.get(socket);
  const named = row ? options.receiveBuffer.get(row) : 0;
  return named === 0 ? RECEIVE_WINDOW : Math.min(named, RECEIVE_WINDOW);
}

/** RCV.WND as the peer knows it. */
export function receiveWindow({ connections }: World, connection: ConnectionId): number {
  const edge = connections.receiveEdge.get(connection);
  return Math.max(0, distance(edge, connections.receiveNext.get(connection)));
}

/** The peer's numbers are known from its SYN on: what we can take begins behind that. */
export function startReceiving(world: World, socket: SocketId, connection: ConnectionId, next: number): void {
  world.connections.receiveNext.set(connection, next);
  world.connections.receiveEdge.set(connection, plus(next, bufferOf(world, socket)));
}

/** What a segment that leaves now says; from then on it holds. In SYN-SENT nothing is counted yet. */
export function windowToTell(world: World, socket: SocketId, connection: ConnectionId): number {
  if (world.sockets.state.get(socket) === 'SYN-SENT') return bufferOf(world, socket);
  const edge = possibleEdge(world, socket, connection);
  if (edge !== undefined) world.connections.receiveEdge.set(connection, edge);
  return receiveWindow(world, connection);
}

/** Has reading made so much room that the peer should know? Linux: when the window would double (tcp_cleanup_rbuf). */
export function isUpdateDue(world: World, socket: SocketId, connection: ConnectionId): boolean {
  const edge = possibleEdge(world, socket, connection);
  if (edge === undefined) return false;
  const told = receiveWindow(world, connection);
  return distance(edge, world.connections.receiveNext.get(connection)) >= 2 * told;
}

/** Where the window could end now; undefined if that is no worthwhile step. RFC 1122 §4.2.3.3: min(MSS, half the buffer). */
function possibleEdge(world: World, socket: SocketId, connection: ConnectionId): number | undefined {
  const { sockets, connections } = world;
  const buffer = bufferOf(world, socket);
  const free = Math.max(0, buffer - sockets.unreadCount.get(socket));
  const edge = plus(connections.receiveNext.get(connection), free);
  const gain = distance(edge, connections.receiveEdge.get(connection));
  return gain > 0 && gain >= Math.min(connections.segmentSize.get(connection), buffer >> 1)
    ? edge
    : undefined;
}

/** A SYN, and then every acceptable segment that is not older than the last one that did, sets SND.WND. §3.10.7.4 fifth. */
export function takeWindow({ connections }: World, connection: ConnectionId, segment: TcpSegment): void {
  const last = connections.windowSequence.get(connection);
  const isNewer =
    isBefore(last, segment.sequence) ||
    (last === segment.sequence &&
      isAtMost(connections.windowAcknowledgment.get(connection), segment.acknowledgment));
  if (isNewer) setWindow({ connections }, connection, segment);
}

export function setWindow(
  { connections }: Pick<World, 'connections'>,
  connection: ConnectionId,
  segment: TcpSegment,
): void {
  connections.sendWindow.set(connection, segment.window);
  connections.windowSequence.set(connection, segment.sequence);
  connections.windowAcknowledgment.set(connection, segment.acknowledgment);
  if (segment.window > connections.maximumWindow.get(connection))
    connections.maximumWindow.set(connection, segment.window);
}
