// How much text one segment holds: what the own interface can carry, and no more than the peer has said it takes in its SYN.
// RFC 9293 §3.7.1. No option takes room in a segment with text here, so nothing is to be taken off for one (§3.7.1, RFC 6691).
import type { TcpSegment } from '../wire/packet.js';
import { mtuBetween } from '../world/interfaces.js';
import { hostOf, localAddressOf, remoteAddressOf } from '../world/sockets.js';
import type { ConnectionId, HostId, SocketId, World } from '../world/tables.js';

/** Bytes of the IP and the TCP header, both without options. */
const HEADERS_4 = 20 + 20;
const HEADERS_6 = 40 + 20;
/** RFC 9293 §3.7.1: of a peer that says nothing. */
const SILENT_4 = 536;
const SILENT_6 = 1220;

/** What a SYN from `local` to `remote` says: bytes of text that fit into one packet of that interface. */
export function segmentSizeHere(world: World, host: HostId, local: string, remote: string): number {
  const headers = remote.includes(':') ? HEADERS_6 : HEADERS_4;
  return mtuBetween(world, host, local, remote) - headers;
}

/** The peer's SYN is here: what it says, or leaves unsaid, holds for all that goes there. */
export function takeSegmentSize(
  world: World,
  socket: SocketId,
  connection: ConnectionId,
  syn: Pick<TcpSegment, 'mss'>,
): void {
  const remote = remoteAddressOf(world, socket);
  const theirs = syn.mss ?? (remote.includes(':') ? SILENT_6 : SILENT_4);
  const ours = segmentSizeHere(world, hostOf(world, socket), localAddressOf(world, socket), remote);
  world.connections.segmentSize.set(connection, Math.max(1, Math.min(ours, theirs)));
}
