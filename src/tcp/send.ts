// Segments that a connection sends: made from its control block and handed to the network.
// When to send what is connection.ts; a process's text, and how much of it may go, outgoing.ts.
import { type Bytes, NO_BYTES } from '../wire/bytes.js';
import { ACK, FIN, RST, SYN, type TcpSegment } from '../wire/packet.js';
import { plus } from '../wire/sequence.js';
import type { SendReason } from '../world/facts.js';
import { LOOPBACK, sourceAddressFor } from '../world/interfaces.js';
import type { Kernel } from '../world/kernel.js';
import { hostOf, localAddressOf, remoteAddressOf, remotePortOf, runOf } from '../world/sockets.js';
import type { ConnectionId, SocketId } from '../world/tables.js';
import { segmentSizeHere } from './segment-size.js';
import { windowToTell } from './window.js';

/** What stands for a concrete IPv6 address where the kernel keeps an IPv4 one (LOOPBACK4_IPV6). */
const STAND_IN = '127.0.0.6';

/** After bind() of an AF_INET6 socket: its old mapped peer, if it had one, is forgotten. See addressesFor. */
export function forgetMappedPeer({ world }: Kernel, socket: SocketId): void {
  const { sockets, memory } = world;
  if (sockets.mappedPeer.get(socket) === 0) return;
  const stand = localAddressOf(world, socket) === '' ? LOOPBACK : STAND_IN;
  sockets.mappedPeer.set(socket, memory.intern(stand));
}

/** A segment of this connection at SND.NXT; SYN, FIN and text move SND.NXT on, and the first of them is timed (RFC 6298). */
export function send(kernel: Kernel, socket: SocketId, flags: number, payload: Bytes = NO_BYTES): void {
  const { connections, run } = kernel.world;
  const connection = connectionOf(kernel, socket);
  const sequence = connections.sendNext.get(connection);
  const length = payload.length + (flags & SYN ? 1 : 0) + (flags & FIN ? 1 : 0);
  transmit(kernel, socket, flags, sequence, payload);
  if (length === 0) return;
  const now = run.now.get(runOf(kernel.world));
  if (connections.sendUnacknowledged.get(connection) === sequence)
    connections.stalledSince.set(connection, now);
  connections.sendNext.set(connection, plus(sequence, length));
  if (connections.isTimed.get(connection)) return;
  connections.isTimed.set(connection, true);
  connections.timedSequence.set(connection, sequence);
  connections.timedSince.set(connection, now);
}

/** Any segment, at any number: SND.NXT stays. */
export function transmit(
  kernel: Kernel,
  socket: SocketId,
  flags: number,
  sequence: number,
  payload: Bytes,
  origin: { readonly isRetry?: boolean; readonly why?: SendReason } = FRESH,
): void {
  const { world } = kernel;
  const connection = connectionOf(kernel, socket);
  const hasAck = (flags & ACK) !== 0;
  const addresses = addressesFor(kernel, socket);
  const host = hostOf(world, socket);
  const mss = flags & SYN ? segmentSizeHere(world, host, addresses.source, addresses.destination) : undefined;
  // Written out, field by field, as is what becomes of it on its way (../net/): every segment passes here, and V8 takes
  // longer to spread an object than the rest of the way takes.
  const segment: TcpSegment = {
    protocol: 'tcp',
    source: addresses.source,
    destination: addresses.destination,
    sourcePort: world.sockets.localPort.get(socket),
    destinationPort: remotePortOf(world, socket),
    sequence,
    acknowledgment: hasAck ? world.connections.receiveNext.get(connection) : 0,
    flags,
    window: flags & RST ? 0 : windowToTell(world, socket, connection),
    mss, // RFC 9293 §3.7.1: in every SYN
    payload,
  };
  kernel.transmit(host, segment, { socket, isRetry: origin.isRetry, why: origin.why });
}
const FRESH = {} as const;

/**
 * A socket of AF_INET6 that once connected to a mapped address goes on speaking IPv4, to that old peer, also when it then
 * connects to an IPv6 one: no answer finds it any more. A bind() in between makes it speak to itself. A defect of Linux, as
 * recorded (tcp_v6_connect keeps ipv6_mapped).
 */
function addressesFor({ world }: Kernel, socket: SocketId): { source: string; destination: string } {
  const source = localAddressOf(world, socket);
  const destination = remoteAddressOf(world, socket);
  const old = world.memory.text(world.sockets.mappedPeer.get(socket));
  if (old === '' || !destination.includes(':')) return { source, destination };
  if (old === STAND_IN) return { source: old, destination: old };
  return { source: sourceAddressFor(world, hostOf(world, socket), old) ?? source, destination: old };
}

export function connectionOf(kernel: Kernel, socket: SocketId): ConnectionId {
  const connection = kernel.world.sockets.connection.get(socket);
  if (!connection) throw new Error(`socket ${socket} has no connection`);
  return connection;
}
