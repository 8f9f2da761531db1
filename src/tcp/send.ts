// Segments that a connection sends: made from its control block, at SND.NXT, and handed to the network.
// When to send what is connection.ts and, for a process's text, ../host/transfer.ts.
import { type Bytes, NO_BYTES, sliceBytes } from '../wire/bytes.js';
import { ACK, FIN, PSH, RST, SYN, type TcpSegment } from '../wire/packet.js';
import { plus } from '../wire/sequence.js';
import { LOOPBACK, sourceAddressFor } from '../world/interfaces.js';
import type { Kernel } from '../world/kernel.js';
import { hostOf, localAddressOf, remoteAddressOf, remotePortOf } from '../world/sockets.js';
import type { ConnectionId, SocketId } from '../world/tables.js';

/** What stands for a concrete IPv6 address where the kernel keeps an IPv4 one (LOOPBACK4_IPV6). */
const STAND_IN = '127.0.0.6';

/** After bind() of an AF_INET6 socket: its old mapped peer, if it had one, is forgotten. See addressesFor. */
export function forgetMappedPeer({ world }: Kernel, socket: SocketId): void {
  const { sockets, memory } = world;
  if (sockets.mappedPeer.get(socket) === 0) return;
  const stand = localAddressOf(world, socket) === '' ? LOOPBACK : STAND_IN;
  sockets.mappedPeer.set(socket, memory.intern(stand));
}

/** Bytes we are willing to take at once; constant here (window management is not modelled yet). Linux starts at 65535 too. */
export const RECEIVE_WINDOW = 65535;
/** An Ethernet frame's 1500 bytes less 40 of headers. RFC 9293 §3.7.1. */
const SEND_MSS = 1460;

/** A segment of this connection at SND.NXT; SYN, FIN and text move SND.NXT on. */
export function send(kernel: Kernel, socket: SocketId, flags: number, payload: Bytes = NO_BYTES): void {
  const { connections } = kernel.world;
  const connection = connectionOf(kernel, socket);
  const sequence = connections.sendNext.get(connection);
  transmit(kernel, socket, flags, sequence, payload, false);
  const length = payload.length + (flags & SYN ? 1 : 0) + (flags & FIN ? 1 : 0);
  if (length > 0) connections.sendNext.set(connection, plus(sequence, length));
}

/** Text in segments of at most one MSS; the last one carries PSH. RFC 9293 §3.9.1.2. */
export function sendText(kernel: Kernel, socket: SocketId, text: Bytes): void {
  for (let from = 0; from < text.length; from += SEND_MSS) {
    const isLast = from + SEND_MSS >= text.length;
    send(kernel, socket, isLast ? PSH | ACK : ACK, sliceBytes(text, from, from + SEND_MSS));
  }
}

export function transmit(
  kernel: Kernel,
  socket: SocketId,
  flags: number,
  sequence: number,
  payload: Bytes,
  isRetry: boolean,
): void {
  const { world } = kernel;
  const hasAck = (flags & ACK) !== 0;
  const segment: TcpSegment = {
    protocol: 'tcp',
    ...addressesFor(kernel, socket),
    sourcePort: world.sockets.localPort.get(socket),
    destinationPort: remotePortOf(world, socket),
    sequence,
    acknowledgment: hasAck ? world.connections.receiveNext.get(connectionOf(kernel, socket)) : 0,
    flags,
    window: flags & RST ? 0 : RECEIVE_WINDOW,
    payload,
  };
  kernel.transmit(hostOf(world, socket), segment, { socket, isRetry });
}

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
