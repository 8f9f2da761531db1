// The datagram socket: a datagram goes out at once, a datagram that came in waits until it is read. RFC 768.
// An ICMP error reaches a connected socket only, and is told once (Linux, as recorded; RFC 1122 §4.1.3.3).
import { kindOf } from '../wire/address.js';
import type { Bytes } from '../wire/bytes.js';
import type { IcmpError, IcmpErrorKind, UdpDatagram } from '../wire/packet.js';
import type { Errno } from '../world/errno.js';
import {
  isForeignSource,
  isSource,
  leavesFromLoopback,
  primaryAddress,
  sourceAddressFor,
} from '../world/interfaces.js';
import type { Kernel } from '../world/kernel.js';
import { hostOf, localAddressOf, processOf } from '../world/sockets.js';
import type { SocketId } from '../world/tables.js';

export type Route =
  | { readonly source: string; readonly errno?: never }
  | { readonly errno: 'ENETUNREACH' | 'EACCES' | 'EINVAL' };

/**
 * The source of a datagram to there. No way: ENETUNREACH; out of the host with a loopback source: EINVAL; `isForbidden`,
 * a broadcast by a socket that may not: EACCES. In this order, as recorded from Linux.
 */
export function routeFor(kernel: Kernel, socket: SocketId, destination: string, isForbidden: boolean): Route {
  const { world } = kernel;
  const host = hostOf(world, socket);
  const own = ownSourceOf(kernel, socket);
  const tied = world.sockets.device.get(socket);
  const isOwnUsable = isSource(world, host, own) && own.includes(':') === destination.includes(':');
  const way = sourceForMany(kernel, socket, destination) ?? sourceAddressFor(world, host, destination, tied);
  const isWayless = way === undefined || (isOwnUsable && isForeignSource(world, host, own));
  if (isWayless) return { errno: 'ENETUNREACH' };
  if (isOwnUsable && leavesFromLoopback(world, host, own, destination, tied)) return { errno: 'EINVAL' };
  if (isForbidden) return { errno: 'EACCES' };
  return { source: isOwnUsable ? own : way };
}

/** Bytes of payload: 65535 less the UDP header and, over IPv4, the IP header, RFC 768, RFC 791 §3.1, RFC 8200 §4.5. */
export function largestDatagramTo(address: string): number {
  return address.includes(':') ? 65535 - 8 : 65535 - 20 - 8;
}

/** Hands one datagram to the network; false if the host's own firewall keeps it back. */
export function sendDatagram(
  kernel: Kernel,
  socket: SocketId,
  source: string,
  destination: string,
  port: number,
  payload: Bytes,
): boolean {
  const { world } = kernel;
  const host = hostOf(world, socket);
  const datagram: UdpDatagram = {
    protocol: 'udp',
    source,
    sourcePort: world.sockets.localPort.get(socket),
    destination,
    destinationPort: port,
    payload,
  };
  return kernel.transmit(host, datagram, { socket });
}

/**
 * A limited broadcast or a group lies on no network, so a host without a default route must be told by which interface:
 * a concrete local address, SO_BINDTODEVICE or, for groups, IP_MULTICAST_IF. Gives the source then. Linux, as recorded.
 */
export function sourceForMany(kernel: Kernel, socket: SocketId, destination: string): string | undefined {
  const { world } = kernel;
  const { sockets, options, memory } = world;
  const kind = kindOf(destination);
  if (kind !== 'broadcast' && kind !== 'multicast') return undefined;
  const host = hostOf(world, socket);
  const isV6 = destination.includes(':');
  if (isV6 && sockets.device.get(socket) === 'lo') return undefined; // no group is on that link
  const own = ownSourceOf(kernel, socket);
  if (isSource(world, host, own) && own.includes(':') === isV6) return own;
  const row = sockets.options.get(socket);
  const chosen = row && kind === 'multicast' ? memory.text(options.multicastFrom.get(row)) : '';
  if (chosen !== '') return chosen;
  if (sockets.device.get(socket) === '') return undefined;
  // RFC 2131 §4.1: who has no address yet sends from 0.0.0.0.
  return primaryAddress(world, host, isV6 ? 6 : 4) ?? (isV6 || kind === 'multicast' ? undefined : NO_ADDRESS);
}

const NO_ADDRESS = '0.0.0.0';

/** The address that a socket sends from by itself: its local one; for one that many hear, what its first connect() settled. */
export function ownSourceOf({ world }: Kernel, socket: SocketId): string {
  return world.memory.text(world.sockets.source.get(socket)) || localAddressOf(world, socket);
}

/** Queues a datagram with its source: recvfrom() tells who sent it. */
export function receiveDatagram(kernel: Kernel, socket: SocketId, datagram: UdpDatagram): void {
  const { world } = kernel;
  const item = world.unread.rows.create();
  world.unread.data.set(item, datagram.payload);
  world.unread.sourceAddress.set(item, world.memory.intern(datagram.source));
  world.unread.sourcePort.set(item, datagram.sourcePort);
  world.unreadOf.push(socket, item);
  world.sockets.unreadCount.add(socket, 1);
  kernel.wake(socket);
}

/** What a process is told of an ICMP error. Linux `icmp_err_convert`. */
export function errnoOf(error: IcmpErrorKind): Errno {
  if (error === 'port-unreachable') return 'ECONNREFUSED';
  return error === 'net-unreachable' ? 'ENETUNREACH' : 'EHOSTUNREACH';
}

/** An ICMP error about a datagram of this connected socket. That nobody is there, or nobody may, is told; the rest is soft. */
export function receiveUdpError(kernel: Kernel, socket: SocketId, { error }: IcmpError): void {
  if (error !== 'port-unreachable' && error !== 'admin-prohibited') return;
  const errno = errnoOf(error);
  kernel.world.sockets.pendingError.set(socket, errno);
  kernel.log.add({ kind: 'told', socket, process: processOf(kernel.world, socket), errno });
  kernel.wake(socket);
}
