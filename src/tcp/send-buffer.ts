// How much a process may hand over before the peer has acknowledged it: SO_SNDBUF. RFC 9293 §3.9.1 leaves the size to the
// system. Textbook: bytes of text are counted; Linux counts memory with its own overhead, doubles what SO_SNDBUF names to
// make up for it, and lets a busy connection's buffer grow.
import type { ConnectionId, World } from '../world/tables.js';

/** What a Linux connection over Ethernet begins with (`tb` of ss -m). Larger than any window without scaling. */
const USUAL = 87040;

function sizeOf({ connections, sockets, options }: World, connection: ConnectionId): number {
  const socket = connections.socket.get(connection);
  const row = socket && sockets.options.get(socket);
  return (row && options.sendBuffer.get(row)) || USUAL;
}

/** How many bytes more it takes. */
export function sendRoom(world: World, connection: ConnectionId): number {
  return Math.max(0, sizeOf(world, connection) - world.connections.outgoingCount.get(connection));
}

/** Is it worth while to write again? Linux: half of what waits, so when a third is free (sk_stream_is_writeable). */
export function hasSendRoom(world: World, connection: ConnectionId | 0): boolean {
  return (
    connection === 0 || sendRoom(world, connection) >= world.connections.outgoingCount.get(connection) / 2
  );
}
