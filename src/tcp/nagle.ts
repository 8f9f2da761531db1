// A segment could be larger if it waited: does it go now? Nagle's algorithm, RFC 9293 §3.7.4, RFC 1122 §4.2.3.4: not while
// something is unacknowledged, so that many small writes become few segments. TCP_NODELAY turns it off; the end of the text,
// where close() was called, never waits. What the window allows is another question: outgoing.ts.
// Delayed ACKs (RFC 1122 §4.2.3.2) are not modelled, so text that is held back waits for one round trip and no timer of the
// peer: Linux acknowledges at once while a connection is young (quickack mode), as in every recording, and a lesson would
// have a step more for each ACK that comes late.
import { isAtMost, isBefore, plus } from '../wire/sequence.js';
import type { Kernel } from '../world/kernel.js';
import { hasOption } from '../world/options.js';
import { hostOf } from '../world/sockets.js';
import type { ConnectionId, SocketId, World } from '../world/tables.js';
import { rulesOf } from './rules.js';

/** Does a small segment wait here? */
export function holdsSmall({ world }: Kernel, socket: SocketId, connection: ConnectionId): boolean {
  const { connections } = world;
  if (connections.isFinWanted.get(connection) || hasOption(world, socket, 'sendsAtOnce')) return false;
  if (rulesOf(world, hostOf(world, socket)).holdsOnlyBehindSmall) return isSmallOut(world, connection);
  return connections.sendUnacknowledged.get(connection) !== connections.sendNext.get(connection);
}

/** A segment of `length` bytes leaves at SND.NXT: if it is small, one like it waits until it is acknowledged. */
export function noteSize({ connections }: World, connection: ConnectionId, length: number): void {
  if (length < connections.segmentSize.get(connection))
    connections.smallEnd.set(connection, plus(connections.sendNext.get(connection), length));
}

/** Minshall's variant: full segments on their way are no reason to wait. Linux (tcp_minshall_check). */
function isSmallOut({ connections }: World, connection: ConnectionId): boolean {
  const end = connections.smallEnd.get(connection);
  return (
    isBefore(connections.sendUnacknowledged.get(connection), end) &&
    isAtMost(end, connections.sendNext.get(connection))
  );
}
